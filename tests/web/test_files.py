"""Files of visitors: known by their bytes, bounded, made anew, given only as what they are and to whom they belong."""

from __future__ import annotations

from io import BytesIO

import httpx
import pytest
from PIL import Image

from tests.running import Here, Visitor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PLACE = "Exif\x00secret place".encode("latin-1")


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), tail: bytes = b"") -> bytes:
    """A picture with a place in its metadata and something after its end."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", size, (200, 30, 30)).save(made, kind, exif=exif)
    return made.getvalue() + tail


async def send(visitor: Visitor, name: str, data: bytes, kind: str = "application/octet-stream") -> httpx.Response:
    """Uploads one file."""
    return await visitor.http.post("/web/files", files={"file": (name, data, kind)}, headers=visitor.headers)


async def test_a_picture_is_made_anew_and_reaches_the_conversation(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("send a photo")
    sent = await send(visitor, "lamp.jpg", picture(tail=b"<script>secret tail</script>"), "image/jpeg")
    assert sent.status_code == 200, sent.text
    kept = sent.json()
    assert (kept["name"], kept["type"]) == ("lamp.jpg", "image/jpeg")
    answer = await visitor.say(file=kept["id"])
    assert [m["text"] for m in answer["messages"]][1:] == ["The photo is here.", "Send the photo."]
    address = answer["messages"][0]["file"]["url"].removeprefix("http://desk.example")
    given = await desk.http.get(address)
    assert given.status_code == 200
    assert given.headers["content-type"] == "image/jpeg"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in given.headers["content-security-policy"]
    assert given.headers["content-disposition"].startswith("inline")
    assert b"secret" not in given.content
    with Image.open(BytesIO(given.content)) as seen:
        assert seen.size == (40, 30)
        assert not seen.getexif()


@pytest.mark.parametrize(("name", "data"), [("offer.pdf", PDF), ("notes.txt", "заметки\n".encode())])
async def test_what_is_no_picture_is_only_an_attachment(desk: Here, name: str, data: bytes) -> None:
    visitor = await desk.visitor()
    kept = (await send(visitor, name, data, "text/html")).json()
    given = await desk.http.get(kept["url"].removeprefix("http://desk.example"))
    assert given.content == data
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["content-disposition"].startswith("attachment")


REFUSED = {
    "a page": ("page.html", b"<html><script>alert(1)</script></html>"),
    "a page called a picture": ("photo.jpg", b"<html><script>alert(1)</script></html>"),
    "a program": ("tool.exe", b"MZ" + b"\0" * 300),
    "a program called a text": ("notes.txt", b"MZ\0\0" + b"\0" * 300),
    "a drawing": ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "half a picture": ("photo.png", picture("PNG")[:60]),
    "another kind of picture": ("photo.bmp", picture("BMP")),
    "an archive": ("all.zip", b"PK\x03\x04" + b"\0" * 60),
    "no ending": ("photo", b"just text"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
async def test_what_is_not_taken(desk: Here, name: str) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    answer = await send(visitor, *REFUSED[name])
    assert (answer.status_code, answer.json()["code"]) == (415, "type")
    assert answer.headers["content-type"] == "application/problem+json"
    assert desk.rows == before
    assert not list((desk.data / "files").glob("*"))


async def test_sizes(desk: Here) -> None:
    visitor = await desk.visitor()
    before, most = desk.rows, int(0.2 * 1024 * 1024)
    for data, status in [(b"", 422), (b"a" * (most + 1), 413), (b"a" * 5_000_000, 413)]:
        answer = await send(visitor, "notes.txt", data)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
    assert desk.rows == before
    assert (await send(visitor, "notes.txt", b"a" * most)).status_code == 200


async def test_a_picture_of_too_many_points_is_refused(desk: Here) -> None:
    visitor = await desk.visitor()
    bomb = BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    answer = await send(visitor, "wall.png", bomb.getvalue())
    assert answer.status_code in {413, 415}


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b"\xff\xfe", b"--x\r\ncontent-disposition: form-data\r\n\r\na\r\n--x--\r\n"]
)
async def test_bodies_that_hold_no_file(desk: Here, body: bytes) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        answer = await desk.http.post("/web/files", content=body, headers={**visitor.headers, "content-type": kind})
        assert answer.status_code in {400, 411, 415, 422}, (kind, answer.status_code)
        assert answer.headers["content-type"] == "application/problem+json"
    assert desk.rows == before


async def test_two_files_at_once_and_fields_are_refused(desk: Here) -> None:
    visitor = await desk.visitor()
    files = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    answer = await desk.http.post("/web/files", files=files, headers=visitor.headers)
    assert answer.status_code == 400
    text = await desk.http.post("/web/files", files={"other": ("a.txt", b"a")}, headers=visitor.headers)
    assert text.status_code == 422


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", ".._.._etc_passwd.txt"),
        ("a\u202etxt.exe.txt", "a_txt.exe.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
async def test_names_are_only_names(desk: Here, sent: str, kept: str) -> None:
    visitor = await desk.visitor()
    answer = await send(visitor, sent, b"text")
    assert answer.json()["name"].lstrip("._") == kept.lstrip("._")
    assert {p.parent for p in desk.data.rglob("*") if p.is_file() and p.read_bytes() == b"text"} == {
        desk.data / "files"
    }


async def test_a_file_belongs_to_its_visitor(desk: Here) -> None:
    owner, other = await desk.visitor(), await desk.visitor()
    kept = (await send(owner, "notes.txt", b"mine")).json()
    before = desk.rows
    answer = await other.post("/web/messages", {"client_id": "steal", "file": kept["id"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "file")
    path = f"/web/files/{kept['id']}"
    for address in (path, path + "?key=", path + "?key=" + "0" * 32, path + f"?token={other.token}"):
        assert (await desk.http.get(address)).status_code == 404
    assert desk.rows == before


async def test_forgetting_takes_the_files_along(desk: Here) -> None:
    visitor = await desk.visitor()
    kept = (await send(visitor, "notes.txt", b"mine")).json()
    await visitor.say(file=kept["id"])
    assert len(list((desk.data / "files").iterdir())) == 1
    await visitor.post("/web/forget")
    assert not list((desk.data / "files").iterdir())
    assert (await desk.http.get(kept["url"].removeprefix("http://desk.example"))).status_code == 404


async def test_a_file_that_was_never_sent_is_forgotten_too(desk: Here) -> None:
    visitor = await desk.visitor()
    await send(visitor, "notes.txt", b"mine")
    await visitor.post("/web/forget")
    assert not list((desk.data / "files").iterdir())
