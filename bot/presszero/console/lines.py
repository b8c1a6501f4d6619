"""Lines of a conversation as operators see them. Text stays text: the template escapes it, nothing is made into a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from presszero.console.clockface import iso
from presszero.console.reader import Reader
from presszero.store.base import Conversation, Message

TOGETHER = 300.0  # lines of one author within this time stand under one name
IMAGES = {"image/jpeg", "image/png", "image/webp", "image/gif"}


class File(NamedTuple):
    """A file that came."""

    id: str
    name: str
    size: str
    image: bool


class Quote(NamedTuple):
    """What a line answers."""

    author: str
    text: str


class Line(NamedTuple):
    """One line. ``kind``: cust bot op note sys; ``mark``: what became of it, and whether that is bad."""

    seq: int
    kind: str
    author: str
    text: str
    time: str
    iso: str
    together: bool
    day: str
    new: bool
    client_id: str
    buttons: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    file: File | None
    mark: str
    bad: bool
    id: int
    reply: Quote | None
    edited: tuple[tuple[str, str], ...]


KINDS = {"customer": "cust", "bot": "bot", "operator": "op", "note": "note", "system": "sys"}


def lines(
    reader: Reader, conversation: Conversation, name: str, messages: Sequence[Message], before: Message | None = None
) -> Iterator[Line]:
    """The lines; ``before`` is the one above the first, ``name`` what the customer is called."""
    new = conversation.seen_seq if before is None else None
    for message in messages:
        first_new = new is not None and message.who == "customer" and 0 < new < message.seq
        yield _line(reader, conversation, name, message, before, new=first_new)
        new = None if first_new else new
        before = message


def _line(
    reader: Reader, conversation: Conversation, name: str, message: Message, before: Message | None, *, new: bool
) -> Line:
    body = message.body
    mark, bad = _mark(reader, conversation, message)
    day = reader.day(message.at)
    return Line(
        seq=message.seq,
        kind=KINDS[message.who],
        author=_author(reader, message, name),
        text=message.text,
        time=reader.clock(message.at),
        iso=iso(message.at),
        together=not new and _together(message, before),
        day=day if before is not None and reader.day(before.at) != day else "",
        new=new,
        client_id=str(body.get("client_id", "")) if message.who in {"operator", "note"} else "",
        buttons=tuple(str(b.get("label", "")) for b in _maps(body.get("buttons"))),
        links=tuple((str(link.get("title", "")), _http(str(link.get("url", "")))) for link in _maps(body.get("links"))),
        file=_file(reader, body.get("file")),
        mark=mark,
        bad=bad,
        id=message.id,
        reply=_quote(reader, body.get("reply"), name),
        edited=tuple((str(was.get("text", "")), reader.clock(was.get("at", 0.0))) for was in _maps(body.get("edited"))),
    )


def _quote(reader: Reader, reply: Any, name: str) -> Quote | None:
    if not isinstance(reply, dict):
        return None
    say, who = reader.words.gettext, str(reply.get("who", ""))
    author = {"customer": name, "bot": say("Bot"), "operator": say("Operator")}.get(who, "")
    return Quote(author, str(reply.get("text", "")))


def _together(message: Message, before: Message | None) -> bool:
    if before is None or message.who in {"note", "system"}:
        return False
    return before.who == message.who and before.author == message.author and message.at - before.at < TOGETHER


def _author(reader: Reader, message: Message, name: str) -> str:
    say = reader.words.gettext
    if message.who == "operator" and message.author == reader.operator.shown:
        return say("You")
    return {"customer": name, "bot": say("Bot")}.get(message.who, message.author)


def _mark(reader: Reader, conversation: Conversation, message: Message) -> tuple[str, bool]:
    say = reader.words.gettext
    if message.body.get("edited"):
        return say("edited"), False
    if message.who not in {"operator", "bot"}:
        return (say("came late"), False) if message.body.get("late") else ("", False)
    if message.sent in {"failed", "in_doubt"}:
        return (say("not delivered") if message.sent == "failed" else say("may not have arrived")), True
    if message.sent == "queued":
        return say("on its way"), False
    if message.who == "operator" and message.seq <= conversation.read_seq:
        return say("read"), False
    return "", False


def _file(reader: Reader, info: Any) -> File | None:
    if not isinstance(info, dict) or not info.get("id"):
        return None
    size = float(info.get("size") or 0)
    unit = reader.words.gettext("%(n)s MB") if size >= 1024 * 1024 else reader.words.gettext("%(n)s KB")
    number = f"{size / 1024 / 1024:.1f}" if size >= 1024 * 1024 else str(max(1, round(size / 1024)))
    shown = unit % {"n": number.replace(".", ",") if reader.lang == "ru" else number}
    return File(str(info["id"]), str(info.get("name", "")), shown, info.get("type") in IMAGES)


def _maps(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list | tuple) else []


def _http(url: str) -> str:
    return url if url.startswith(("http://", "https://", "/kb/")) else ""
