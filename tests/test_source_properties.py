"""Whatever stands in a file: a text, or an InputError with a reason; never another fault."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases_pdf import release_pdf

from minenews import InputError, extract
from minenews.source.html import html_text
from minenews.source.pieces import Limits, Piece, find_pieces
from minenews.source.read import read_piece

TAGS = "table tr td th thead caption ul li p div nav article main h1 sup sub br pre span script b a".split()  # noqa: SIM905
ATTRIBUTES = (
    "",
    " colspan=3",
    " rowspan=2",
    " colspan=0 rowspan=99999",
    " hidden",
    ' class="cookie"',
    ' style="display:none"',
    " role=main",
)
WORDS = ("5,120", "oz", "gold", "Q2 2021", "$", "%", ")", "(1)", "|", "\u00a0", "&lt;", "&#0;", "<!--", "-->", "<![CDATA[", "\u200b", "é")
FRAGMENTS = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(WORDS),
    st.text(max_size=4),
)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@given(st.lists(FRAGMENTS, max_size=60))
@QUIET
def test_any_page_is_a_text_of_whole_rows(fragments: list[str]) -> None:
    text = html_text("".join(fragments))
    assert "\x00" not in text
    runs = [
        [line.count("|") for line in block.splitlines()] for block in text.split("\n\n") if block.startswith("| ") and block.endswith("|")
    ]
    assert all(len(set(run)) == 1 for run in runs if min(run) > 2)


@given(
    st.one_of(st.binary(max_size=300), st.sampled_from([b"%PDF-", b"PK\x03\x04", b"PAR1", b'{"text": ', b"<html>"]).map(lambda b: b * 3))
)
@QUIET
def test_any_bytes_are_a_text_or_an_input_error(tmp_path: Path, data: bytes) -> None:
    for name, content in (("a.txt", data), ("a.html", data), ("a.json", data), ("a.gz", gzip.compress(data))):
        (tmp_path / name).write_bytes(content)
        try:
            for piece in find_pieces(tmp_path / name, limits=Limits(release=10_000, archive=20_000)):
                text = read_piece(piece)
                assert text.strip()
                assert extract(text).source.length == len(text)
        except InputError as error:
            assert str(error)


@given(st.integers(0, 2_000), st.integers(0, 255))
@settings(max_examples=40, deadline=None)
def test_a_damaged_pdf_is_a_text_or_an_input_error(place: int, byte: int) -> None:
    data = bytearray(release_pdf())
    data[place % len(data)] = byte
    try:
        assert read_piece(Piece("a.pdf", bytes(data)))
    except InputError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("module", "name", "data", "extra"),
    [
        ("selectolax.lexbor", "a.html", b"<p>gold</p>", "html"),
        ("pypdfium2", "a.pdf", b"%PDF-1.7", "pdf"),
        ("pyarrow", "a.parquet", b"PAR1", "corpus"),
    ],
)
def test_a_package_that_is_missing_is_told_with_how_to_install_it(
    module: str, name: str, data: bytes, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=rf"pip install 'minenews\[{extra}\]'"):
        [read_piece(piece) for piece in find_pieces(tmp_path / name)]
