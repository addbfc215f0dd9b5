"""The child process of `threads.media`: a picture on standard input, two clean JPEG pictures on standard output.

Run by path, with nothing of ours imported and no environment: little memory, 10 s of processor time, no files written.
A picture of more pixels than a phone makes is only drawn where its decoder makes it smaller while it reads (JPEG): a file of
a few kilobytes can hold a picture of any size.
"""

import io
import os
import resource
import sys

from PIL import Image, ImageOps

MOST_PIXELS = 24_000_000
MEMORY_BYTES = 512 << 20  # what a WebP of so many pixels takes
PROCESSOR_SECONDS = 10
MOST_PIXELS_READ = 10 * MOST_PIXELS  # where decoders shrink; the largest cameras have 200 million
LARGE, SMALL = 2048, 480
SIMPLE = ("RGB", "L")
FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "BMP"]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)  # whoever waits for a page goes first
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS_READ // 2  # Pillow refuses at twice this
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
        large = _drawn(picture)
    full, small = _jpeg(large), _jpeg(_within(large, SMALL))
    sys.stdout.buffer.write(len(full).to_bytes(4, "big") + full + small)


def _drawn(picture: Image.Image) -> Image.Image:
    """The picture, upright and at most LARGE on each side. It is made smaller before anything copies it."""
    if picture.width * picture.height > MOST_PIXELS:
        picture.draft(None, (LARGE, LARGE))
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    plain = _within(picture if picture.mode in SIMPLE else picture.convert("RGB"), LARGE)
    upright = ImageOps.exif_transpose(plain).convert("RGB")
    upright.info = {}  # a comment would be written into the new file
    return upright


def _within(picture: Image.Image, side: int) -> Image.Image:
    picture.thumbnail((side, side))
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=85)
    return output.getvalue()


if __name__ == "__main__":
    main()
