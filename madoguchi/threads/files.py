"""Which files may be sent to a friend. What a file is, its bytes say, never its name; nothing that can run, and no macros."""

import io
import zipfile

PDF = "application/pdf"
PLAIN = "text/plain"
_OFFICE = "application/vnd.openxmlformats-officedocument"
OFFICE = {
    "word/": f"{_OFFICE}.wordprocessingml.document",
    "xl/": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}.presentationml.presentation",
}
ENDINGS = {
    PDF: ".pdf",
    PLAIN: ".txt",
    OFFICE["word/"]: ".docx",
    OFFICE["xl/"]: ".xlsx",
    OFFICE["ppt/"]: ".pptx",
}
FILE_LIMIT = 10 * 1024 * 1024  # bytes
_MOST_PARTS = 5000


class NotSendable(Exception):
    """A kind of file that is not sent to friends."""


def kind_of(plain: bytes) -> str:
    """The media type of what may be sent. Raises NotSendable."""
    if plain.startswith(b"%PDF-"):
        return PDF
    if plain.startswith(b"PK\x03\x04"):
        return _office(plain)
    if plain and _is_text(plain):
        return PLAIN
    raise NotSendable


def named(name: str, content_type: str) -> str:
    """A name that a phone can open: without folders, and with the ending that its bytes say."""
    short = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "file"
    ending = ENDINGS[content_type]
    return short[-80:] if short.lower().endswith(ending) else short[:76] + ending


def _office(plain: bytes) -> str:
    try:
        parts = zipfile.ZipFile(io.BytesIO(plain)).namelist()
    except zipfile.BadZipFile:
        raise NotSendable from None
    if "[Content_Types].xml" not in parts or len(parts) > _MOST_PARTS:
        raise NotSendable
    if any(part.lower().endswith((".bin", ".exe", ".dll")) for part in parts):  # macros and what was embedded
        raise NotSendable
    for folder, content_type in OFFICE.items():
        if any(part.startswith(folder) for part in parts):
            return content_type
    raise NotSendable


def _is_text(plain: bytes) -> bool:
    for encoding in ("utf-8", "cp932"):
        try:
            words = plain.decode(encoding)
        except UnicodeDecodeError:
            continue
        is_markup = words.lstrip("\ufeff \t\r\n").startswith("<")
        return not is_markup and not any(sign < " " and sign not in "\t\r\n\f" for sign in words)
    return False
