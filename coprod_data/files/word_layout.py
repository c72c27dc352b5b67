"""A council's own Word layout: its markers are checked when it is handed in, and filled later.

A marker is `{{ title }}` for a text; a list is a row of a table between `{%tr for row in cards %}`
and `{%tr endfor %}`, or paragraphs between `{%p for row in cards %}` and `{%p endfor %}`. What is
not on our list is refused with the paragraph it is in, so a layout can run nothing of its own.
"""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from docxtpl.listing import Listing
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coprod_data.files.word_package import WORD, LayoutRefused, open_word_file, parsed
from coprod_data.vocabulary.papers import COLUMNS, PaperPart, PaperTable

OPTIONAL = frozenset({PaperPart.BOARD, PaperPart.AUTHOR_TELEPHONE, PaperPart.DECISION_TYPE})
"""What a layout may leave out. Everything else, and the list of report cards, must have a place."""

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml")
_MARKER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\{%|\}\}|%\}")
_TEXT = re.compile(r"\{\{ *(?:(?P<of>[a-z]\w*)\.)?(?P<name>\w+) *\}\}")
_LIST = re.compile(r"\{%(?:tr|p) +(?:for +[a-z]\w* +in +(?P<list>\w+)|endfor) *%\}")


_OF_ITS_MAKER = (
    "title", "subject", "comments", "identifier", "author", "last_modified_by", "keywords",
    "category", "content_status", "version",
)  # fmt: skip
_MORE_OF_ITS_MAKER = ("/extended-properties", "/custom-properties")


@dataclass(frozen=True)
class PaperFacts:
    """What is put into a layout: each text, and each list as rows of its columns."""

    texts: Mapping[PaperPart, str]
    tables: Mapping[PaperTable, list[dict[str, str]]] = field(default_factory=dict)


def check_layout(written: bytes) -> None:
    """Raise LayoutRefused, a line for each fault, unless every paper can be written with it."""
    parts = open_word_file(written)
    faults: list[str] = []
    found: set[str] = set()
    for name in filter(_PARTS.fullmatch, parts.namelist()):
        for text in _paragraphs(parts.read(name)):
            markers = _MARKER.findall(text)
            if markers and not _FILLED.fullmatch(name):
                faults.append(f"{_where(text)} An endnote cannot hold a marker. Use a footnote.")
                continue
            for marker in markers:
                name_of, fault = _read(marker)
                found.add(name_of)
                if fault:
                    faults.append(f"{_where(text)} {fault}")
    faults += _missing(found)
    if not faults:
        faults = _badly_nested(written)
    if faults:
        raise LayoutRefused("\n".join(dict.fromkeys(faults)))


def fill_layout(written: bytes, facts: PaperFacts) -> bytes:
    """Return the paper. Raises LayoutRefused if the layout is not one that `check_layout` takes."""
    check_layout(written)
    paper = DocxTemplate(io.BytesIO(written))
    given: dict[str, object] = {part.value: Listing(facts.texts[part]) for part in PaperPart}
    for table in PaperTable:
        given[table.value] = [
            {column: Listing(row[column]) for column in COLUMNS[table]}
            for row in facts.tables.get(table, [])
        ]
    paper.render_init()
    _forget_who_made_it(paper)
    paper.render(given, _environment(), autoescape=True)
    _finish(paper, facts)
    saved = io.BytesIO()
    paper.save(saved)
    return saved.getvalue()


def _forget_who_made_it(paper: DocxTemplate) -> None:
    """Take out of a layout who wrote and saved it, their company, and the labels of their system.

    Every paper would carry them, also one that is published.
    """
    for name in _OF_ITS_MAKER:
        setattr(paper.docx.core_properties, name, "")
    related = paper.docx.part.package.rels
    for key in [key for key, one in related.items() if one.reltype.endswith(_MORE_OF_ITS_MAKER)]:
        del related[key]


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _paragraphs(written: bytes) -> Iterator[str]:
    """The text of each paragraph as it is read, however many pieces Word keeps it in."""
    for paragraph in parsed(written).iter(f"{{{WORD}}}p"):
        own = [
            text.text or ""
            for text in paragraph.iter(f"{{{WORD}}}t")
            if next(text.iterancestors(f"{{{WORD}}}p")) is paragraph
        ]
        yield "".join(own)


def _where(text: str) -> str:
    shown = " ".join(text.split())
    return f"In “{shown[:77]}...”:" if len(shown) > 80 else f"In “{shown}”:"


def _read(marker: str) -> tuple[str, str]:
    """Return the name a marker has found, and what is wrong with it."""
    if text := _TEXT.fullmatch(marker):
        if text["of"]:
            known = {column for columns in COLUMNS.values() for column in columns}
            return "", "" if text["name"] in known else _unknown(text["name"], known)
        known = {part.value for part in PaperPart}
        return text["name"], "" if text["name"] in known else _unknown(text["name"], known)
    if a_list := _LIST.fullmatch(marker):
        known = {table.value for table in PaperTable}
        name = a_list["list"] or ""
        return name, "" if not name or name in known else _unknown(name, known)
    if marker in ("{{", "}}", "{%", "%}"):
        return "", f"a marker begins or ends with {marker} and has no other half."
    return "", f"{marker} is not a marker. Write {{{{ title }}}}, with a name of our list."


def _unknown(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return f"there is no marker “{name}”." + (f" Did you mean “{near[0]}”?" if near else "")


def _missing(found: set[str]) -> list[str]:
    wanted = [part for part in PaperPart if part not in OPTIONAL and part.value not in found]
    faults = [f"The marker {{{{ {part.value} }}}} ({part.words}) is missing." for part in wanted]
    if PaperTable.CARDS.value not in found:
        faults.append("The list “cards” is missing: {%tr for row in cards %}.")
    return faults


def _badly_nested(written: bytes) -> list[str]:
    """Read each part as it will be filled: lists that do not end, columns of another list."""
    faults = []
    paper = DocxTemplate(io.BytesIO(written))
    paper.init_docx()
    sources = [paper.get_xml(), *_footnotes(written)]
    for uri in (paper.HEADER_URI, paper.FOOTER_URI):
        sources += [paper.get_part_xml(part) for _, part in paper.get_headers_footers(uri)]
    for source in sources:
        try:
            tree = _environment().parse(paper.patch_xml(source))
        except TemplateSyntaxError:
            return [
                "A list begins or ends without its other half. Put {%tr for row in cards %} in "
                "a row of its own, and {%tr endfor %} in another."
            ]
        faults += _wrong_columns(tree, {})
    return faults


def _footnotes(written: bytes) -> list[str]:
    parts, name = open_word_file(written), "word/footnotes.xml"
    return [parts.read(name).decode("utf-8")] if name in parts.namelist() else []


def _wrong_columns(tree: nodes.Node, lists: dict[str, PaperTable]) -> list[str]:
    faults: list[str] = []
    for node in tree.iter_child_nodes():
        known = lists
        match node:
            case nodes.For(target=nodes.Name(name=each), iter=nodes.Name(name=named)):
                known = {**lists, each: PaperTable(named)}
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            table = lists.get(node.node.name)
            if table is None:
                faults.append(
                    f"{{{{ {node.node.name}.{node.attr} }}}} stands outside its list. Put it "
                    "between {%tr for ... %} and {%tr endfor %}."
                )
            elif node.attr not in COLUMNS[table]:
                columns = ", ".join(COLUMNS[table])
                faults.append(f"The list “{table.value}” has no “{node.attr}”. It has: {columns}.")
        faults += _wrong_columns(node, known)
    return faults


def _finish(paper: DocxTemplate, facts: PaperFacts) -> None:
    """What a reader's software asks of a document: title, language, headings of tables, fields."""
    document = paper.docx
    properties = document.core_properties
    properties.title, properties.language = facts.texts[PaperPart.TITLE], "en-GB"
    properties.author = properties.last_modified_by = facts.texts[PaperPart.AUTHOR]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    settings = document.settings.element
    if settings.find(qn("w:updateFields")) is None:
        update = OxmlElement("w:updateFields")
        update.set(qn("w:val"), "true")
        settings.append(update)
    for paragraph in document.element.iter(qn("w:p")):
        strong = (unicodedata.bidirectional(one) for text in paragraph.itertext() for one in text)
        if next((one for one in strong if one in ("L", "R", "AL")), "L") != "L":
            paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for table in document.tables:
        if len(table.rows) > 1:
            row = table.rows[0]._tr.get_or_add_trPr()
            if row.find(qn("w:tblHeader")) is None:
                row.append(OxmlElement("w:tblHeader"))
