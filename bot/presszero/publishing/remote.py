"""Publishing to a desk that runs elsewhere, over HTTP with a key: what `Publisher` does, done there."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import msgspec

from presszero.errors import ConfigError, ContentError, Finding
from presszero.runtime.versions import Files, Numbers, Outrun, Plan, Refused
from presszero.store.shelf import Publication

WAIT = 180.0  # phrases that changed are learnt before anything is published


class _Problem(msgspec.Struct):
    code: str = ""
    detail: str = ""
    detail_ru: str = ""
    findings: tuple[Finding, ...] = ()


class Remote:
    """A desk at an address. ``key`` was made with `presszero operator key`."""

    def __init__(self, url: str, key: str) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ConfigError(f"{url}: an address begins with https:// or http://.")
        self._url, self._key = url.rstrip("/"), key

    def plan(self, files: Files) -> Plan:
        """What publishing would do there."""
        return msgspec.json.decode(self._post("plan", {"files": files}), type=Plan)

    def publish(self, files: Files, *, base: int | None, note: str, share: int, seen: str) -> Publication:
        """Publishes there."""
        body = {"files": files, "base": base, "note": note, "share": share, "seen": seen}
        return msgspec.json.decode(self._post("publish", body), type=Publication)

    def rollback(self, number: int | None, note: str) -> Publication:
        """Takes back there."""
        return msgspec.json.decode(self._post("rollback", {"number": number, "note": note}), type=Publication)

    def end_trial(self, *, promote: bool) -> None:
        """For everybody, or for nobody."""
        self._post("trial", {"promote": promote})

    def sides(self) -> tuple[Numbers, Numbers] | None:
        """Two versions side by side."""
        return msgspec.json.decode(self._post("sides", {}), type=tuple[Numbers, Numbers] | None)

    def _post(self, what: str, body: Mapping[str, object]) -> bytes:
        request = Request(  # noqa: S310 - http and https only, see above
            f"{self._url}/api/publishing/{what}",
            msgspec.json.encode(body),
            {"content-type": "application/json", "authorization": f"Bearer {self._key}"},
        )
        try:
            with urlopen(request, timeout=WAIT) as answer:  # noqa: S310 - http and https only, see above
                found: bytes = answer.read()
                return found
        except HTTPError as error:
            raise _raised(error.code, error.read()) from None
        except (URLError, OSError) as error:
            raise ConfigError(f"{self._url} does not answer: {error}") from error


def _raised(status: int, body: bytes) -> Exception:
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except msgspec.DecodeError:
        return ConfigError(f"The desk answered {status}: is the address right?")
    if problem.findings:
        return ContentError(problem.findings)
    if problem.code == "outrun":
        return Outrun(problem.detail)
    if status in {401, 403}:
        return ConfigError("The key is not known there: make one with `presszero operator key NAME`.")
    return Refused(problem.code, problem.detail or f"The desk answered {status}.", problem.detail_ru or problem.detail)
