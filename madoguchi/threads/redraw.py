"""The child process of `threads.media`: a picture on standard input, two clean JPEG pictures on standard output.

Run by path, with nothing of ours imported and no environment: 1 GiB of memory, 10 s of processor time, no files written.
"""

import io
import resource
import sys

from PIL import Image, ImageOps

MEMORY_BYTES = 1 << 30
PROCESSOR_SECONDS = 10
MOST_PIXELS = 50_000_000
LARGE, SMALL = 2048, 480


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses at twice this
    with Image.open(
        io.BytesIO(sys.stdin.buffer.read()), formats=["JPEG", "PNG", "WEBP", "GIF", "BMP"]
    ) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    full, small = _jpeg(upright, LARGE), _jpeg(upright, SMALL)
    sys.stdout.buffer.write(len(full).to_bytes(4, "big") + full + small)


def _jpeg(picture: Image.Image, side: int) -> bytes:
    fitted = picture.copy()
    fitted.thumbnail((side, side))
    output = io.BytesIO()
    fitted.save(output, "JPEG", quality=85)
    return output.getvalue()


if __name__ == "__main__":
    main()
