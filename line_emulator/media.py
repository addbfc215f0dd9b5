"""The bytes of pictures, voices and files: beside the ledger when there is a folder, in memory otherwise."""

import secrets
from pathlib import Path

from line_emulator.ledger import Ledger, Record


class MediaStore:
    """Bytes are on disk before the record that names them is committed."""

    def __init__(self, ledger: Ledger, folder: Path | None) -> None:
        self._folder = folder / "media" if folder else None
        self._bytes: dict[str, bytes] = {}
        self.known: dict[str, Record] = {}
        ledger.on("media", self._apply)
        if self._folder:
            self._folder.mkdir(exist_ok=True)

    def snapshot(self) -> list[Record]:
        return [{"t": "media", "media": media} for media in self.known.values()]

    def keep(self, data: bytes, content_type: str, file_name: str | None) -> Record:
        """Stores the bytes and returns the record to commit; its `media` is {mediaId, contentType, fileName, size}."""
        media_id = secrets.token_hex(12)
        if self._folder:
            fresh = self._folder / f"{media_id}.new"
            fresh.write_bytes(data)
            fresh.replace(self._folder / media_id)
        else:
            self._bytes[media_id] = data
        media = {"mediaId": media_id, "contentType": content_type, "fileName": file_name, "size": len(data)}
        return {"t": "media", "media": media}

    def read(self, media_id: str) -> bytes:
        """Raises KeyError when unknown."""
        if media_id not in self.known:
            raise KeyError(media_id)
        return (self._folder / media_id).read_bytes() if self._folder else self._bytes[media_id]

    def forget_all(self) -> None:
        for media_id in self.known:
            if self._folder:
                (self._folder / media_id).unlink(missing_ok=True)
        self._bytes.clear()
        self.known.clear()

    def sweep(self) -> None:
        """After a load: files that no record names (the emulator was killed between file and record)."""
        for path in self._folder.iterdir() if self._folder else ():
            if path.name not in self.known:
                path.unlink()

    def _apply(self, record: Record) -> None:
        self.known[record["media"]["mediaId"]] = record["media"]
