"""What search engines and link previews read."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

from tests.console.room import Room
from tests.running import ROOT

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


async def test_the_sitemap_names_every_page_once_and_its_twins(desk: Room) -> None:
    client = desk.client()
    answer = await client.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    tree = ET.fromstring(answer.text)
    pages = [url.findtext(f"{NS}loc") or "" for url in tree]
    assert len(pages) == len(set(pages)) >= 82
    for url in list(tree)[::15]:
        own = url.findtext(f"{NS}loc") or ""
        assert own.startswith(f"{desk.url}/kb/")
        assert own in {link.get("href") for link in url.iter(LINK)}
        assert (await client.get(own)).status_code == 200
    robots = (await client.get("/robots.txt")).text
    assert f"Sitemap: {desk.url}/sitemap.xml" in robots
    closed = [line.partition(": ")[2] for line in robots.splitlines() if line.startswith("Disallow: ")]
    assert {"/console", "/requests", "/web", "/webhooks", "/model"} < set(closed)
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "presszero").rglob("*.py"))
    routes = re.findall(r'door\.route\("(/[^"]*)"', code)
    assert len(routes) > 40
    assert [
        each for each in closed if not any(re.match(re.escape(each).replace(r"\*", "[^/]+"), path) for path in routes)
    ] == []


async def test_an_article_tells_what_it_is(desk: Room) -> None:
    page = (await desk.client().get("/kb/ru/wifi-password")).text
    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:locale" content="ru_RU">' in page
    assert re.search(r'<meta name="description" content="[^"]{20,160}">', page)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    article = desk.intake.content.library.article("wifi-password", "ru")
    assert article
    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0]["name"] == article.title
    [question] = data["mainEntity"]
    assert question["acceptedAnswer"]["text"]
    assert question["name"] not in question["alternateName"]


async def test_pages_of_customers_are_not_indexed(desk: Room) -> None:
    client = desk.client()
    for path in ("/requests/new", "/requests/mine", "/kb/ru/search?q=wifi", "/kb/ru/suggest?q=wifi"):
        assert "noindex" in (await client.get(path)).headers["x-robots-tag"], path
