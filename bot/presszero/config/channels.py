"""Reads `channels:` of config.yaml: a channel is on when it stands there and is not `off`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, cast

from presszero.channels.telegram.reach import fits
from presszero.config.model import Files, Telegram, Web
from presszero.config.secret import Environment
from presszero.dialogue.text import plain
from presszero.source.fields import NO, YES, Faults, Fields
from presszero.source.tree import Node

_ORIGIN = re.compile(r"\*|https?://[^\s/@*]+")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# What may be taken; nothing that a browser would run.
IMAGES = ("jpg", "jpeg", "png", "webp", "gif", "heic")
PAPERS = ("pdf", "txt", "csv", "rtf", "doc", "docx", "xls", "xlsx", "odt", "ods", "zip")
SOUNDS = ("mp3", "ogg", "m4a", "wav", "mp4", "mov", "webm")
TYPES = IMAGES + PAPERS + SOUNDS


def read_web(f: Fields, env: Environment, faults: Faults) -> Web | None:
    """The web chat; ``web: on`` takes what is usual."""
    node = f.get("web")
    if node is None:
        return None
    if _switch(node):
        return Web() if f.yes("web") else None
    with Fields(node, faults) as w:
        texts = w.texts("privacy", needed=False)
        return Web(
            _origins(w, faults),
            env.secret(w, "secret"),
            plain(**texts) if texts else None,
            env.address(w, "policy_url", needed=False),
            _files(w, faults),
            _colour(w, faults),
        )


def read_callback(f: Fields, env: Environment, faults: Faults) -> str:
    """The address that Rasa's callback channel posts replies to; nothing when it is off."""
    node = f.get("callback")
    if node is None or (_switch(node) and node.text.lower() in NO):
        return ""
    with Fields(node, faults) as c:
        return env.address(c, "url")


def read_telegram(f: Fields, env: Environment, faults: Faults) -> tuple[Telegram, ...]:
    """The bots: one map, or a list of maps with a name each."""
    node = f.get("telegram")
    if node is None or (_switch(node) and node.text.lower() in NO):
        return ()
    nodes = node.items if node.kind == "list" else (node,)
    found: list[Telegram] = []
    for one in nodes:
        with Fields(one, faults) as t:
            found.append(_bot(t, env, faults, named=node.kind == "list" and len(nodes) > 1))
            if any(bot.channel == found[-1].channel for bot in found[:-1]):
                faults.add(t.at("name"), "PZ716", name=found[-1].channel.rpartition(":")[2])
    return tuple(found)


def _bot(t: Fields, env: Environment, faults: Faults, *, named: bool) -> Telegram:
    name = t.text("name", None if named else "")
    if name and not _NAME.fullmatch(name):
        faults.add(t.at("name"), "PZ715", text=name)
    t.text("token")  # it must be there
    return Telegram(
        f"telegram:{name}" if name else "telegram",
        env.secret(t, "token"),
        env.address(t, "api_base", needed=False),
        cast("Literal['polling', 'webhook']", t.choice("mode", ("polling", "webhook"), "polling")),
        t.number("join_ms", 400, 0, 5000) / 1000,
        env.secret(t, "secret"),
        int(t.number("connections", 40, 1, 100)),
    )


def webhooks_fit(bots: Iterable[Telegram], f: Fields, public_url: str, faults: Faults) -> None:
    """Telegram brings webhooks only to https, on few ports; an address that is not known yet is not judged."""
    if public_url and not fits(public_url) and any(bot.mode == "webhook" for bot in bots):
        faults.add(f.at("public_url"), "PZ720", text=public_url)


def _switch(node: Node) -> bool:
    return node.kind == "text" and node.text.lower() in YES | NO


def _origins(f: Fields, faults: Faults) -> tuple[str, ...]:
    found = f.list("origins")
    for place, text in found:
        if not _ORIGIN.fullmatch(text):
            faults.add(place, "PZ712", text=text)
    return tuple(text for _, text in found) or Web().origins


def _files(f: Fields, faults: Faults) -> Files:
    node = f.get("files")
    if node is None:
        return Files()
    with Fields(node, faults) as g:
        size = g.number("max_mb", 10.0, 0.1, 100.0)
        types = g.list("types")
        for place, text in types:
            if text not in TYPES:
                faults.unknown(place, "PZ184", text, TYPES)
        return Files(size, tuple(text for _, text in types) or Files().types)


def _colour(f: Fields, faults: Faults) -> str:
    text = f.text("accent", "")
    if text and not _COLOUR.fullmatch(text):
        faults.add(f.at("accent"), "PZ711", text=text)
    return text
