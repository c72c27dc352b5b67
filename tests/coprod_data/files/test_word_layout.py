"""A council's own Word layout: what is taken, what is refused and how, what comes out."""

import io
import zipfile
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from coprod_data.files.word_layout import PaperFacts, check_layout, fill_layout
from coprod_data.files.word_package import WORD, LayoutRefused
from coprod_data.files.word_sample import sample_layout
from coprod_data.vocabulary.papers import COLUMNS, PaperPart, PaperTable

FACTS = PaperFacts(
    {part: f"The {part.words}" for part in PaperPart},
    {table: [{column: f"{column} 1" for column in COLUMNS[table]}] for table in PaperTable},
)


def changed(change: Callable[[Paper], object]) -> bytes:
    """The layout to begin with, changed as somebody changes it in Word."""
    paper, saved = Document(io.BytesIO(sample_layout())), io.BytesIO()
    change(paper)
    paper.save(saved)
    return saved.getvalue()


def repacked(**parts: bytes | None) -> bytes:
    """The layout to begin with, with parts put in, written over, or (None) left out."""
    saved = io.BytesIO()
    with ZipFile(io.BytesIO(sample_layout())) as old, ZipFile(saved, "w", ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **parts}:
            content = parts[name] if name in parts else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return saved.getvalue()


def refused(written: bytes) -> str:
    with pytest.raises(LayoutRefused) as fault:
        check_layout(written)
    with pytest.raises(LayoutRefused):
        fill_layout(written, FACTS)
    return str(fault.value)


def paragraph(inner: str) -> object:
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def read(written: bytes) -> Paper:
    return Document(io.BytesIO(written))


def everything_in(written: bytes) -> str:
    with ZipFile(io.BytesIO(written)) as parts:
        return "".join(
            parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")
        )


def test_the_layout_to_begin_with_takes_every_part_and_keeps_styles_header_and_order():
    paper = read(fill_layout(sample_layout(), FACTS))
    headings = [one.text for one in paper.paragraphs if one.style.name.startswith("Heading")]

    assert paper.sections[0].header.paragraphs[0].text == "The Board"
    assert headings[:3] == ["Recommendation", "Reason for recommendation", "1. Executive summary"]
    assert headings[-1] == "16. Participation audit"
    words = "\n".join(one.text for one in paper.paragraphs)
    assert all(f"The {part.words}" in words for part in PaperPart)
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [
        ["Theme", "Title", "In young people’s words"],
        ["theme 1", "title 1", "words 1"],
    ]
    assert paper.styles["Normal"].font.name == "Arial"
    assert (paper.core_properties.title, paper.core_properties.language) == ("The Title", "en-GB")


def test_a_reader_is_told_headings_of_tables_and_what_they_are_and_word_counts_pages_again():
    paper = read(fill_layout(sample_layout(), FACTS))

    assert all(one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for one in paper.tables)
    assert all(one._tbl.tblPr.find(qn("w:tblDescription")) is not None for one in paper.tables)
    assert paper.settings.element.find(qn("w:updateFields")) is not None


def test_no_marker_and_no_remark_is_left_and_what_people_typed_is_text():
    typed = 'He said <w:p/> & "{{ title }} {% for %}"'
    written = fill_layout(sample_layout(), PaperFacts({**FACTS.texts, PaperPart.REASON: typed}))
    text = everything_in(written)

    assert typed in "\n".join(one.text for one in read(written).paragraphs)
    assert text.count("{{") == text.count("{%") == 1
    assert "comment" not in read(written).core_properties.comments


def test_no_paper_says_who_made_its_layout():
    by_company = repacked(**{"docProps/app.xml": b"<Properties>Jane Poole</Properties>"})
    by_keyword = changed(lambda paper: setattr(paper.core_properties, "keywords", "Jane Poole"))
    for signed in (by_company, by_keyword):
        assert "Jane Poole" in everything_in(signed)
        assert "Jane Poole" not in everything_in(fill_layout(signed, FACTS))


def test_sixty_cards_and_words_from_right_to_left():
    cards = [{"theme": "Home", "title": f"Card {n}", "words": "أريد غرفتي"} for n in range(60)]
    paper = read(fill_layout(sample_layout(), PaperFacts(FACTS.texts, {PaperTable.CARDS: cards})))

    assert len(paper.tables[0].rows) == 61
    said = paper.tables[0].rows[60].cells[2].paragraphs[0]
    assert said.text == "أريد غرفتي"
    assert said._p.pPr.find(qn("w:bidi")) is not None


SPLIT = "<w:r><w:t>{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ as</w:t></w:r>"
PLACES = {
    "split over runs": lambda paper: paper.element.body.insert(
        0, paragraph(SPLIT + "<w:r><w:t>_at }}</w:t></w:r>")
    ),
    "in a table": lambda paper: setattr(
        paper.add_table(rows=1, cols=1).rows[0].cells[0], "text", "{{ as_at }}"
    ),
    "in a footer": lambda paper: paper.sections[0].footer.add_paragraph("{{as_at}}"),
    "in a text box": lambda paper: paper.element.body.insert(
        0,
        parse_xml(
            f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>'
            "<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ as_at }}</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        ),
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_marker_is_filled_wherever_word_keeps_it(place: str):
    written = fill_layout(changed(PLACES[place]), FACTS)
    text = everything_in(written)

    assert text.count(f"The {PaperPart.AS_AT.words}") == 2
    assert "{{" not in text


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_marker_is_told_with_its_paragraph_and_the_nearest(place: str):
    def mistyped(paper: Paper) -> None:
        PLACES[place](paper)
        for part in (paper.element, paper.sections[0].footer._element):
            for text in part.iter(qn("w:t")):
                text.text = (text.text or "").replace("{{as_at", "{{as_a").replace("_at", "_a")

    said = refused(changed(mistyped))

    assert "as_a" in said
    assert "there is no marker “as_a”. Did you mean “as_at”?" in said


FOOTNOTES = f"""<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p><w:r>
<w:t>{{{{ %s }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def with_footnotes(name: str) -> bytes:
    """A footnote as Word keeps it: a part of its own, named in two lists."""
    with ZipFile(io.BytesIO(sample_layout())) as old:
        kinds = old.read("[Content_Types].xml").decode()
        ties = old.read("word/_rels/document.xml.rels").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    tie = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    return repacked(
        **{
            "word/footnotes.xml": (FOOTNOTES % name).encode(),
            "[Content_Types].xml": kinds.replace(
                "</Types>",
                f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
            ).encode(),
            "word/_rels/document.xml.rels": ties.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{tie}" Target="footnotes.xml"/></Relationships>',
            ).encode(),
        }
    )


def test_a_footnote_is_filled_and_checked_too():
    assert "The Reason for recommendation" in everything_in(
        fill_layout(with_footnotes("reason"), FACTS)
    ).replace("The Reason for recommendation", "", 1)
    assert "In “{{ raeson }}”: there is no marker “raeson”. Did you mean “reason”?" in refused(
        with_footnotes("raeson")
    )


def line(text: str) -> Callable[[Paper], object]:
    return lambda paper: paper.add_paragraph(text)


def cell(text: str) -> Callable[[Paper], object]:
    return lambda paper: setattr(paper.tables[0].rows[2].cells[0], "text", text)


REFUSED = {
    "code in a marker": (line("{{ title.__class__ }}"), "there is no marker “__class__”"),
    "a call": (line("{{ cycler('a') }}"), "is not a marker"),
    "a command": (line("{% include 'x' %}"), "is not a marker"),
    "a remark": (line("{# to do #}"), "is not a marker"),
    "half a marker": (line("{{ title"), "has no other half"),
    "a list that is none": (line("{%p for row in people %}"), "there is no marker “people”"),
    "a list without end": (line("{%p for row in audit %}"), "without its other half"),
    "a column outside": (line("{{ row.theme }}"), "stands outside its list"),
    "another list's column": (cell("{{ row.days }}"), "The list “cards” has no “days”. It has: "),
    "a part left out": (
        lambda paper: [one.clear() for one in paper.paragraphs if "{{ equalities" in one.text],
        "The marker {{ equalities }} (Equalities impact assessment) is missing.",
    ),
    "no cards": (
        lambda paper: paper.element.body.remove(paper.tables[0]._tbl),
        "The list “cards” is missing",
    ),
    "tracked changes": (
        lambda paper: paper.element.body.insert(
            0, paragraph('<w:ins w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>')
        ),
        "Accept all changes",
    ),
    "comments": (
        lambda paper: paper.element.body.insert(0, paragraph('<w:commentRangeStart w:id="0"/>')),
        "Delete all comments",
    ),
    "a linked template": (
        lambda paper: paper.part.relate_to(
            "https://example.org/x.dotm",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
            is_external=True,
        ),
        "linked to a template outside it",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_what_to_do(case: str):
    change, sentence = REFUSED[case]

    assert sentence in refused(changed(change))


def test_every_fault_is_told_at_once():
    said = refused(changed(lambda paper: [line("{{ tittle }}")(paper), line("{# x #}")(paper)]))

    assert "In “{{ tittle }}”: there is no marker “tittle”. Did you mean “title”?" in said
    assert "{# x #} is not a marker" in said


def bomb() -> bytes:
    return repacked(**{"word/media/x.bin": b"\0" * 21_000_000})


def lying() -> bytes:
    """A file that says it unpacks to a byte and goes on."""
    written = bytearray(repacked(**{"word/media/x.bin": b"\0" * 1_000_000}))
    real, said = (1_000_000).to_bytes(4, "little"), (1).to_bytes(4, "little")
    return bytes(written.replace(real, said))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password, or is in the older .doc"),
        (b"\0" * 80_000_000, "larger than 2 MB"),
        (repacked(**{"word/document.xml": None}), "not a Word document"),
        (repacked(**{"word/document.xml": b"<w"}), "not a Word document"),
        (sample_layout()[:-300], "not a Word document"),
        (repacked(**{"word/vbaProject.bin": b"x"}), "It holds macros."),
        (repacked(**{"word/embeddings/sheet.xlsx": b"x"}), "embedded file"),
        (bomb(), "unpacks to more than a layout may hold"),
        (lying(), "not a Word document"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_not_a_plain_word_file_is_refused(written: bytes, sentence: str):
    assert sentence in refused(written)


def test_a_file_that_names_outer_things_in_its_own_grammar_fetches_nothing():
    entity = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]><x>&y;</x>'
    assert refused(repacked(**{"word/document.xml": entity}))
    assert zipfile.is_zipfile(io.BytesIO(sample_layout()))
