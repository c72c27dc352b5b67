"""A file for the library: what it is by its content, whatever it is called, and what is kept of it.

A picture is drawn anew, so nothing else that was in its file is kept. The others stay as they came
and are never opened here again: they are sent to be saved, not to be shown.
"""

import io
from dataclasses import dataclass

from coprod_data.files.word_package import open_word_file
from coprod_data.permissions import Invalid, Refused

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
}
TOO_LARGE = (
    "This file is larger than 5 MB. Make it smaller, or put it on your council’s website and give "
    "the link here."
)
NOT_TAKEN = (
    "This is not a file that the library takes. Save it as PDF, Word (.docx), PNG, JPEG, MP3, M4A "
    "or OGG."
)
ACTIVE = (
    "This PDF can run something by itself, or holds another file. Print it to a new PDF and use "
    "that one."
)
_RUNS = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_AFTER_A_NAME = b" \t\r\n\x00\x0c/(<[]>{}%"
_M4A = {b"M4A ", b"M4B "}


@dataclass(frozen=True)
class CheckedFile:
    """A file as it is kept: its content, and the ending that says what it is."""

    written: bytes
    ending: str


def checked_file(written: bytes) -> CheckedFile:
    """Return a file as it may be kept. Raises Invalid with what to do instead."""
    if len(written) > MOST_BYTES:
        raise Invalid(TOO_LARGE, field="file")
    if written.startswith(b"%PDF-"):
        return _pdf(written)
    if written.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _word(written)
    if written.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _picture(written)
    if ending := _sound(written):
        return CheckedFile(written, ending)
    raise Invalid(NOT_TAKEN, field="file")


def _pdf(written: bytes) -> CheckedFile:
    if b"%%EOF" not in written[-2048:]:
        raise Invalid("This PDF is damaged. Save it again.", field="file")
    for name in _RUNS:
        at = written.find(name)
        while at >= 0:
            end = at + len(name)
            if written[end : end + 1] in {bytes([one]) for one in _AFTER_A_NAME}:
                raise Invalid(ACTIVE, field="file")
            at = written.find(name, end)
    return CheckedFile(written, "pdf")


def _word(written: bytes) -> CheckedFile:
    try:
        open_word_file(written)
    except Refused as refused:
        raise Invalid(refused.sentence, field="file") from None
    return CheckedFile(written, "docx")


def _picture(written: bytes) -> CheckedFile:
    """Draw a picture anew, turned as its camera meant it: places and remarks are not kept."""
    from PIL import Image, ImageOps  # here, because only those who bring a file need it

    try:
        with Image.open(io.BytesIO(written), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid("This picture is too large. Make it smaller.", field="file")
            png = picture.format == "PNG"
            picture.load()
            turned = ImageOps.exif_transpose(picture)
            drawn = turned.convert("RGBA" if png and turned.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Invalid("This picture is damaged. Save it again.", field="file") from None
    drawn.info.clear()
    kept = io.BytesIO()
    drawn.save(kept, "PNG" if png else "JPEG", **({} if png else {"quality": 90}))
    if kept.tell() > MOST_BYTES:
        raise Invalid(TOO_LARGE, field="file")
    return CheckedFile(kept.getvalue(), "png" if png else "jpg")


def _sound(written: bytes) -> str:
    """Return the ending of a recording by its signature, "" where it is none."""
    if written[4:8] == b"ftyp":
        size = int.from_bytes(written[:4], "big")
        brands = {written[at : at + 4] for at in (8, *range(16, min(size, 200), 4))}
        return "m4a" if brands & _M4A else ""
    if written.startswith(b"OggS"):
        head = written[:200]
        return "ogg" if b"\x01vorbis" in head or b"OpusHead" in head else ""
    at = 0
    if written.startswith(b"ID3") and len(written) > 10:
        size = 0
        for part in written[6:10]:
            size = size << 7 | part & 0x7F
        at = 10 + size + (10 if written[5] & 0x10 else 0)
    return "mp3" if _frame(written[at : at + 4]) else ""


def _frame(head: bytes) -> bool:
    """Say whether a frame of MPEG sound, layer 3, begins here."""
    return (
        len(head) == 4
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[1] & 0x18 != 0x08
        and head[2] >> 4 not in (0, 15)
        and head[2] & 0x0C != 0x0C
    )
