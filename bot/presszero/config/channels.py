"""Reads `channels:` of config.yaml: a channel is on when it stands there and is not `off`."""

from __future__ import annotations

import re

from presszero.config.model import Files, Web
from presszero.config.secret import Environment
from presszero.dialogue.text import plain
from presszero.source.fields import NO, YES, Faults, Fields
from presszero.source.tree import Node

_ORIGIN = re.compile(r"\*|https?://[^\s/@*]+")
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
