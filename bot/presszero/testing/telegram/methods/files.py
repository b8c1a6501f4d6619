"""Files up and down, with their captions."""

from __future__ import annotations

from typing import Any

from presszero.testing.telegram import entities
from presszero.testing.telegram.methods.ask import Ask, Method
from presszero.testing.telegram.params import Upload
from presszero.testing.telegram.refusal import Refusal, bad
from presszero.testing.telegram.world import Raw, Stored

KINDS = {
    "sendPhoto": "photo", "sendDocument": "document", "sendVoice": "voice", "sendAudio": "audio",
    "sendVideo": "video", "sendAnimation": "animation", "sendSticker": "sticker",
}  # fmt: skip
PATHS = {"photo": "photos", "document": "documents", "voice": "voice", "audio": "music", "video": "videos",
         "animation": "animations", "sticker": "stickers", "video_note": "video_notes"}  # fmt: skip
LINK = 3600.0  # seconds that a link to a file works


def described(kind: str, file: Stored) -> Any:
    """A file in a message, as clients read it."""
    base: Raw = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    named = {"file_name": file.name, "mime_type": file.type}
    match kind:
        case "photo":
            return [base | {"width": 90, "height": 90}, base | {"width": 800, "height": 800}]
        case "voice":
            return base | {"duration": 2, "mime_type": file.type}
        case "audio":
            return base | named | {"duration": 2}
        case "video" | "animation":
            return base | named | {"duration": 2, "width": 320, "height": 240}
        case "video_note":
            return base | {"duration": 2, "length": 240}
        case "sticker":
            animated = file.name.endswith(".tgs")
            shape = {"width": 512, "height": 512, "is_animated": animated, "is_video": False, "type": "regular"}
            return base | shape | {"emoji": "👍"}
        case _:
            return base | named


def taken(ask: Ask, kind: str, given: Upload | str) -> Stored:
    """The file that a call brings: new bytes, or one that is known. Raises Refusal."""
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        if len(given.data) > ask.world.limits.upload:
            raise Refusal(413, "Request Entity Too Large")
        if kind == "photo" and len(given.data) > ask.world.limits.photo:
            raise bad("PHOTO_SAVE_FILE_INVALID")
        return ask.world.keep(given.name, given.type or "application/octet-stream", given.data)
    if not given:
        raise bad(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")  # nothing outside is asked from here
    return ask.world.file(given)


def _send(method: str) -> Method:
    kind = KINDS[method]

    def send(ask: Ask) -> Raw:
        chat = ask.open_chat()
        caption, found = ask.words("caption", ask.world.limits.caption, long="message caption is too long")
        what: Raw = {kind: described(kind, taken(ask, kind, ask.params.file(kind)))}
        if caption:
            what |= {"caption": caption} | ({"caption_entities": found} if found else {})
        return ask.send(chat, what, method=method)

    return send


def send_media_group(ask: Ask) -> list[Raw]:
    """An album: 2 to 10 files, each a message, one media_group_id."""
    chat = ask.open_chat()
    media = ask.params.object("media")
    if not isinstance(media, list) or not media:
        raise bad("there are no messages to send")
    if len(media) > 10:
        raise bad("too many messages to send as an album")
    kinds = {one.get("type") for one in media}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad(f"{'document' if 'document' in kinds else 'audio'} can't be mixed with other media types")
    ready = [_album_part(ask, one) for one in media]
    thread = ask.thread(chat)
    ask.world_flood(chat, len(ready))
    group = str(13_000_000_000_000_000 + ask.world.next())
    return [
        ask.send(chat, part | {"media_group_id": group}, method="sendMediaGroup", thread=thread, paid=True)
        for part in ready
    ]


def _album_part(ask: Ask, one: Raw) -> Raw:
    kind = str(one.get("type"))
    if kind not in PATHS:
        raise bad("can't parse InputMedia: type of the media is unsupported")
    part: Raw = {kind: described(kind, taken(ask, kind, ask.params.attached(str(one.get("media", "")))))}
    caption, found = entities.parse(str(one.get("caption") or ""), str(one.get("parse_mode") or ""))
    if entities.units(caption) > ask.world.limits.caption:
        raise bad("message caption is too long")
    if caption:
        part |= {"caption": caption} | ({"caption_entities": found} if found else {})
    return part


def get_file(ask: Ask) -> Raw:
    """Where a file can be fetched for an hour, up to 20 MB."""
    file_id = ask.params.text("file_id")
    if not file_id:
        raise bad("file_id not specified")
    if file_id not in ask.world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    file = ask.world.files[file_id]
    if file.size > ask.world.limits.download:
        raise bad("file is too big")
    file.path = file.path or f"documents/file_{len(ask.world.files)}_{file.unique_id}"
    file.path_until = ask.world.now() + LINK
    found = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return found | {"file_path": file.path}


METHODS: dict[str, Method] = {
    **{name: _send(name) for name in KINDS},
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
