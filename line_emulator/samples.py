"""Made-up media for acts that bring none: a picture, a film, a voice, a document. All of it is drawn here."""

import io
from functools import cache

from PIL import Image, ImageDraw

from line_emulator import films

CONTENT_TYPES = {
    "image": "image/jpeg", "video": "video/mp4", "audio": "audio/x-m4a", "file": "application/octet-stream",
}  # fmt: skip
DURATION_MS = 3000
_SIZE = (960, 720)
_PREVIEW = 240


@cache
def made_up(kind: str) -> bytes:
    match kind:
        case "image":
            return _picture()
        case "video":
            return films.film(Image.open(io.BytesIO(_picture())))
        case "audio":
            return films.voice()
        case _:
            return "これは見本のファイルです。\n".encode()


@cache
def _picture() -> bytes:
    """Evening hills, so that a demo has something to look at."""
    width, height = _SIZE
    sky = Image.linear_gradient("L").resize(_SIZE)
    picture = Image.composite(Image.new("RGB", _SIZE, "#f6c28b"), Image.new("RGB", _SIZE, "#5b7fb5"), sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.62, height * 0.38, width * 0.78, height * 0.59), fill="#fff2cf")
    for base, colour in ((0.62, "#6f8f86"), (0.72, "#4d7268"), (0.84, "#2f5148")):
        hill = [(0, height)]
        for step in range(13):
            wave = ((step * 7 + int(base * 100)) % 5) / 40
            hill.append((int(width * step / 12), int(height * (base - wave))))
        draw.polygon([*hill, (width, height)], fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def preview(data: bytes, content_type: str) -> bytes:
    """A small JPEG of a picture; what cannot be drawn (films, broken or huge pictures) gets the sample's."""
    source = data if content_type.startswith("image/") else _picture()
    try:
        return _small(source)
    except (OSError, ValueError, Image.DecompressionBombError):
        return _small(_picture())


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > 50_000_000:
            raise ValueError("too large to draw")
        picture.draft("RGB", (_PREVIEW * 2, _PREVIEW * 2))
        small = picture.convert("RGB")
        small.thumbnail((_PREVIEW, _PREVIEW))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=80)
        return out.getvalue()
