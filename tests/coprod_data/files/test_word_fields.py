"""Fields of a Word layout: only those that neither fetch nor run anything are taken."""

import pytest

from coprod_data.files.word_layout import check_layout
from tests.coprod_data.files.test_word_layout import changed, paragraph, refused


def field(*pieces: str) -> str:
    """A field as Word keeps it: its pieces in runs, some of them fields themselves."""
    runs = (
        one if one.startswith("<") else f"<w:r><w:instrText>{one}</w:instrText></w:r>"
        for one in pieces
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>' for at in ("begin", "end"))
    return f"{begin}{''.join(runs)}{end}"


def with_it(inner: str) -> bytes:
    return changed(lambda paper: paper.element.body.insert(0, paragraph(inner)))


@pytest.mark.parametrize(
    ("inner", "named"),
    [
        ('<w:fldSimple w:instr=" IncludeText c:/x.doc "/>', "INCLUDETEXT"),
        (field("INCL", 'UDEPICTURE "http://evil.example/x.png"'), "INCLUDEPICTURE"),
        (field("PAGE ", field(" ddeauto ", "cmd"), " x"), "DDEAUTO"),
        (field(field("QUOTE LINK"), ' "http://evil.example"'), "□"),
        (field("DAT", field("QUOTE ABAS"), "E c:/x"), "DAT□E"),
        ("<w:r><w:instrText>dde cmd</w:instrText></w:r>", "DDE"),
    ],
)
def test_a_field_that_fetches_or_runs_is_refused_however_it_is_written(inner: str, named: str):
    assert f"may fetch another file or run something ({named})" in refused(with_it(inner))


def test_fields_of_page_and_date_are_taken():
    check_layout(with_it(field("IF ", field("PAGE"), " = 1 x")))
    check_layout(with_it(field("PA", "GE \\* MERGEFORMAT") + field(' DATE \\@ "d MMMM" ')))
