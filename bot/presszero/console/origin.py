"""Whether a request that changes something comes from our own pages: browsers say so themselves."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from presszero.http.problem import Problem


def same_origin(connection: HTTPConnection, public_url: str = "") -> bool:
    """``Sec-Fetch-Site`` where the browser sends it; ``Origin`` always, which every browser sends with a POST."""
    if connection.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    try:
        origin = urlsplit(connection.headers.get("origin", ""))
    except ValueError:
        return False
    ours = {connection.headers.get("host", "").lower(), urlsplit(public_url).netloc.lower()} - {""}
    return origin.scheme in {"http", "https"} and origin.netloc.lower() in ours


def check_origin(connection: HTTPConnection, public_url: str = "") -> None:
    """Raises Problem 403 for a request from another site."""
    if not same_origin(connection, public_url):
        raise Problem(403, "cross_site", "This page belongs to another site.")
