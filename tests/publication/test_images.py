"""A published picture is pixels and nothing else, or there is none."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from willakuy.publication.images import PictureNotPublishable, clean_image, more_than_pixels

MARK = b"CANARY-GPS-SERIAL"
SIZE = (64, 48)


def pixels(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise(SIZE, 60).convert(mode)


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x9286] = MARK.decode(), MARK.decode(), MARK
    tags.get_ifd(0x8825).update({1: "S", 2: (15.0, 29.0, 0.0), 0x1D: MARK.decode()})
    return tags


def saved(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    options.setdefault("exif", exif())
    pixels("P" if form == "GIF" else "RGB").save(out, form, **options)
    return out.getvalue()


def png_with_texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARK.decode())
    info.add_itxt("XML:com.adobe.xmp", f"<x>{MARK.decode()}</x>")
    info.add(b"prVt", MARK)
    return saved("PNG", pnginfo=info)


def with_hidden_copy() -> bytes:
    """A smaller, uncropped copy after the end, as cameras leave it."""
    return saved("JPEG", comment=MARK) + saved("JPEG") + MARK


LOADED = {
    "JPEG": lambda: saved("JPEG", comment=MARK, icc_profile=MARK * 10, xmp=MARK),
    "JPEG with a copy after its end": with_hidden_copy,
    "progressive JPEG": lambda: saved("JPEG", progressive=True),
    "PNG": png_with_texts,
    "PNG with bytes after its end": lambda: saved("PNG") + MARK,
    "WebP": lambda: saved("WEBP", xmp=MARK, icc_profile=MARK * 10),
    "TIFF": lambda: saved("TIFF", description=MARK.decode(), software=MARK.decode()),
    "GIF": lambda: saved("GIF", comment=MARK),
    "BMP": lambda: saved("BMP") + MARK,
}


@pytest.mark.parametrize("make", LOADED.values(), ids=LOADED.keys())
def test_what_is_not_seen_does_not_come_out(make):
    loaded = make()
    assert MARK in loaded or loaded.startswith(b"\xff\xd8")

    picture = clean_image(loaded)

    assert more_than_pixels(picture.data) is None
    assert MARK not in picture.data
    with Image.open(io.BytesIO(picture.data)) as again:
        assert not again.getexif()
        assert again.size == SIZE
        assert not {"exif", "xmp", "comment", "icc_profile"} & again.info.keys()


@pytest.mark.parametrize("make", LOADED.values(), ids=LOADED.keys())
def test_what_came_from_a_camera_is_never_taken_for_clean(make):
    assert more_than_pixels(make())


def test_a_picture_taken_sideways_comes_out_upright():
    tags = Image.Exif()
    tags[0x0112] = 6

    picture = clean_image(saved("JPEG", exif=tags))

    assert (picture.width, picture.height) == (SIZE[1], SIZE[0])


def test_pixels_stay_as_they_were():
    drawn = pixels()
    out = io.BytesIO()
    drawn.save(out, "PNG", exif=exif())

    with Image.open(io.BytesIO(clean_image(out.getvalue()).data)) as again:
        assert again.convert("RGB").tobytes() == drawn.tobytes()


def moving() -> bytes:
    out = io.BytesIO()
    pixels().save(out, "GIF", save_all=True, append_images=[pixels()])
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


REFUSED = {
    "nothing": lambda: b"",
    "text": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "a PDF": lambda: b"%PDF-1.7 " + MARK,
    "several pictures": moving,
    "400 megapixels": bomb,
    "half a JPEG": lambda: saved("JPEG")[:400],
    "half a PNG": lambda: saved("PNG")[:400],
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_made_clean_is_refused_with_a_reason(make):
    with pytest.raises(PictureNotPublishable) as refused:
        clean_image(make())

    assert str(refused.value)


def test_a_release_with_a_photograph_as_it_came_is_not_published(case, monkeypatch):
    from willakuy.publication import publish, release
    from willakuy.publication.images import PictureNotClean

    written = release._write_data

    def with_photograph(folder, *rest):
        written(folder, *rest)
        folder.put("photo.jpg", saved("JPEG"))

    monkeypatch.setattr(release, "_write_data", with_photograph)

    with pytest.raises(PictureNotClean):
        publish(case)
    assert list((case.folder / "releases").iterdir()) == []


def test_a_release_may_hold_a_clean_picture(case, monkeypatch):
    from willakuy.publication import publish, release, verify_release

    written = release._write_data

    def with_picture(folder, *rest):
        written(folder, *rest)
        folder.put("photo.jpg", clean_image(saved("JPEG")).data)

    monkeypatch.setattr(release, "_write_data", with_picture)

    assert verify_release(publish(case).path).problems == ()
