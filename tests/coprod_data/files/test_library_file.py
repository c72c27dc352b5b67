"""Files for the library: what one is follows from its content, and nothing active is taken."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from coprod_data.files.library_file import MEDIA, MOST_PIXELS, checked_file
from coprod_data.permissions import Invalid
from tests.helpers.library import M4A, MP3, OGG, PDF, a_word_file


def a_picture(form: str, size: tuple[int, int] = (20, 10), **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, form, **more)
    return written.getvalue()


def a_bomb() -> bytes:
    written = io.BytesIO(a_word_file())
    with ZipFile(written, "a", ZIP_DEFLATED) as package:
        package.writestr("word/media/big.bin", bytes(21_000_000))
    return written.getvalue()


@pytest.mark.parametrize(("written", "ending"), [
    (PDF, "pdf"), (a_word_file(), "docx"), (a_picture("PNG"), "png"), (a_picture("JPEG"), "jpg"),
    (MP3, "mp3"), (MP3[20:], "mp3"), (M4A, "m4a"), (OGG, "ogg"),
])  # fmt: skip
def test_what_a_file_is_follows_from_its_content(written: bytes, ending: str):
    assert checked_file(written).ending == ending
    assert ending in MEDIA


REFUSED = {
    "too large": (PDF + bytes(5_000_000), "larger than 5 MB"),
    "far too large": (bytes(60_000_000), "larger than 5 MB"),
    "a program": (b"MZ\x90\x00" + bytes(200), "not a file that the library takes"),
    "an svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "library takes"),
    "a page": (b"<!doctype html><script>x()</script>", "library takes"),
    "empty": (b"", "library takes"),
    "a video": (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + bytes(40), "library takes"),
    "ogg of no sound": (b"OggS" + bytes(200), "library takes"),
    "only a tag": (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"<script>" * 9, "library takes"),
    "a gif": (b"GIF89a" + bytes(40), "library takes"),
    "macros": (a_word_file(**{"word/vbaProject.bin": b"x"}), "It holds macros"),
    "embedded": (a_word_file(**{"word/embeddings/one.bin": b"x"}), "embedded file"),
    "a zip bomb": (a_bomb(), "unpacks to more"),
    "another zip": (a_word_file()[:40] + bytes(40), "not a Word document"),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + bytes(200), "older .doc form"),
    "a script in a pdf": (PDF.replace(b"/Type", b"/JS (x) /Type"), "run something"),
    "a launch in a pdf": (PDF.replace(b"/Type", b"/S /Launch /Type"), "run something"),
    "half a pdf": (PDF[:20], "damaged"),
    "half a picture": (a_picture("PNG", (900, 900))[:200], "damaged"),
    "a jpeg of nothing": (b"\xff\xd8\xff" + bytes(40), "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_what_to_do(case: str):
    written, said = REFUSED[case]
    with pytest.raises(Invalid, match=said) as refused:
        checked_file(written)
    assert refused.value.field == "file"


def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it():
    places = Image.Exif()
    places[0x010E] = "Maple House, 4 Mill Lane"
    written = a_picture("JPEG", exif=places, comment=b"Jay") + b"PK\x03\x04 a second file"
    kept = checked_file(written).written

    assert b"Maple" not in kept
    assert b"Jay" not in kept
    assert b"second file" not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (20, 10)
        assert not drawn.getexif()


def test_a_picture_that_unpacks_to_much_is_refused_before_it_is_drawn():
    side = int(MOST_PIXELS**0.5) + 1
    header = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    crc = zlib.crc32(chunk).to_bytes(4, "big")
    written = b"\x89PNG\r\n\x1a\n" + len(header).to_bytes(4, "big") + chunk + crc
    with pytest.raises(Invalid, match="too large|damaged"):
        checked_file(written)
