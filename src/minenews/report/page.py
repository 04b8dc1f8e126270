"""A page for the browser: the release with its spans coloured, by spaCy's displaCy."""

from __future__ import annotations

from html import escape

from spacy import displacy

from minenews.models import Extraction
from minenews.report.spans import colour_of, find_spans

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; }}
h1 {{ font-size: 1.3rem; }}
.entities {{ line-height: 2.3 !important; overflow-wrap: anywhere; }}
mark {{ color: #1c1c1c; -webkit-box-decoration-break: clone; box-decoration-break: clone; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def render_page(text: str, extraction: Extraction, name: str) -> str:
    """A self-contained HTML page: the text with every span that was read; `name` is the title where there is no headline."""
    spans = find_spans(extraction)
    document = {"text": text, "ents": [{"start": s.start, "end": s.end, "label": s.label} for s in spans], "title": None}
    options = {"colors": {s.label: colour_of(s.label) for s in spans}}
    body = displacy.render(document, style="ent", manual=True, jupyter=False, options=options)
    return PAGE.format(title=escape(extraction.release.headline or name), body=body)
