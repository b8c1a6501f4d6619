"""Commands: what each one presses, and how it is called in the menu of each language."""

from __future__ import annotations

import re
from typing import NamedTuple

from presszero.runtime import passes

COMMANDS: dict[str, dict[str, str]] = {
    "operator": {"ru": "Позвать человека", "en": "Call a person"},
    "menu": {"ru": "Начать сначала", "en": "Start over"},
    "my": {"ru": "Мои заявки", "en": "My requests"},
    "lang": {"ru": "Сменить язык", "en": "Change the language"},
}
MINE = "!my"
LINK = "!link"  # an operator's code: meant for the group
_PRESSES = {
    "operator": "!operator",
    "menu": "!restart",
    "help": "!restart",
    "settings": "!lang:",
    "lang": "!lang:",
    "my": MINE,
    "link": LINK,
}
_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Command(NamedTuple):
    """What a command presses; ``start`` is the payload of the link that somebody came by."""

    payload: str
    start: str = ""


def command(text: str, languages: tuple[str, ...]) -> Command | None:
    """The command that a text is, or None."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    name, rest = found[1].lower(), (found[2] or "").strip()
    if name == "start":
        start = rest if _PAYLOAD.fullmatch(rest) else ""
        if start == passes.START:
            return Command(MINE)
        flow = start.removeprefix("flow_") if start.startswith("flow_") else ""
        return Command(f"!flow:{flow}" if flow else "!restart", start)
    if name == "lang" and rest.lower() in languages:
        return Command(f"!lang:{rest.lower()}")
    return Command(_PRESSES[name]) if name in _PRESSES else None


def menu(lang: str, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """The commands with their names in one language; a desk of one language has nothing to change."""
    return [(name, names[lang]) for name, names in COMMANDS.items() if name != "lang" or len(languages) > 1]
