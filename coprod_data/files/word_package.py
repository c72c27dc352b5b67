"""A Word file as it is handed in: what it is, and what must not be in it."""

import io
import re
import zlib
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from coprod_data.permissions import Refused

MOST_BYTES = 2_000_000
MOST_FILES = 500
MOST_BYTES_OPEN = 20_000_000
"""What all files of a layout may hold when unpacked: a layout with logos needs about a tenth."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of a .docx with a password
_TRACKED = {f"{{{WORD}}}{name}" for name in (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange",
)}  # fmt: skip
_COMMENTED = {f"{{{WORD}}}{name}" for name in ("commentRangeStart", "commentReference")}

# Fields that neither fetch nor run anything: all others are refused.
_HARMLESS = {
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "CREATEDATE", "SAVEDATE",
    "PRINTDATE", "TOC", "TC", "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "TITLE", "SUBJECT",
    "AUTHOR", "KEYWORDS", "COMMENTS", "FILENAME", "DOCPROPERTY", "HYPERLINK", "SYMBOL", "IF", "=",
    "QUOTE", "XE", "INDEX", "REVNUM", "NUMWORDS", "LASTSAVEDBY", "USERNAME", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN",
}  # fmt: skip


INNER = "\N{WHITE SQUARE}"  # stands where another field was


class LayoutRefused(Refused):
    """A Word file cannot be a layout. Each line names one fault and what to do about it."""


def open_word_file(written: bytes) -> ZipFile:
    """Return the parts of a .docx file, checked. Raises LayoutRefused with every fault found."""
    if len(written) > MOST_BYTES:
        raise LayoutRefused("This file is larger than 2 MB. Make its pictures smaller, then try.")
    if written.startswith(_OLD_OR_LOCKED):
        raise LayoutRefused(
            "This file has a password, or is in the older .doc form. In Word, take the password "
            "away (File, Info, Protect document) and save it as “Word document (.docx)”."
        )
    try:
        parts = ZipFile(io.BytesIO(written))
        faults = [] if "word/document.xml" in parts.namelist() else [_NOT_WORD]
    except (BadZipFile, NotImplementedError):
        raise LayoutRefused(_NOT_WORD) from None
    if not faults:
        _refuse_bombs(parts)
        faults = [*_active(parts), *_traces(parts), *_linked(parts)]
    if faults:
        raise LayoutRefused("\n".join(faults))
    return parts


_NOT_WORD = (
    "This is not a Word document. Open it in the program that made it and save it as "
    "“Word document (.docx)”."
)


def _refuse_bombs(parts: ZipFile) -> None:
    """Refuse what unpacks to much, before anything is unpacked or believed."""
    listed = parts.infolist()
    said = sum(one.file_size for one in listed)
    if len(listed) > MOST_FILES or said > MOST_BYTES_OPEN:
        raise LayoutRefused(
            "This file unpacks to more than a layout may hold (20 MB). Start from a new document."
        )
    try:
        for one in listed:
            with parts.open(one) as part:
                if len(part.read(one.file_size + 1)) != one.file_size:
                    raise LayoutRefused(_NOT_WORD)
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise LayoutRefused(_NOT_WORD) from None


def _active(parts: ZipFile) -> list[str]:
    """What could do something by itself."""
    names = [name.casefold() for name in parts.namelist()]
    faults = []
    if any("vbaproject" in name for name in names):
        faults.append("It holds macros. Save it as “Word document (.docx)”, without them.")
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        faults.append("It holds an embedded file or control. Delete it, or put a picture there.")
    if any(name.startswith("word/afchunk") for name in names):
        faults.append("It holds another document inside it. Paste its text instead.")
    return faults


def _traces(parts: ZipFile) -> list[str]:
    """What its writers left in it: suggested changes, remarks, fields that fetch something."""
    tags: set[str] = set()
    fields: list[str] = []
    for name in parts.namelist():
        if re.fullmatch(r"word/.+\.xml", name):
            root = parsed(parts.read(name))
            tags |= {one.tag for one in root.iter() if isinstance(one.tag, str)}
            fields += _fields(root)
    faults = []
    if tags & _TRACKED:
        faults.append("It has tracked changes. In Word: Review, Accept all changes, then save.")
    if tags & _COMMENTED:
        faults.append("It has comments. In Word: Review, Delete all comments, then save.")
    kinds = [one.split()[0].upper() for one in fields if one.split()]
    if wrong := sorted(set(kinds) - _HARMLESS):
        faults.append(
            f"It has a field that may fetch another file or run something ({wrong[0][:20]}). In "
            "Word press Alt+F9 to see the fields, and delete that one."
        )
    return faults


def _fields(root: Any) -> list[str]:
    """Return what each field says: of those in one piece, and of those that Word keeps in several
    runs, with others inside them.
    """
    said: list[str] = []
    open_fields: list[list[str]] = []
    for one in root.iter(
        f"{{{WORD}}}fldSimple", f"{{{WORD}}}fldChar", f"{{{WORD}}}instrText"
    ):  # fmt: skip
        match one.tag.rpartition("}")[2], one.get(f"{{{WORD}}}fldCharType"):
            case "fldSimple", _:
                said.append(one.get(f"{{{WORD}}}instr", ""))
            case "fldChar", "begin":
                open_fields.append([])
            case "fldChar", "end" if open_fields:
                said.append("".join(open_fields.pop()))
                if open_fields:  # its result may be a part of the other's name
                    open_fields[-1].append(INNER)
            case "instrText", _ if open_fields:
                open_fields[-1].append(one.text or "")
            case "instrText", _:
                said.append(one.text or "")
    return [*said, *("".join(left) for left in open_fields)]


def _linked(parts: ZipFile) -> list[str]:
    """What Word would fetch from somewhere else when the paper is opened. Web links may stay."""
    for name in parts.namelist():
        if not name.endswith(".rels"):
            continue
        for one in parsed(parts.read(name)):
            kind = one.get("Type", "").rpartition("/")[2]
            if one.get("TargetMode") == "External" and kind != "hyperlink":
                what = "template" if kind == "attachedTemplate" else "picture or file"
                return [
                    f"It is linked to a {what} outside it. "
                    + (
                        "In Word: File, Options, Add-ins, Templates, and attach “Normal”."
                        if what == "template"
                        else "In Word: File, Info, Edit links to files, and break the link."
                    )
                ]
    return []


def parsed(written: bytes) -> etree._Element:
    """Return a part of the file. Raises LayoutRefused if it is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(written, parser)
    except etree.XMLSyntaxError:
        raise LayoutRefused(_NOT_WORD) from None
