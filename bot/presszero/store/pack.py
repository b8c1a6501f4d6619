"""JSON columns: to text and back. Empty ones, which most are, cost nothing."""

from __future__ import annotations

from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode
_objects = msgspec.json.Decoder(dict[str, Any]).decode
_words = msgspec.json.Decoder(dict[str, str]).decode
_lists = msgspec.json.Decoder(tuple[str, ...]).decode
_slots = msgspec.json.Decoder(dict[str, tuple[Any, float]]).decode


def pack(value: Any) -> str:
    """JSON of a value."""
    return _encode(value).decode()


def mapping(text: str) -> dict[str, Any]:
    """Names → anything."""
    return {} if text == "{}" else _objects(text)


def words(text: str) -> dict[str, str]:
    """Names → words."""
    return {} if text == "{}" else _words(text)


def names(text: str) -> tuple[str, ...]:
    """A list of words."""
    return () if text == "[]" else _lists(text)


def slots(text: str) -> dict[str, tuple[Any, float]]:
    """Remembered values: slot → (value, when)."""
    return {} if text == "{}" else _slots(text)
