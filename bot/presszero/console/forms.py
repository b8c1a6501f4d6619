"""Posted forms: bounded, urlencoded, texts only."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from presszero.http.body import raw
from presszero.http.problem import Problem

MOST = 32 * 1024


async def form(request: Request, most: int = MOST) -> dict[str, str]:
    """The fields of a form of at most ``most`` bytes; of a field that comes twice the last."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", ""}:
        raise Problem(415, "not_form", "Send a form.")
    try:
        body = (await raw(request, most)).decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=50, errors="strict"))
    except ValueError:
        raise Problem(400, "not_form", "The form cannot be read.") from None
