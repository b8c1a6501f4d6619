"""Formatting as Telegram reads it: HTML and MarkdownV2 become text and entities, or the error with its byte offset.

Offsets of entities are in UTF-16 units; offsets in errors are in bytes of what was sent.
"""

from __future__ import annotations

import html
import re
from typing import Any

from presszero.testing.telegram.refusal import Refusal, bad

Entity = dict[str, Any]
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "code": "code",
    "pre": "pre", "a": "text_link", "blockquote": "blockquote", "span": "spoiler", "tg-emoji": "custom_emoji",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)([^<>]*?)(>|$)")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
RESERVED = "_*[]()~`>#+-=|{}.!"
MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
NAMES = {"bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
         "spoiler": "Spoiler", "code": "Code", "pre": "PreCode", "text_link": "TextUrl"}  # fmt: skip


def units(text: str) -> int:
    """The length Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(text: str, mode: str) -> tuple[str, list[Entity]]:
    """Text and entities. Raises Refusal when the markup is broken."""
    match mode.lower():
        case "":
            return text, []
        case "html":
            return _trimmed(*_html(text))
        case "markdownv2":
            return _trimmed(*_Markdown(text).read())
        case "markdown":
            return _trimmed(*_Markdown(text, legacy=True).read())
        case _:
            raise bad("unsupported parse_mode")


def _wrong(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    kept = text.strip()
    lead = units(text[: len(text) - len(text.lstrip())])
    end, found = units(kept), []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] - lead + entity["length"], end)
        if stop > start:
            found.append(entity | {"offset": start, "length": stop - start})
    return kept, found[:100]


def _html(source: str) -> tuple[str, list[Entity]]:
    out, size, position = [], 0, 0
    entities: list[Entity] = []
    opened: list[tuple[str, int, Entity, int]] = []
    for match in _TAG.finditer(source):
        plain = _REFERENCE.sub(lambda m: html.unescape(m[0]), source[position : match.start()])
        out.append(plain)
        size += units(plain)
        position = match.end()
        at = len(source[: match.start()].encode())
        closing, name, rest, end = match[1], match[2].lower(), match[3], match[4]
        if not end:
            raise _wrong(f"Unclosed {'end' if closing else 'start'} tag at byte offset {at}")
        if not closing:
            opened.append((name, at, _opened(name, rest, at), size))
            continue
        if not opened:
            raise _wrong(f"Unexpected end tag at byte offset {at}")
        was, _, entity, start = opened.pop()
        if name not in {"", was}:
            raise _wrong(f'Unmatched end tag at byte offset {at}, expected "</{was}>", found "</{name}>"')
        if size > start and entity["type"]:
            entities.append(entity | {"offset": start, "length": size - start})
    if opened:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    out.append(_REFERENCE.sub(lambda m: html.unescape(m[0]), source[position:]))
    return "".join(out), entities


def _opened(name: str, rest: str, at: int) -> Entity:
    if name not in TAGS:
        raise _wrong(f'Unsupported start tag "{name}" at byte offset {at}')
    given = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(rest)}
    if name == "span" and given.get("class") != "tg-spoiler":
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    if name == "a":
        url = given.get("href", "")
        if url.startswith("tg://user?id="):
            return {"type": "text_mention", "user": {"id": int(url[13:] or 0), "is_bot": False, "first_name": ""}}
        return {"type": "text_link", "url": url} if url else {"type": ""}
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": given.get("emoji-id", "")}
    return {"type": TAGS[name]}


class _Markdown:
    def __init__(self, source: str, *, legacy: bool = False) -> None:
        self.source, self.legacy = source, legacy
        self.out: list[str] = []
        self.size = self.at = 0
        self.entities: list[Entity] = []
        self.opened: list[tuple[str, str, int, int]] = []  # mark, type, byte, start

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if not (self._escaped() or self._code() or self._link() or self._mark()):
                char = self.source[self.at]
                if char in RESERVED and not self.legacy and not self._quote(char):
                    raise _wrong(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
                self._put(char)
                self.at += 1
        if self.opened:
            raise self._unended(self.opened[-1][1], self.opened[-1][2])
        return "".join(self.out), self.entities

    def _unended(self, kind: str, at: int) -> Refusal:
        if self.legacy:
            return _wrong(f"Can't find end of the entity starting at byte offset {at}")
        return _wrong(f"Can't find end of {NAMES[kind]} entity at byte offset {at}")

    def _byte(self) -> int:
        return len(self.source[: self.at].encode())

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.size += units(text)

    def _escaped(self) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        if self.source[self.at] != "\\" or not following or not 1 <= ord(following) <= 126:
            return False
        self._put(following)
        self.at += 2
        return True

    def _quote(self, char: str) -> bool:
        return char == ">" and (self.at == 0 or self.source[self.at - 1] == "\n")

    def _code(self) -> bool:
        mark = "```" if self.source.startswith("```", self.at) else "`"
        if not self.source.startswith(mark, self.at):
            return False
        kind = "pre" if mark == "```" else "code"
        end = self.source.find(mark, self.at + len(mark))
        if end < 0:
            raise self._unended(kind, self._byte())
        inside = self.source[self.at + len(mark) : end].replace("\\`", "`").replace("\\\\", "\\")
        start = self.size
        self._put(inside)
        if self.size > start:
            self.entities.append({"type": kind, "offset": start, "length": self.size - start})
        self.at = end + len(mark)
        return True

    def _link(self) -> bool:
        found = re.compile(r"!?\[((?:\\.|[^\]\\])*)\]\(((?:\\.|[^)\\])*)\)").match(self.source, self.at)
        if not found:
            if self.source[self.at] == "[" and not self.legacy:
                raise self._unended("text_link", self._byte())
            return False
        shown, url = (re.sub(r"\\(.)", r"\1", part) for part in found.groups())
        start = self.size
        self._put(shown)
        if self.size > start and url:
            self.entities.append({"type": "text_link", "offset": start, "length": self.size - start, "url": url})
        self.at = found.end()
        return True

    def _mark(self) -> bool:
        marks = ("*", "_") if self.legacy else ("__", "||", "*", "_", "~")
        mark = next((m for m in marks if self.source.startswith(m, self.at)), "")
        if not mark:
            return False
        kind = MARKS[mark]
        if self.opened and self.opened[-1][0] == mark:
            _, _, _, start = self.opened.pop()
            if self.size > start:
                self.entities.append({"type": kind, "offset": start, "length": self.size - start})
        elif any(was == mark for was, *_ in self.opened):
            raise self._unended(self.opened[-1][1], self.opened[-1][2])
        else:
            self.opened.append((mark, kind, self._byte(), self.size))
        self.at += len(mark)
        return True
