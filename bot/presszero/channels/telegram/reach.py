"""Where Telegram brings webhooks to. Light: `presszero check` asks too."""

from __future__ import annotations

from urllib.parse import urlsplit

PORTS = {None, 443, 80, 88, 8443}


def fits(url: str) -> bool:
    """Whether Telegram would come to an address."""
    try:
        scheme, port = urlsplit(url).scheme, urlsplit(url).port
    except ValueError:
        return False
    return scheme == "https" and port in PORTS
