"""Where "Call a person" leads: to a page that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.room import room

PAGES = ("/kb/{0}", "/kb/{0}/search?q=wifi", "/kb/{0}/wifi-password", "/requests/mine?lang={0}")


@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_a_desk_without_a_page_of_its_own_leads_to_the_request_form(tmp_path: Path, lang: str) -> None:
    async with room(tmp_path, demo=False) as desk:
        client = desk.client()
        assert (await client.get("/")).status_code == 404
        for each in PAGES:
            page = await client.get(each.format(lang))
            assert page.status_code == 200, each
            assert f'<a class="btn main big" href="/requests/new?lang={lang}"><span class="key">0</span>' in page.text
            assert f'href="{desk.url}"' not in page.text
        form = await client.get(f"/requests/new?lang={lang}")
        assert form.status_code == 200
        assert 'class="key"' not in form.text  # no way out of the form that leads into the form


async def test_the_demo_opens_its_chat(tmp_path: Path) -> None:
    async with room(tmp_path, demo=True) as desk:
        page = (await desk.client().get("/kb/ru")).text
        assert 'href="/?lang=ru&amp;open=yes"><span class="key">0</span>' in page
