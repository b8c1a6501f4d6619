"""Imports aiogram without what it does at once for all its types: 60 MB and a second instead of 170 MB and three.

aiogram declares its four hundred models to be built when they are first used, and then builds every one at the import.
That loop is passed by here; a model is built when it is used, with the names that the loop would have given it.
"""

from __future__ import annotations

import importlib
import sys
import threading
from typing import Any

_once = threading.Lock()


def load() -> None:
    """Imports aiogram; nothing happens when it was imported before."""
    with _once:
        if "aiogram" not in sys.modules:
            _load()


def _load() -> None:
    import pydantic

    base: Any = pydantic.BaseModel
    build: Any = base.model_rebuild.__func__
    names: dict[str, Any] = {}

    def later(cls: type, /, **more: Any) -> Any:
        if cls.__module__.startswith("aiogram.types") and more.get("_types_namespace"):
            names.update(more["_types_namespace"])
            return None
        return build(cls, **more)

    def named(cls: type, /, **more: Any) -> Any:
        return build(cls, **({"_types_namespace": names} | more))

    base.model_rebuild = classmethod(later)
    try:
        types: Any = importlib.import_module("aiogram.types.base")
        methods: Any = importlib.import_module("aiogram.methods.base")
    finally:
        base.model_rebuild = classmethod(build)
    for one in (types.TelegramObject, methods.TelegramMethod, methods.Response):
        one.model_rebuild = classmethod(named)
