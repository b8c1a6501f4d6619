"""A Rasa server beside ours: its contract played on loopback. It helps; it hangs, lies and dies, and ours answers in time."""

import asyncio
import json
import socket
import time

import httpx
import pytest

from presszero.dialogue.parse import Guess, Parse, Value
from presszero.errors import Undeliverable
from presszero.nlu.encoder import named
from presszero.nlu.neighbour import taken
from presszero.nowhere import nowhere
from presszero.runtime.clock import WallClock
from presszero.runtime.egress import Egress, Guard
from presszero.runtime.neighbour import BUDGET, Neighbour
from tests.running import DESK, copy_desk, here

OWN = Parse(
    text="my parcel 12345",
    lang="en",
    known=2,
    intent="pay",
    confidence=0.8,
    band="act",
    ranking=(Guess("pay", 0.8),),
    values=(Value("digits", "12345", 10, 15),),
)
INTENTS = frozenset({"pay", "order", "move"})


def answer(name, sure, *others):
    """As Rasa 3.6 answers."""
    ranking = [{"name": n, "confidence": c} for n, c in ((name, sure), *others)]
    shape = {"text": "x", "intent": ranking[0], "entities": [], "text_tokens": [[0, 1]], "intent_ranking": ranking}
    return json.dumps(shape | {"response_selector": {"all_retrieval_intents": []}}).encode()


@pytest.mark.parametrize(
    ("said", "intent", "band"),
    [
        (answer("order", 0.93, ("pay", 0.05)), "order", "act"),
        (answer("order", 0.5, ("pay", 0.4)), "order", "offer"),
        (answer("order", 0.1, ("pay", 0.05)), None, "none"),
        (answer("unheard", 0.6, ("move", 0.35)), "move", "offer"),
        (answer("nlu_fallback", 0.3, ("move", 0.2)), None, "none"),
        (answer("order", 1.0), "order", "act"),
    ],
)
def test_its_intent_is_taken_and_the_rest_is_ours(said, intent, band):
    found = taken(OWN, said, INTENTS)
    assert (found.intent, found.band) == (intent, band)
    assert (found.values, found.text, found.lang) == (OWN.values, OWN.text, OWN.lang)
    assert [guess.confidence for guess in found.ranking] == sorted((g.confidence for g in found.ranking), reverse=True)


LIES = [
    b"",
    b"not json",
    b"[]",
    b'{"intent": "order"}',
    b'{"intent": {"name": 5}}',
    b"{}",
    answer("unheard", 0.9),
    answer("order", 7.0),
    answer("order", -1.0),
    b'{"intent": {"name": "order", "confidence": NaN}}',
    b'{"intent": {"name": "order", "confidence": 1e999}}',
    b'{"intent": {"name": null, "confidence": 0.0}, "intent_ranking": []}',
]


@pytest.mark.parametrize("said", LIES)
def test_lies_are_not_taken(said):
    assert taken(OWN, said, INTENTS) is None


class Rasa:
    """The server; ``mood``: how it behaves, ``heard``: what it was asked."""

    def __init__(self):
        self.mood, self.heard, self.said = "well", [], answer("order", 0.9)
        self.held = asyncio.Event()

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.held.set()
        self.server.close()
        await self.server.wait_closed()

    async def _serve(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            size = next(
                int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")
            )
            self.heard.append((head.split("\r\n")[0], json.loads(await reader.readexactly(size))))
            if self.mood == "hangs":
                await self.held.wait()
            if self.mood != "dies":
                status = "500 No" if self.mood == "fails" else "200 OK"
                length = len(self.said) + (5 if self.mood == "stops" else 0)
                writer.write(
                    f"HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n".encode() + self.said
                )
                await writer.drain()
        finally:
            writer.close()


class Clock(WallClock):
    """A clock that can be moved on."""

    ahead = 0.0

    def now(self):
        return super().now() + self.ahead


async def asked(neighbour):
    begun = time.monotonic()
    found = await neighbour.judged(OWN, "where is my parcel 12345", INTENTS)
    return found, time.monotonic() - begun


def beside(url, clock=None):
    return Neighbour(Egress({url}), url, clock or WallClock(), None, None)


async def test_it_is_asked_as_rasa_is_asked():
    async with Rasa() as rasa:
        found, _ = await asked(beside(f"http://127.0.0.1:{rasa.port}"))
    assert found.intent == "order"
    assert rasa.heard == [("POST /model/parse HTTP/1.1", {"text": "where is my parcel 12345"})]


@pytest.mark.parametrize("mood", ["hangs", "dies", "stops", "fails"])
async def test_when_it_is_ill_ours_answers_in_time(mood):
    async with Rasa() as rasa:
        rasa.mood = mood
        found, took = await asked(beside(f"http://127.0.0.1:{rasa.port}"))
        assert found is OWN
        assert took < BUDGET + 2.0  # the machine may be busy


async def test_who_is_ill_is_left_alone_and_asked_again_later():
    async with Rasa() as rasa:
        clock = Clock()
        neighbour = beside(f"http://127.0.0.1:{rasa.port}", clock)
        rasa.mood = "dies"
        assert (await asked(neighbour))[0] is OWN
        rasa.mood = "well"
        assert (await asked(neighbour))[0] is OWN
        assert len(rasa.heard) == 1
        clock.ahead = 11.0
        assert (await asked(neighbour))[0].intent == "order"


async def test_nobody_is_there():
    assert (await asked(beside("http://127.0.0.1:9")))[0] is OWN


LINK_LOCAL = [
    "http://169.254.169.254",
    "http://2852039166",
    "http://0xa9fea9fe",
    "http://169.254.43518",
    "http://[fe80::1]:5005",
    "http://[::ffff:169.254.169.254]",
    "http://[64:ff9b::a9fe:a9fe]",
    "http://[fd00:ec2::254]",
    "http://metadata.google.internal",
    "http://metadata.google.internal.",
    "http://[::169.254.169.254]",
    "http://[64:ff9b:1::a9fe:a9fe]",
    "http://[fd20:ce::254]",
    "http://[2001:0:a9fe:a9fe::]",  # Teredo: by its server, and by its client
    "http://[2001:0:5db8:d822:0:0:5601:5601]",
    "http://[2002:a9fe:a9fe::]",
    "http://[2001:db8::5efe:169.254.169.254]",
    "http://192.0.0.192",
    "http://169。254。169。254",
]


@pytest.mark.parametrize("url", LINK_LOCAL)
async def test_nobody_is_asked_at_a_link_local_address(url):
    egress = Egress({url})
    with pytest.raises(Undeliverable, match="link-local"):
        await egress.request("POST", f"{url}/model/parse", timeout=0.1, body={})
    assert (await asked(beside(url)))[0] is OWN


@pytest.mark.parametrize("url", LINK_LOCAL)
def test_no_encoder_is_asked_there(url):
    with pytest.raises(OSError, match="link-local"):
        named(f"{url}/v1#tiny").questions(["my parcel"])


@pytest.mark.parametrize(
    "host",
    [
        "１６９.２５４.１６９.２５４",
        "169｡254｡169｡254",
        "ｍｅｔａｄａｔａ.goog",
        "meta\u00addata",
        "169.254.169.254．",
        "[fe80::1%eth0]",
    ],
)
def test_however_it_is_written(host):
    assert nowhere(host)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.5", "192.168.1.1", "rasa.internal", "[::1]", "metadata.shop", ""]
)
def test_a_server_of_ones_own_is_asked(host):
    assert not nowhere(host)


class Line:
    """What makes connections, and the connection it makes: a name has led to an address; what is sent is kept."""

    def __init__(self, address):
        self.address, self.sent, self.closed = address, [], False

    async def connect_tcp(self, *_, **__):
        return self

    def get_extra_info(self, name):
        return (self.address, 80) if name == "server_addr" else None

    def getpeername(self):
        return self.address, 80

    async def write(self, data, timeout=None):  # noqa: ASYNC109 - as the transport calls it
        self.sent.append(data)

    sendall = write

    async def read(self, *_, **__):
        return b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"

    async def aclose(self):
        self.closed = True

    def close(self):
        self.closed = True


async def test_nothing_is_sent_where_a_name_should_not_have_led():
    egress = Egress({"http://rasa.example"})
    pool = egress._client._transport._pool
    assert isinstance(pool._network_backend, Guard)
    away, home = Line("169.254.169.254"), Line("10.0.0.5")
    pool._network_backend = Guard(away)
    with pytest.raises(Undeliverable, match="led to"):
        await egress.request("POST", "http://rasa.example", timeout=1, body={"text": "my parcel"})
    assert (away.sent, away.closed) == ([], True)
    pool._network_backend = Guard(home)
    assert await egress.request("POST", "http://rasa.example", timeout=1, body={}) == (200, b"ok")
    assert home.sent
    await egress.close()


def test_no_text_goes_to_an_encoder_that_a_name_should_not_have_led_to(monkeypatch):
    away = Line("fe80::1%eth0")
    monkeypatch.setattr(socket, "create_connection", lambda *_: away)
    with pytest.raises(OSError, match="led to"):
        named("https://encoder.example/v1").questions(["my parcel"])
    assert (away.sent, away.closed) == ([], True)


async def test_a_name_that_leads_there_is_not_read():
    class Leads(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            return httpx.Response(200, content=answer("order", 0.9), extensions={"network_stream": Line(self.to)})

    egress, leads = Egress({"http://rasa.example"}), Leads()
    await egress.close()
    egress._client = httpx.AsyncClient(transport=leads)
    leads.to = "10.0.0.5"
    assert (await egress.request("POST", "http://rasa.example", timeout=1))[0] == 200
    leads.to = "169.254.169.254"
    with pytest.raises(Undeliverable, match="led to"):
        await egress.request("POST", "http://rasa.example", timeout=1)
    await egress.close()


async def test_what_it_says_too_long_is_not_read():
    async with Rasa() as rasa:
        rasa.said = b" " * (2 << 20)
        assert (await asked(beside(f"http://127.0.0.1:{rasa.port}")))[0] is OWN


async def test_a_desk_asks_it_and_follows_and_goes_on_without_it(tmp_path):
    root = copy_desk(tmp_path / "desk", DESK)
    settings = root / "config.yaml"
    settings.write_text(settings.read_text("utf-8") + "nlu: {provider: rasa, url: env.RASA_URL}\n", "utf-8")
    text = "qwop zxcv plugh"
    async with Rasa() as rasa:
        rasa.said = answer("thanks", 0.97)
        async with here(tmp_path / "data", root, {"RASA_URL": f"http://127.0.0.1:{rasa.port}"}) as desk:

            async def says(sender):
                body = {"sender": sender, "message": text, "metadata": {"lang": "en"}}
                answers = (await desk.http.post("/webhooks/rest/webhook", json=body)).json()
                return [one["text"] for one in answers]

            followed = await says("one")
            assert rasa.heard[0][1] == {"text": text}
            rasa.mood = "hangs"
            alone = await says("two")
            again = await says("three")
    assert followed == ["Glad to help."]
    assert alone == again == ["I did not get that."]
    assert len(rasa.heard) == 2, "it is left alone for a while"
