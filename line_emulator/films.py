"""A three-second film and a three-second voice, written bit by bit: MP4 boxes around H.264 and AAC.

The film's macroblocks are I_PCM (H.264 7.3.5: raw samples, no transform); its other pictures repeat the first
by skipping every macroblock. The voice is AAC-LC with an empty spectrum: silence.
"""

import struct
from functools import cache

from PIL import Image

_BLOCK = 16
_COLUMNS, _ROWS = 12, 9
SIZE = (_COLUMNS * _BLOCK, _ROWS * _BLOCK)
_PICTURES = 3
_TIMESCALE = 1000
_SOUND_RATE = 16_000
_SOUND_RATE_INDEX = 8
_FRAME_SAMPLES = 1024
_SILENCE = bytes.fromhex("00000007")


class Bits:
    """Big-endian bits with Exp-Golomb codes (H.264 9.1)."""

    def __init__(self) -> None:
        self._text = ""

    def fixed(self, value: int, count: int) -> None:
        self._text += format(value, f"0{count}b")

    def ue(self, value: int) -> None:
        plain = format(value + 1, "b")
        self._text += "0" * (len(plain) - 1) + plain

    def se(self, value: int) -> None:
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def align(self) -> None:
        self._text += "0" * (-len(self._text) % 8)

    def raw(self, data: bytes) -> None:
        self._text += "".join(format(byte, "08b") for byte in data)

    def nal(self, header: int) -> bytes:
        """A NAL unit: stop bit, bytes, and 03 put where the data would look like a start code."""
        text = self._text + "1"
        text += "0" * (-len(text) % 8)
        body = int(text, 2).to_bytes(len(text) // 8, "big")
        out, zeros = bytearray([header]), 0
        for byte in body:
            if zeros >= 2 and byte <= 3:
                out.append(3)
                zeros = 0
            out.append(byte)
            zeros = zeros + 1 if byte == 0 else 0
        return bytes(out)


def _sequence() -> bytes:
    bits = Bits()
    for value in (66, 0b11000000, 10):
        bits.fixed(value, 8)
    for value in (0, 0, 2, 1):
        bits.ue(value)
    bits.fixed(0, 1)
    bits.ue(_COLUMNS - 1)
    bits.ue(_ROWS - 1)
    bits.fixed(0b1100, 4)
    return bits.nal(0x67)


def _picture_set() -> bytes:
    bits = Bits()
    bits.ue(0)
    bits.ue(0)
    bits.fixed(0, 2)
    for value in (0, 0, 0):
        bits.ue(value)
    bits.fixed(0, 3)
    for value in (0, 0, 0):
        bits.se(value)
    bits.fixed(0, 3)
    return bits.nal(0x68)


def _whole_picture(picture: Image.Image) -> bytes:
    """`picture` has SIZE; its colours are halved in both directions, as 4:2:0 wants."""
    light, blue, red = picture.convert("YCbCr").split()
    blue, red = blue.reduce(2), red.reduce(2)
    bits = Bits()
    bits.ue(0)
    bits.ue(7)
    bits.ue(0)
    bits.fixed(0, 4)
    bits.ue(0)
    bits.fixed(0, 2)
    bits.se(0)
    for block in range(_COLUMNS * _ROWS):
        bits.ue(25)
        bits.align()
        bits.raw(_square(light, block, _BLOCK) + _square(blue, block, 8) + _square(red, block, 8))
    return bits.nal(0x65)


def _square(plane: Image.Image, block: int, side: int) -> bytes:
    row, column = divmod(block, _COLUMNS)
    return plane.crop((column * side, row * side, (column + 1) * side, (row + 1) * side)).tobytes()


def _same_again(number: int) -> bytes:
    bits = Bits()
    bits.ue(0)
    bits.ue(5)
    bits.ue(0)
    bits.fixed(number, 4)
    bits.fixed(0, 3)
    bits.se(0)
    bits.ue(_COLUMNS * _ROWS)
    return bits.nal(0x41)


def _box(name: str, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name.encode()) + body


def _full(name: str, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *parts)


def _u32(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


_MATRIX = _u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _film(
    samples: list[bytes],
    length: int,
    timescale: int,
    entry: bytes,
    handler: str,
    size: tuple[int, int] | None,
) -> bytes:
    """One track in one file. `length` of a sample in units of `timescale`; `size` in pixels, None for sound."""
    width, height = size or (0, 0)
    duration = len(samples) * length
    kind = _box("ftyp", b"isom", _u32(512), b"isomiso2mp41")
    head = _full("vmhd", bytes(8), flags=1) if size else _full("smhd", bytes(4))
    where = _box("dinf", _full("dref", _u32(1), _full("url ", flags=1)))

    def movie(offset: int) -> bytes:
        table = _box(
            "stbl", _full("stsd", _u32(1), entry), _full("stts", _u32(1, len(samples), length)),
            *([_full("stss", _u32(1, 1))] if size else []), _full("stsc", _u32(1, 1, len(samples), 1)),
            _full("stsz", _u32(0, len(samples), *map(len, samples))), _full("stco", _u32(1, offset)),
        )  # fmt: skip
        media = _box(
            "mdia", _full("mdhd", _u32(0, 0, timescale, duration), struct.pack(">HH", 0x55C4, 0)),
            _full("hdlr", bytes(4), handler.encode(), bytes(13)), _box("minf", head, where, table),
        )  # fmt: skip
        sound = 0 if size else 0x0100
        track = _full(
            "tkhd", _u32(0, 0, 1, 0, duration), bytes(8), struct.pack(">HHHH", 0, 0, sound, 0), _MATRIX,
            _u32(width << 16, height << 16), flags=3,
        )  # fmt: skip
        header = _full(
            "mvhd", _u32(0, 0, timescale, duration, 0x10000), struct.pack(">H", 0x0100), bytes(10), _MATRIX, bytes(24),
            _u32(2),
        )  # fmt: skip
        return _box("moov", header, _box("trak", track, media))

    offset = len(kind) + len(movie(0)) + 8
    return kind + movie(offset) + _box("mdat", *samples)


def film(picture: Image.Image) -> bytes:
    """Shows `picture` (any size, any colours) small, for three seconds."""
    sequence, picture_set = _sequence(), _picture_set()
    pictures = [
        _whole_picture(picture.convert("RGB").resize(SIZE)),
        *(_same_again(number) for number in range(1, _PICTURES)),
    ]
    config = _box(
        "avcC", bytes([1, 66, 0b11000000, 10, 0xFF, 0xE1]), struct.pack(">H", len(sequence)), sequence,
        b"\x01", struct.pack(">H", len(picture_set)), picture_set,
    )  # fmt: skip
    entry = _box(
        "avc1", bytes(6), struct.pack(">H", 1), bytes(16), struct.pack(">HH", *SIZE), _u32(0x480000, 0x480000, 0),
        struct.pack(">H", 1), bytes(32), struct.pack(">Hh", 24, -1), config,
    )  # fmt: skip
    samples = [struct.pack(">I", len(picture)) + picture for picture in pictures]
    return _film(samples, _TIMESCALE, _TIMESCALE, entry, "vide", SIZE)


@cache
def voice() -> bytes:
    """Mono, 16 kHz. The four bytes of a frame: one channel element, no bands, end."""
    config = struct.pack(">H", (2 << 11) | (_SOUND_RATE_INDEX << 7) | (1 << 3))
    specific = b"\x05" + bytes([len(config)]) + config
    decoder = b"\x40\x15" + bytes(3) + _u32(16_000, 16_000) + specific
    stream = b"\x00\x01\x00" + b"\x04" + bytes([len(decoder)]) + decoder + b"\x06\x01\x02"
    entry = _box(
        "mp4a", bytes(6), struct.pack(">H", 1), bytes(8), struct.pack(">HHHH", 1, 16, 0, 0), _u32(_SOUND_RATE << 16),
        _full("esds", b"\x03" + bytes([len(stream)]) + stream),
    )  # fmt: skip
    frames = [_SILENCE] * (3 * _SOUND_RATE // _FRAME_SAMPLES)
    return _film(frames, _FRAME_SAMPLES, _SOUND_RATE, entry, "soun", None)
