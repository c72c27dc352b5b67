"""Something in the library through its commands, and files as people bring them."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from sqlalchemy.orm import Session

from coprod_data.commands.library import add_library_item, keep_link
from coprod_data.permissions import Actor
from coprod_data.rules.library import LibraryPlan
from coprod_data.vocabulary.library import Completeness, LibraryFormat, LibraryKind
from tests.helpers.builders import TODAY

LINK = "https://example.org/panel"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + b"\xff\xfb\x90\x64" + bytes(400)
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + bytes(40)
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(40)


def a_plan(keeper: Actor, **said: Any) -> LibraryPlan:
    """What is said of an item that may be published once it has a format."""
    first: dict[str, Any] = {
        "title": "A panel pack", "kind": LibraryKind.TOOLKIT, "about": "For panels.",
        "made_with": "Westmarch Voices", "complete": Completeness.TRIED, "managers": True,
        "keeper_id": keeper.id, "review_on": TODAY,
    }  # fmt: skip
    return LibraryPlan(**{**first, **said})


def an_item(db: Session, keeper: Actor, **said: Any) -> int:
    """Return the number of a draft with a link."""
    number = add_library_item(db, keeper, plan=a_plan(keeper, **said))
    keep_link(db, keeper, number, form=LibraryFormat.STANDARD, link=LINK)
    return number


def a_word_file(**parts: bytes) -> bytes:
    """A Word file, with these parts beside its own."""
    written = io.BytesIO()
    document = Document()
    document.add_paragraph("Ask first.")
    document.save(written)
    with ZipFile(written, "a", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return written.getvalue()
