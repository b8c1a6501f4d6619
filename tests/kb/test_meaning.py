"""An encoder finds what no word says; without it, or while it is slow or broken, words do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from threading import Event

import numpy as np
import pytest

from presszero.cli import run
from presszero.encoders import NAMES, encoder
from presszero.errors import ConfigError
from presszero.kb.article import Article, Section
from presszero.kb.library import Library
from presszero.kb.meaning import Meaning, said
from presszero.lang.words import words

TODAY = date(2026, 11, 23)
TOPICS = {"деньги": 0, "оплата": 0, "заплатить": 0, "рубли": 0, "переезд": 1, "адрес": 1, "съехать": 1, "квартиру": 1}


class Topics:
    """An encoder that knows two topics."""

    name = "topics-1"

    def __init__(self) -> None:
        self.made: list[str] = []
        self.open = Event()
        self.open.set()
        self.broken = False

    def questions(self, texts: Sequence[str]) -> np.ndarray:
        assert self.open.wait(30)
        if self.broken:
            raise RuntimeError("no more")
        return self._rows(texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.made += texts
        return self._rows(texts)

    def _rows(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.full((len(texts), 3), 0.1, np.float32)
        for at, text in enumerate(texts):
            for word in words(text):
                if word in TOPICS:
                    rows[at, TOPICS[word]] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def article(slug: str, title: str, text: str, **more) -> Article:
    return Article(slug, "ru", f"kb/ru/{slug}.md", title, text, (Section("", "", text),), **more)


PAY = article("pay", "Оплата", "Рубли принимаем в кассе.")
MOVE = article("move", "Переезд", "Новый адрес сообщите нам.")
VIP = article("vip", "Оплата для своих", "Деньги и рубли.", audience=(("segment", frozenset({"vip"})),))


@pytest.fixture
def topics() -> Topics:
    return Topics()


def best(library: Library, text: str) -> list[str]:
    return [each.slug for each in library.ranked(text, "ru", 3)]


def test_what_no_word_says_is_found_by_meaning(topics, tmp_path):
    meaning = Meaning(topics, tmp_path, budget=30)
    library = Library([PAY, MOVE, VIP], ["ru"], TODAY, meaning=meaning)
    assert best(library, "хочу съехать") == []  # by words alone until the vectors are there
    assert library.learn() == len({text for one in (PAY, MOVE, VIP) for field in said(one) for text in field})
    assert best(library, "хочу съехать")[0] == "move"
    assert "vip" not in best(library, "заплатить деньги")
    assert all(0 <= each.chance <= 1 for each in library.ranked("хочу съехать", "ru", 10))
    assert library.search("", "ru").kind == "none"


def test_vectors_are_made_once(topics, tmp_path):
    Library([PAY, MOVE], ["ru"], TODAY, meaning=Meaning(topics, tmp_path)).learn()
    topics.made.clear()
    again = Meaning(topics, tmp_path, budget=30)
    library = Library([PAY, article("move", "Переезд", "Адрес другой.")], ["ru"], TODAY, meaning=again)
    assert library.learn() == 1
    assert len(topics.made) == 1
    assert "Адрес другой." in topics.made[0]
    (tmp_path / "vectors-topics-1.npz").write_bytes(b"PK broken")
    assert Library([PAY], ["ru"], TODAY, meaning=Meaning(topics, tmp_path)).learn() == 2


def test_a_restricted_article_changes_no_chance(topics):
    other = article("cash", "Касса", "Рубли и деньги.")
    closed = replace(MOVE, slug="closed", audience=VIP.audience)
    chances = []
    for articles in ([PAY, other], [PAY, other, closed]):
        library = Library(articles, ["ru"], TODAY, meaning=Meaning(topics, budget=30))
        library.learn()
        chances.append([(each.slug, each.chance) for each in library.ranked("деньги на переезд", "ru", 5)])
    assert chances[0] == chances[1] != []


def test_a_slow_or_broken_encoder_leaves_the_words(topics, caplog):
    meaning = Meaning(topics, budget=0.01)
    library = Library([PAY, MOVE], ["ru"], TODAY, meaning=meaning)
    library.learn()
    topics.open.clear()
    assert best(library, "оплата")[0] == "pay"
    assert best(library, "хочу съехать") == []
    topics.open.set()
    topics.broken = True
    assert best(library, "новый переезд")[0] == "move"
    assert best(library, "другая оплата")[0] == "pay"


def test_names_of_encoders(capsys):
    with pytest.raises(ConfigError):
        encoder("nobody")
    assert NAMES == ("e5", "use")
    assert run(["kb", "evaluate", "--corpus", "c", "--queries", "q", "--encoder", "nobody"]) != 0
    assert "nobody" in capsys.readouterr().err
