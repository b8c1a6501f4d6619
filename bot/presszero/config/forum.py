"""Reads `channels.telegram_desk` of config.yaml: the groups that operators answer in, and which queues go where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presszero.config.model import Forum, Telegram
from presszero.source.fields import NO, Faults, Fields

_GROUP = re.compile(r"-\d{5,18}")


def read_forum(f: Fields, bots: Sequence[Telegram], faults: Faults) -> Forum | None:
    """The forum desk; None when it is off."""
    node = f.get("telegram_desk")
    if node is None or (node.kind == "text" and node.text.lower() in NO):
        return None
    with Fields(node, faults) as d:
        named = d.text("bot", "")
        channel = f"telegram:{named}" if named else bots[0].channel if bots else ""
        if channel not in {bot.channel for bot in bots}:
            faults.add(d.at("bot") if named else d.place, "PZ718", name=named)
        groups = _groups(d, "groups", (), faults)
        if not groups and d.has("groups"):
            faults.add(d.at("groups"), "PZ717", text="")
        queues = d.get("queues")
        by_queue: dict[str, tuple[int, ...]] = {}
        if queues is not None:
            with Fields(queues, faults) as q:
                by_queue = {name.text: _groups(q, name.text, groups, faults) for name, _ in list(q.rest())}
        return Forum(channel, groups, by_queue, d.text("anonymous", ""))


def _groups(f: Fields, key: str, among: Sequence[int], faults: Faults) -> tuple[int, ...]:
    """Numbers of groups; those of a queue must be among the desk's."""
    if not f.has(key):
        f.get(key, needed=True)
        return ()
    found: list[int] = []
    for place, text in f.list(key):
        if not _GROUP.fullmatch(text):
            faults.add(place, "PZ717", text=text)
        elif among and int(text) not in among:
            faults.add(place, "PZ719", text=text)
        else:
            found.append(int(text))
    return tuple(dict.fromkeys(found))
