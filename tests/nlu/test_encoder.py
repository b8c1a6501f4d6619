"""An encoder beside the model, played by a server on loopback: it helps, and when it hangs, lies or dies nothing is lost."""

import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import numpy as np
import pytest

from presszero.errors import ConfigError, Place
from presszero.nlu.encoder import Budgeted, named, rows
from presszero.nlu.evaluate import evaluate
from presszero.nlu.load import of_phrases
from presszero.nlu.phrases import Phrase, Phrases
from presszero.nlu.vectors import kept

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SENSES = {
    "pay": "pay money bill card funds cash wallet",
    "down": "internet broken down offline dead router",
    "move": "move house flat address city",
}
PHRASES = {
    "pay": ["pay the bill", "my money", "by card", "the bill please", "pay with money", "card for the bill"],
    "down": ["internet is down", "it is broken", "router is dead", "internet broken", "down again", "dead internet"],
    "move": ["i move house", "new flat", "another address", "move to a city", "the house changes", "flat address"],
}


class Server(ThreadingHTTPServer):
    """An embeddings server whose vectors say which sense a text has; ``mood``: how it behaves."""

    daemon_threads = True
    mood = "well"
    asked = 0


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        given = json.loads(self.rfile.read(int(self.headers["content-length"])))
        server.asked += len(given["input"])
        if server.mood == "hangs":
            server.gate.wait(5)
        data = [{"index": at, "embedding": vector(text)} for at, text in enumerate(given["input"])]
        if server.mood == "lies":
            data = [{"index": 0, "embedding": [float("nan")] * 8}]
        if server.mood == "short":
            data = data[:-1]
        body = b"not json" if server.mood == "garbage" else json.dumps({"data": data[::-1]}).encode()
        self.send_response(500 if server.mood == "fails" else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def vector(text):
    made = np.full(8, 0.1)
    for at, sense in enumerate(SENSES.values()):
        made[at] += sum(word in sense.split() for word in text.split())
    made[5] += len(text) % 3 * 0.1
    return (made / np.linalg.norm(made)).tolist()


@pytest.fixture(scope="module")
def server():
    made = Server(("127.0.0.1", 0), Handler)
    made.gate = threading.Event()
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.gate.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture(scope="module")
def address(server):
    return f"http://127.0.0.1:{server.server_address[1]}/v1#tiny"


PAIRS = Phrases(
    trained=[
        Phrase(before + text, name, "en", Place("nlu/x.yml"))
        for name, texts in PHRASES.items()
        for text in texts
        for before in ("", "so ", "what if ")
    ]
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def desk(address, cache):
    return of_phrases(PAIRS, cache, address, budget_ms=3000)


def test_words_that_no_phrase_has_are_understood_by_their_sense(desk, cache, address):
    alone = of_phrases(PAIRS, cache)
    text = "wallet cash funds"
    assert desk.waits
    assert not alone.waits
    parses = [one.parse(text, "en", NOW) for one in (desk, alone)]
    assert parses[0].ranking[0].intent == "pay"
    assert parses[0].confidence > parses[1].confidence


def test_vectors_of_phrases_are_kept(desk, cache, server, address):
    before = server.asked
    again = kept(address, cache / "vectors.npz", [p.text for p in PAIRS.trained])
    assert server.asked == before
    assert len(again) == len({p.text for p in PAIRS.trained})
    (cache / "broken.npz").write_bytes(b"PK broken")
    assert len(kept(address, cache / "broken.npz", ["pay the bill"])) == 1


@pytest.mark.parametrize("mood", ["hangs", "lies", "short", "garbage", "fails"])
def test_without_it_the_model_answers_within_the_budget(desk, cache, server, address, mood):
    alone = of_phrases(PAIRS, cache).parse("pay the bill now", "en", NOW)
    waiting = of_phrases(PAIRS, cache, address, budget_ms=100)
    server.mood = mood
    try:
        begun = time.monotonic()
        found = waiting.parse("pay the bill now", "en", NOW)
        assert time.monotonic() - begun < 2.0  # a hundred milliseconds, on a machine that has other work
    finally:
        server.mood = "well"
        server.gate.set()
    assert found.intent == alone.intent == "pay"
    server.gate.clear()


def test_nobody_there_and_nothing_installed(desk):
    assert Budgeted("http://127.0.0.1:9", 500).vector("text") is None
    assert Budgeted("no such encoder", 500).vector("text") is None
    for name in ("no such encoder", *(["fastembed", "fastembed:x/y"] if find_spec("fastembed") is None else [])):
        with pytest.raises(ConfigError):
            named(name)


def test_who_is_late_is_left_alone_until_it_is_done(server, address):
    late = Budgeted(address, 50)
    server.mood = "hangs"
    try:
        assert late.vector("first") is None
        before = server.asked
        assert [late.vector(f"more {n}") for n in range(20)] == [None] * 20
        assert server.asked == before
    finally:
        server.mood = "well"
        server.gate.set()
    server.gate.clear()


def test_rows_have_length_one_and_capitals_do_not_matter(address):
    made = rows(named(address), ["PAY the bill", "pay the bill", ""])
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(made[0], made[1])


def test_evaluate_takes_one(address, tmp_path):
    train = "\n".join(json.dumps({"text": p.text, "intent": p.intent}) for p in PAIRS.trained)
    (tmp_path / "train.jsonl").write_text(train, "utf-8")
    (tmp_path / "test.jsonl").write_text(json.dumps({"text": "wallet cash", "intent": "pay"}), "utf-8")
    report = evaluate(
        tmp_path / "train.jsonl", tmp_path / "test.jsonl", validation=None, lang="en", noise="", encoder=address
    )
    assert report.as_data()["accuracy"] == 1.0
