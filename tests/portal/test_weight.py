"""What a browser loads for a page of the portal, pictures left out: little, and all of it is ours."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.console.room import Room

MOST = 60 * 1024


@pytest.mark.parametrize(
    "path",
    ["/kb/ru", "/kb/en/wifi-password", "/kb/ru/search?q=wifi", "/requests/new?lang=ru", "/requests/mine?lang=en"],
)
async def test_a_page_weighs_at_most_60_kb(desk: Room, path: str) -> None:
    client = desk.client()
    page = (await client.get(path)).text
    parts = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*?(?:href|src)="([^"]+)"', page)
    parts += [part.partition("#")[0] for part in re.findall(r'<use href="([^"]+)"', page)]
    assert len(parts) >= 4
    weight = len(gzip.compress(page.encode()))
    for part in set(parts):
        assert part.startswith("/portal/static/"), part
        answer = await client.get(part)
        assert answer.status_code == 200, part
        weight += len(gzip.compress(answer.content))
    assert weight <= MOST


async def test_pages_work_without_a_script(desk: Room) -> None:
    client = desk.client()
    for path in ("/kb/ru", "/kb/ru/wifi-password", "/kb/ru/search?q=wifi", "/requests/new", "/requests/mine"):
        page = (await client.get(path)).text
        assert not re.search(r"\son\w+=|javascript:", page), path
        for form in re.findall(r"<form[^>]*>", page):
            assert re.search(r'method="(get|post)"', form), form
            assert 'action="' in form
