"""Figures, periods and names as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

from minenews.models import Bound, Contained, Grade, Money, PeriodValue, Ticker


class Stated(Protocol):
    """A figure: a value, or a range, or one end of it."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def bound(self) -> str: ...


BOUND_SIGNS: Mapping[str, str] = {Bound.MIN: "≥ ", Bound.MAX: "≤ ", Bound.ABOUT: "~ "}


def number(value: float | None) -> str:
    """A number with thousands separators and no needless zeros; empty for None."""
    if value is None:
        return ""
    written = f"{Decimal(repr(float(value))):,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def figure(record: Stated) -> str:
    """A value or a range, with a sign where it is a limit."""
    if record.value is None and record.low is not None and record.high is not None:
        return f"{number(record.low)} – {number(record.high)}"
    amount = next((v for v in (record.value, record.low, record.high) if v is not None), None)
    return BOUND_SIGNS.get(record.bound, "") + number(amount)


def amount(record: Money | Grade | Contained | None) -> str:
    """A value with its unit; empty for None."""
    return "" if record is None else f"{number(record.value)}{'' if record.unit == '%' else ' '}{record.unit or ''}".rstrip()


def amounts(records: Iterable[Grade | Contained]) -> str:
    """Grades or contained metals, each with its commodity."""
    return ", ".join(f"{amount(record)} {words(record.commodity)}" for record in records)


def label(period: PeriodValue | None) -> str:
    """The label of a period; empty for None."""
    return "" if period is None else period.label.replace("/", " to ")


def listing(ticker: Ticker) -> str:
    """A listing as exchange and symbol."""
    return f"{ticker.exchange}:{ticker.symbol}"


def words(name: str | None) -> str:
    """A vocabulary word for reading; empty for None."""
    return (name or "").replace("_", " ")
