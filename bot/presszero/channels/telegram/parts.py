"""A message as what Telegram takes: parts that fit its limits, and a keyboard for the last of them. Pure.

A button's data names the message and the button, never what it means: short, good after a restart, and nobody can
press what was never shown.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from presszero.channels.telegram.rich import MOST_CAPTION, Rich, link, marked, plain, split, units
from presszero.store.base import Message

MOST_BUTTONS = 100
MOST_ROW = 8
_LINE = 30  # characters of labels that stand well beside each other
_LABEL = 60
PRESSED = "-"  # the data of a button that shows what was pressed
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_IMAGES = ("image/jpeg", "image/png", "image/webp")


class Media(NamedTuple):
    """What goes with the words: an address, a file of the desk's folder, or one that somebody sent (by its id)."""

    kind: Literal["photo", "document"]
    where: Literal["address", "desk", "kept"]
    name: str
    id: str = ""


class Part(NamedTuple):
    """One message of Telegram's."""

    text: Rich
    media: Media | None = None


class Key(NamedTuple):
    """A button: ``data`` comes back with a press; ``asks`` makes it one that sends a phone number or a place."""

    label: str
    data: str = ""
    asks: Literal["", "phone", "location"] = ""


class Keyboard(NamedTuple):
    """Rows of keys, under the message or (``below``) in place of the letters."""

    rows: tuple[tuple[Key, ...], ...]
    below: bool = False


def parts(message: Message) -> list[Part]:
    """The messages that say this one; none for one without words and files."""
    text = _words(message)
    media = _media(message)
    if len(media) == 1 and units(text.text) <= MOST_CAPTION:
        return [Part(text.piece(0, len(text.text)), media[0])]
    return [*(Part(plain(""), m) for m in media), *(Part(piece) for piece in split(text))]


def _words(message: Message) -> Rich:
    if message.who == "operator" and message.author:
        text = marked(message.author, "b") + plain(f"\n{message.text}")
    elif message.who == "system":
        text = marked(message.text, "i")
    else:
        text = plain(message.text)
    for one in message.body.get("links") or ():
        text = text + plain("\n") + link(str(one["title"]), str(one["url"]))
    return text


def _media(message: Message) -> list[Media]:
    found: list[Media] = []
    kinds: tuple[tuple[str, Literal["photo", "document"]], ...] = (("picture", "photo"), ("attachment", "document"))
    for key, kind in kinds:
        name = str(message.body.get(key) or "")
        if name:
            found.append(Media(kind, "address" if "://" in name else "desk", name))
    kept = message.body.get("file")
    for one in message.body.get("files") or ([kept] if kept else []):
        image = one.get("type") in _IMAGES
        found.append(Media("photo" if image else "document", "kept", str(one.get("name") or "file"), str(one["id"])))
    return found


def keyboard(message: Message) -> Keyboard | None:
    """The keys of a message."""
    buttons = (message.body.get("buttons") or [])[:MOST_BUTTONS]
    wants = message.body.get("wants")
    if wants:
        # A message has one keyboard: beside the key that sends a number the others send their words, which say the same.
        asking = Key(str(wants["label"]), asks=wants["what"])
        return Keyboard(((asking,), *((Key(_short(b)),) for b in buttons)), below=True)
    keys = [Key(_short(b), data(message.id, n)) for n, b in enumerate(buttons)]
    return Keyboard(_rows(keys)) if keys else None


def _rows(keys: list[Key]) -> tuple[tuple[Key, ...], ...]:
    """Short labels beside each other, any other in a row of its own."""
    rows: list[tuple[Key, ...]] = []
    for key in keys:
        line = rows[-1] if rows else ()
        short = len(key.label) <= 3 and all(len(k.label) <= 3 for k in line)
        pair = len(keys) == 2 and sum(len(k.label) for k in keys) <= _LINE
        if line and (pair or (short and len(line) < MOST_ROW)):
            rows[-1] = (*line, key)
        else:
            rows.append((key,))
    return tuple(rows)


def _short(button: dict[str, Any]) -> str:
    label = str(button.get("label") or "") or "…"
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"


def data(message_id: int, button: int) -> str:
    """What names a button of a message."""
    return f"{_base36(message_id)}.{button}"


def named(found: str) -> tuple[int, int] | None:
    """The message and the button that data names; None when it names none."""
    message, dot, button = found.partition(".")
    if not dot or len(found) > 20 or not button.isascii() or not button.isdigit():
        return None
    if not message or set(message) - set(_DIGITS):
        return None
    return int(message, 36), int(button)


def _base36(number: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    return found or "0"
