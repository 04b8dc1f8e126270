"""Views on the tables of a corpus, as DuckDB keeps them. A release that repeats another one does not count twice."""

from __future__ import annotations

FIRSTS = "JOIN (SELECT release, date, issuer FROM releases WHERE duplicate_of IS NULL) USING (release)"

VIEWS = {
    "production": f"""
        SELECT coalesce(facts.company, issuer) AS company, asset, commodity, period, precision, period_start, period_end,
               value, unit, share, date AS released, release, id
        FROM facts {FIRSTS}
        WHERE metric = 'production' AND basis = 'actual' AND value IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY coalesce(facts.company, issuer), asset, commodity, period_start, period_end, unit, share
            ORDER BY date DESC NULLS LAST, release DESC, start
        ) = 1
    """,
    "production_by_asset": """
        SELECT company, asset, commodity, unit, period, period_start, period_end, value, share, released
        FROM production WHERE asset IS NOT NULL ORDER BY company, asset, commodity, period_start, period_end
    """,
    "production_by_commodity": """
        SELECT commodity, company, unit, period, period_start, period_end, value, share, released
        FROM production WHERE asset IS NULL ORDER BY commodity, company, period_start, period_end
    """,
    "production_by_quarter": """
        SELECT period AS quarter, company, asset, commodity, value, unit, share, released
        FROM production WHERE precision = 'quarter' ORDER BY quarter, company, asset, commodity
    """,
    "latest_guidance": f"""
        SELECT coalesce(facts.company, issuer) AS company, asset, metric, commodity, period,
               value, low, high, unit, date AS released, release
        FROM facts {FIRSTS}
        WHERE basis = 'guidance'
        QUALIFY row_number() OVER (
            PARTITION BY coalesce(facts.company, issuer), asset, metric, commodity, period
            ORDER BY date DESC NULLS LAST, release DESC, start
        ) = 1
        ORDER BY company, asset, metric, commodity, period
    """,
    "status_today": f"""
        SELECT issuer AS company, asset, state, coalesce(as_of, date) AS since, release
        FROM statuses {FIRSTS}
        QUALIFY row_number() OVER (
            PARTITION BY issuer, asset ORDER BY coalesce(as_of, date) DESC NULLS LAST, date DESC NULLS LAST, release DESC, id DESC
        ) = 1
        ORDER BY company, asset
    """,
}
"""Name and query of each view; the last word on a figure or a state is that of the latest release."""
