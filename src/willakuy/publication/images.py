"""A picture that may be published: its pixels, drawn anew, and nothing else. Or none.

A photograph carries where it was taken, with which device, a smaller copy of itself from before it was cropped. What is published
is encoded anew from pixels alone, and then read, marker by marker, by a reader that knows only what pixels need: whatever
that reader does not know is refused. The original stays in evidence as it arrived.

What the picture shows (faces, number plates, a house) is nobody's to decide but a person's.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

from willakuy.errors import UsageError, WillakuyError
from willakuy.i18n import N_, gettext

MOST_PIXELS = 50_000_000
MOST_BYTES = 100_000_000
_READ = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_JPEG_MARKERS = {0xC0, 0xC2, 0xC4, 0xDB, 0xDA, 0xDD, 0xE0}
_PLAIN_JFIF = 16


class PictureNotPublishable(UsageError):
    code = "W421"
    what = N_("{file}: this picture is not published ({reason}).")
    next = N_(
        "Nothing was written, and the original is untouched. Save it as JPEG or PNG with another program, and repeat."
    )


class PictureNotClean(WillakuyError):
    """A file of a release holds more than pixels, or is neither text nor a picture."""

    code = "W422"
    what = N_("{file}: it may hold more than can be seen ({reason}), so nothing was published.")
    next = N_(
        "The case and earlier releases are safe. Draw the picture anew:\n    willakuy clean-image FILE --out FILE"
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """``data`` is a JPEG or PNG of pixels alone; width and height in pixels, upright."""

    data: bytes
    media_type: str
    width: int
    height: int


def clean_image(data: bytes, name: str = "(picture)") -> Picture:
    """The pixels of ``data``, upright, encoded anew; photographs as JPEG, the rest as PNG.

    Raises:
        PictureNotPublishable: no picture that can be read, one that moves, one larger than 50 megapixels, or what came out is not clean.
    """
    from PIL import Image, ImageOps

    if len(data) > MOST_BYTES:
        raise PictureNotPublishable(file=name, reason=gettext("it is too large"))
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=_READ) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > MOST_PIXELS:
                raise PictureNotPublishable(file=name, reason=gettext("it is too large"))
            if getattr(image, "n_frames", 1) > 1:
                raise PictureNotPublishable(file=name, reason=gettext("it is several pictures in one"))
            is_photograph = image.format in ("JPEG", "WEBP", "TIFF") and image.mode in ("RGB", "L", "CMYK", "YCbCr")
            upright = ImageOps.exif_transpose(image)
            shown = upright.convert("RGB" if is_photograph or "A" not in upright.getbands() else "RGBA")
            fresh = Image.frombytes(shown.mode, shown.size, shown.tobytes())
    except PictureNotPublishable:
        raise
    except Exception as e:  # damaged files make every kind of error, and none of them may publish anything
        raise PictureNotPublishable(file=name, reason=gettext("it cannot be read as a picture")) from e
    out = io.BytesIO()
    if is_photograph:
        fresh.save(out, "JPEG", quality=90, optimize=True)
    else:
        fresh.save(out, "PNG", optimize=True)
    if problem := more_than_pixels(out.getvalue()):
        raise PictureNotPublishable(file=name, reason=problem)
    return Picture(out.getvalue(), "image/jpeg" if is_photograph else "image/png", fresh.width, fresh.height)


def clean_file(path: Path, out: Path) -> Picture:
    """``clean_image`` from one file to another, which must be new.

    Raises:
        PictureNotPublishable
    """
    try:
        with path.open("rb") as stream:
            picture = clean_image(stream.read(MOST_BYTES + 1), path.name)
        with out.open("xb") as written:
            written.write(picture.data)
    except FileExistsError as e:
        raise PictureNotPublishable(file=out, reason=gettext("there is something here already")) from e
    except OSError as e:
        raise PictureNotPublishable(file=path, reason=e.strerror or str(e)) from e
    return picture


def more_than_pixels(data: bytes) -> str | None:
    """What a JPEG or PNG holds beside pixels; ``None`` when nothing. Reads bytes, trusts no library."""
    try:
        if data.startswith(_PNG):
            return _png_problem(data)
        if data.startswith(b"\xff\xd8"):
            return _jpeg_problem(data)
    except (struct.error, IndexError):
        return gettext("it is cut short")
    return gettext("it is no JPEG or PNG")


def _png_problem(data: bytes) -> str | None:
    place = len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind not in _PNG_CHUNKS:
            return gettext("it has a part called {name}").format(name=kind.decode("latin-1"))
        crc = struct.unpack_from(">I", data, place + 8 + length)[0]
        if crc != zlib.crc32(data[place + 4 : place + 8 + length]):
            return gettext("a part of it is damaged")
        place += 12 + length
        if kind == b"IEND":
            return None if length == 0 and place == len(data) else gettext("something follows its end")


def _jpeg_problem(data: bytes) -> str | None:
    place = 2
    while True:
        if data[place] != 0xFF:
            return gettext("a part of it is damaged")
        marker = data[place + 1]
        if marker == 0xD9:
            return None if place + 2 == len(data) else gettext("something follows its end")
        length = struct.unpack_from(">H", data, place + 2)[0]
        is_jfif = marker != 0xE0 or (data[place + 4 : place + 9] == b"JFIF\0" and length == _PLAIN_JFIF)
        if marker not in _JPEG_MARKERS or not is_jfif:
            return gettext("it has a part called {name}").format(name=f"{marker:02X}")
        place += 2 + length
        if marker == 0xDA:
            while data[place] != 0xFF or data[place + 1] == 0 or 0xD0 <= data[place + 1] <= 0xD7:
                place += 1
