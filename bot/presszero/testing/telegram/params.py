"""What a call was given: query, form, multipart or JSON, read in one way. Numbers and objects may come as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.requests import Request

from presszero.testing.telegram.refusal import bad


class Upload(NamedTuple):
    """A file that came with a call."""

    name: str
    type: str
    data: bytes


class Params:
    """The parameters of one call."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload]) -> None:
        self.values, self.files = dict(values), dict(files)

    def has(self, name: str) -> bool:
        """Whether it was given at all."""
        return name in self.values or name in self.files

    def text(self, name: str, default: str = "") -> str:
        """As text."""
        found = self.values.get(name, default)
        return found if isinstance(found, str) else json.dumps(found)

    def number(self, name: str, default: int = 0) -> int:
        """As a whole number; the default when it is none."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """As yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def object(self, name: str) -> Any:
        """As an object or a list; None when it was not given."""
        found = self.values.get(name)
        if not isinstance(found, str):
            return found
        if not found.strip():
            return None
        try:
            return json.loads(found)
        except ValueError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def file(self, name: str) -> Upload | str:
        """A file as it came, or the text that names one; empty when there is neither."""
        if name in self.files:
            return self.files[name]
        given = self.text(name)
        return self.attached(given)

    def attached(self, given: str) -> Upload | str:
        """What ``attach://name`` points to; other texts stay."""
        if given.startswith("attach://"):
            return self.files.get(given.removeprefix("attach://"), "")
        return given


async def read(request: Request) -> Params:
    """Reads a call however it was written."""
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await request.body()
        try:
            found = json.loads(body or b"{}")
        except ValueError:
            raise bad("can't parse JSON object") from None
        return Params(values | (found if isinstance(found, dict) else {}), files)
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form(max_files=100, max_part_size=1 << 26) as form:
            for name, part in form.multi_items():
                if isinstance(part, str):
                    values[name] = part
                else:
                    files[name] = Upload(part.filename or name, part.content_type or "", await part.read())
    return Params(values, files)
