"""Pages from templates: everything is escaped, each language has its own environment, static files are named by what is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from presszero.console import headers
from presszero.console.typeset import typeset
from presszero.console.words import language, words
from presszero.http.routes import public

if TYPE_CHECKING:
    from jinja2 import Environment

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HERE = Path(__file__).parent
STATIC = HERE / "static"


def render(
    name: str,
    lang: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    head: Mapping[str, str] = headers.PRIVATE,
) -> HTMLResponse:
    """A page or a part of one."""
    return HTMLResponse(text(name, lang, values), status, dict(head))


def text(name: str, lang: str, values: Mapping[str, Any]) -> str:
    """The text of a template."""
    lang = language(lang)
    return environment(lang).get_template(name).render(lang=lang, **values)


def static(at: str) -> BaseRoute:
    """The mount of our own files."""
    return public(Mount(at, _Files(directory=STATIC), name=f"static{at.replace('/', '_')}"))


class _Files(StaticFiles):
    """Files that are asked for by the mark of their content never change; any other is asked for again."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        response = super().file_response(*given, **named)
        scope = named.get("scope") or given[2]
        kept = b"v=" in scope.get("query_string", b"")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        response.headers["x-content-type-options"] = "nosniff"
        return response


def seen(value: Any) -> Any:
    """What a page shows of a value: without the characters that nobody sees and that turn the text around them round."""
    if isinstance(value, str) and _UNSEEN.search(value):
        return type(value)(_UNSEEN.sub("", value))
    return value


@cache
def environment(lang: str) -> Environment:
    """The templates of a language. Autoescape is on for every one of them, whatever its name."""
    from babel.dates import format_date
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        finalize=seen,
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(words(lang), newstyle=True)  # type: ignore[attr-defined]
    made.filters["typeset"] = lambda value: typeset(str(value), lang)
    made.filters["made"] = Markup  # only for HTML of our own: lines.html, and what kb/page.py has cleaned
    made.globals["asset"] = asset
    made.globals["day"] = partial(format_date, format="long", locale=lang)
    return made


@cache
def asset(name: str) -> str:
    """A static file's name with a mark of its content, so that a new version is never a stale copy."""
    return f"{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"
