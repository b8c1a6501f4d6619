"""Names of common tags of articles; a tag that is not here is shown as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.support import NullTranslations


def tag_name(tag: str, words: NullTranslations) -> str:
    """A tag as a heading."""
    say = words.gettext
    known = {
        "internet": say("Internet"),
        "router": say("Router"),
        "wifi": say("Wi-Fi"),
        "speed": say("Speed"),
        "payment": say("Payment"),
        "tariff": say("Tariffs"),
        "contract": say("Contract"),
        "documents": say("Documents"),
        "debt": say("Debt"),
        "tv": say("Television"),
        "account": say("Account"),
        "equipment": say("Equipment"),
        "requests": say("Requests"),
        "support": say("Support"),
        "app": say("Application"),
        "security": say("Safety"),
        "privacy": say("Privacy"),
        "connection": say("Connection"),
        "camera": say("Cameras"),
    }
    return known.get(tag) or tag.replace("-", " ").replace("_", " ").capitalize()
