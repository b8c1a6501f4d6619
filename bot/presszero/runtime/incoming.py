"""What a channel hands in: one message of a customer, whatever it came by."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One message. ``external_id`` makes it itself within its channel account; empty = nothing to repeat (a start)."""

    channel: str
    peer: str
    external_id: str = ""
    kind: Literal["start", "text", "press", "digits", "file", "place", "contact"] = "text"
    text: str = ""
    payload: str = ""
    label: str = ""
    file: str = ""
    file_info: dict[str, Any] = {}
    page: dict[str, str] | None = None
    lang: str = ""  # the language the page or client is in
    client_id: str = ""
    identity: str = ""  # a verified identity, ``site:42``
    identity_facts: dict[str, Any] = {}
    ref: str = ""  # the channel's own id of this message, by which replies and edits name it
    reply_to: str = ""  # the ``ref`` of the message that this one answers
    edited: str = ""  # the ``ref`` of the message whose words are now these: shown to operators, never a turn
    body: dict[str, Any] = {}  # more to keep with the message: ``contact`` {phone,name}, ``place`` {lat,lon}, ``late``
