"""Files that customers send: fetched from Telegram, kept by `Uploads`, refused in words."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from aiogram.methods import GetFile

from presszero.channels.files import Uploads
from presszero.channels.telegram.client import Client, Refused
from presszero.channels.telegram.update import Media
from presszero.errors import ChannelError
from presszero.http.problem import Problem

MOST = 20 * 1024 * 1024  # more a bot cannot fetch
SPOKEN = ("ogg", "oga", "mp3", "m4a", "mp4", "wav", "webm", "mov", "gif")
PAUSES = (0.5, 2.0)
_NAMES = {
    "photo": "photo.jpg",
    "voice": "voice.ogg",
    "video_note": "video.mp4",
    "video": "video.mp4",
    "animation": "animation.mp4",
    "audio": "audio.mp3",
    "document": "file",
}


class No(NamedTuple):
    """A file that is not taken: the engine's sentence about it, and its numbers."""

    word: str
    values: dict[str, Any]


class Takes:
    """Fetches files of one bot."""

    def __init__(self, client: Client, uploads: Uploads) -> None:
        self._client = client
        self._uploads = uploads
        self.most = min(MOST, uploads.most)

    async def take(self, conversation_id: int, kind: str, media: Media) -> dict[str, Any] | No:
        """The file as a message names it, or why not. Raises Busy when the disk does not take it."""
        if (media.file_size or 0) > self.most:
            return self._too_large()
        data = await self._fetched(media)
        if not isinstance(data, bytes):
            return data
        # What Telegram itself records is taken whatever the desk says of documents.
        more = () if kind == "document" else SPOKEN + ("jpg", "jpeg")
        try:
            kept = await self._uploads.keep(conversation_id, name_of(kind, media), data, more)
        except Problem as problem:
            return self._too_large() if problem.status == 413 else No("file_refused", {})
        return {"id": kept.id, "name": kept.name, "type": kept.type, "size": kept.size, "kind": kind}

    def _too_large(self) -> No:
        return No("file_too_large", {"mb": self.most // (1024 * 1024)})

    async def _fetched(self, media: Media) -> bytes | No:
        for pause in (*PAUSES, None):
            try:
                file = await self._client(GetFile(file_id=media.file_id))
                data = await self._client.download(file.file_path or "", self.most)
            except Refused as refused:
                return self._too_large() if "too big" in refused.why else No("file_lost", {})
            except ChannelError:
                if pause is None:
                    return No("file_lost", {})
                await asyncio.sleep(pause)
            else:
                return self._too_large() if data is None else data
        return No("file_lost", {})


def name_of(kind: str, media: Media) -> str:
    """What the file is called; what Telegram records has no name of its own."""
    return media.file_name or _NAMES[kind]
