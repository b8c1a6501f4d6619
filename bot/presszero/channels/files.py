"""Files that customers send: bounded, known by their bytes rather than their name, kept by a random id in the data folder.

An image is made anew, so that nothing hidden in it survives; everything else is only ever given as an attachment.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from presszero.errors import Busy, StoreError
from presszero.http.problem import Problem
from presszero.runtime.clock import Clock
from presszero.store.base import Store, StoredFile

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
MOST_PIXELS = 16_000_000
AT_ONCE = 2  # pictures that are drawn anew at the same time: each takes some 150 MB while it is


class Uploads:
    """Takes files and gives them back."""

    def __init__(self, store: Store, clock: Clock, folder: Path, types: tuple[str, ...], max_mb: float) -> None:
        self._store = store
        self._clock = clock
        self._folder = folder
        self._types = types
        self._most = int(max_mb * 1024 * 1024)
        self._drawing = asyncio.Semaphore(AT_ONCE)

    async def take(self, request: Request, conversation_id: int) -> StoredFile:
        """Keeps the one file of a multipart body. Raises Problem."""
        length = request.headers.get("content-length", "")
        if not length.isdigit():
            raise Problem(411, "length", "Say how long it is.")
        if int(length) > self._most + 65536:
            raise Problem(413, "too_large", f"At most {self._most // (1024 * 1024)} MB.")
        try:
            async with request.form(max_files=1, max_fields=5) as form:
                part = form.get("file")
                if part is None or isinstance(part, str):
                    raise Problem(422, "file", "Send it as the field `file`.")
                name, data = part.filename or "file", await part.read(self._most + 1)
        except (MultiPartException, KeyError, ValueError):
            raise Problem(400, "not_multipart") from None
        if not data:
            raise Problem(422, "empty", "The file is empty.")
        return await self.keep(conversation_id, name, data)

    async def keep(self, conversation_id: int, name: str, data: bytes, types: tuple[str, ...] = ()) -> StoredFile:
        """Keeps a file that is here already; ``types`` are taken besides the desk's. Raises Problem 413 or 415, Busy."""
        if len(data) > self._most:
            raise Problem(413, "too_large", f"At most {self._most // (1024 * 1024)} MB.")
        async with self._drawing:
            kind, data = await asyncio.to_thread(_sort, _clean(name), data, self._types + types)
        file_id = secrets.token_urlsafe(16)
        path = self._folder / file_id
        kept = StoredFile(file_id, conversation_id, _clean(name), kind, len(data), self._clock.now())
        try:
            await asyncio.to_thread(_write, path, data)
            await self._store.add_file(kept)
        except (OSError, StoreError) as error:
            self.remove([file_id])
            raise Busy("the file could not be kept") from error
        return kept

    @property
    def most(self) -> int:
        """How many bytes a file may have."""
        return self._most

    def path(self, file_id: str) -> Path:
        """Where a file's bytes are."""
        return self._folder / (file_id if _ID.fullmatch(file_id) else "none")

    async def of_visitor(self, file_id: str, peer: str) -> StoredFile:
        """A file that this visitor has sent. Raises Problem 422 for any other."""
        kept = await self._store.file(file_id)
        owner = await self._store.load(kept.conversation_id) if kept else None
        if kept is None or owner is None or owner[0].peer != peer:
            raise Problem(422, "file", "There is no such file.")
        return kept

    async def give(self, file_id: str) -> Response:
        """The file: images are shown, anything else is an attachment. Raises Problem 404."""
        kept = await self._store.file(file_id) if _ID.fullmatch(file_id) else None
        path = self._folder / file_id
        if kept is None or not path.is_file():
            raise Problem(404, "not_found")
        headers = {
            "x-content-type-options": "nosniff",
            "content-security-policy": "default-src 'none'; sandbox",
            "cache-control": "private, max-age=3600",
            "cross-origin-resource-policy": "cross-origin",
        }
        inline = kept.type in _IMAGES
        return FileResponse(
            path,
            media_type=kept.type if inline else "application/octet-stream",
            headers=headers,
            filename=kept.name,
            content_disposition_type="inline" if inline else "attachment",
        )

    def remove(self, file_ids: Sequence[str]) -> None:
        """Deletes the bytes of files."""
        for file_id in file_ids:
            if _ID.fullmatch(file_id):
                with suppress(OSError):
                    (self._folder / file_id).unlink()


def _clean(name: str) -> str:
    name = name.encode("utf-8", "replace").decode("utf-8")
    typed = name.replace("%22", '"')  # so browsers send a quotation mark
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f/\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "_", typed).strip(". ")
    return plain[-120:] or "file"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)


def _sort(name: str, data: bytes, types: tuple[str, ...]) -> tuple[str, bytes]:
    """The type by the bytes, and the bytes to keep. Raises Problem 415."""
    ending = name.rpartition(".")[2].lower()
    found = _sniffed(data, ending)
    if found is None or not ({found, "jpeg" if found == "jpg" else found} & set(types)):
        raise Problem(415, "type", f"Files that are taken: {', '.join(types)}.")
    kind = _TYPES.get(found)
    if kind:
        return kind, _made_anew(data, kind)
    return "application/octet-stream", data


def _sniffed(data: bytes, ending: str) -> str | None:
    """The ending that the bytes deserve; text has no marks of its own, so it must be text."""
    import puremagic  # seldom needed

    try:
        found = {m.extension.lstrip(".").lower() for m in puremagic.magic_string(data[:8192])}
    except (puremagic.PureError, ValueError):
        found = set()
    if ending in found or (ending == "jpg" and "jpeg" in found) or (ending == "jpeg" and "jpg" in found):
        return "jpg" if ending == "jpeg" else ending
    if ending in {"txt", "csv"} and b"\0" not in data:
        return ending
    return None


def _made_anew(data: bytes, kind: str) -> bytes:
    """The picture drawn again: no metadata, no place, nothing appended. Raises Problem."""
    try:
        made = _drawn(data, kind)
    except Exception:  # noqa: BLE001 - a decoder of hostile bytes fails in as many ways as there are bytes
        raise Problem(415, "type", "The picture cannot be read.") from None
    if made is None:
        raise Problem(413, "too_large", "The picture has too many pixels.")
    return made


def _drawn(data: bytes, kind: str) -> bytes | None:
    """The bytes of the new picture; None when it has too many pixels."""
    from PIL import Image, ImageOps  # seldom needed

    with Image.open(BytesIO(data), formats=[_IMAGES[kind]]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return None
        picture = ImageOps.exif_transpose(opened)
        kept = BytesIO()
        if kind == "image/jpeg" and picture.mode not in {"RGB", "L"}:
            picture = picture.convert("RGB")
        picture.save(kept, _IMAGES[kind])
        return kept.getvalue()
