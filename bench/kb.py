"""How well and how fast the knowledge base finds: ``uv run python -m bench.kb [set ...]``.

Public question sets are read from ``$PRESSZERO_BENCH_DATA/kb/<set>/`` (``corpus.jsonl``, ``queries-dev.jsonl``,
``negatives-dev.jsonl``); they are not part of this repository. Plain SQLite FTS5 runs beside on the same rows. Without
them only the desk's own articles are measured: each question variant searched with that variant taken out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from presszero.kb.article import Article, Section
from presszero.kb.band import band
from presszero.kb.library import Library
from presszero.kb.load import load
from presszero.lang.words import words

TODAY = date(2026, 1, 1)
VARIANTS = "hint3"  # in these sets a text is a list of phrasings, one a line
RU, EN = "йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_SOUNDS = [
    "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "i",
    "y",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
    "",
    "y",
    "",
    "e",
    "yu",
    "ya",
]
SOUNDS = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", _SOUNDS, strict=True)) | {"ё": "e"}
NOISE = ("typo1", "typo2", "layout", "translit")


@dataclass(frozen=True)
class Query:
    text: str
    gold: frozenset[str]


@dataclass(frozen=True)
class Set:
    name: str
    lang: str
    articles: list[Article]
    queries: list[Query]
    negatives: list[str]


def read(folder: Path) -> Set:
    lang = folder.name.rsplit("-", 1)[1]
    articles = [
        _article(row, lang, variants=folder.name.startswith(VARIANTS)) for row in _rows(folder / "corpus.jsonl")
    ]
    queries = [Query(row["text"], frozenset(row["gold"])) for row in _rows(folder / "queries-dev.jsonl")]
    return Set(folder.name, lang, articles, queries, [row["text"] for row in _rows(folder / "negatives-dev.jsonl")])


def _rows(path: Path) -> Iterator[dict]:
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def _article(row: dict, lang: str, *, variants: bool) -> Article:
    text = "" if variants else row["text"]
    questions = tuple(row["text"].split("\n")) if variants else ()
    sections = (Section("", "", text),)
    return Article(row["id"], lang, row["id"], row["title"], text, sections, questions)


def fts5(articles: Sequence[Article]) -> Callable[[str], list[str]]:
    """What one gets from SQLite without any of this: words as they are, OR, its own bm25 with the title twice."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "create virtual table t using fts5(slug unindexed, title, body, tokenize='unicode61 remove_diacritics 2')"
    )
    rows = [(a.slug, " ".join(words(a.title)), " ".join(words(" ".join((*a.questions, a.body))))) for a in articles]
    db.executemany("insert into t values (?, ?, ?)", rows)

    def search(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not asked:
            return []
        found = db.execute("select slug from t where t match ? order by bm25(t, 0, 2.0, 1.0) limit 5", (asked,))
        return [slug for (slug,) in found]

    return search


def recall(
    search: Callable[[str], list[str]], queries: Iterable[Query], noise: str = ""
) -> tuple[float, float, list[float]]:
    """R@1, R@5 and CPU milliseconds of each query."""
    chance = random.Random(7)
    first, five, cpu = [], [], []
    for query in queries:
        text = spoil(query.text, noise, chance)
        start = time.thread_time()
        found = search(text)
        cpu.append((time.thread_time() - start) * 1e3)
        first.append(bool(query.gold.intersection(found[:1])))
        five.append(bool(query.gold.intersection(found[:5])))
    return float(np.mean(first)), float(np.mean(five)), cpu


def spoil(text: str, noise: str, chance: random.Random) -> str:
    if noise == "layout":
        russian = any(letter in RU for letter in text.lower())
        return text.lower().translate(str.maketrans(RU, EN) if russian else str.maketrans(EN, RU))
    if noise == "translit":
        return "".join(SOUNDS.get(letter, letter) for letter in text.lower())
    return _slips(text, int(noise[-1]), chance) if noise else text


def _slips(text: str, count: int, chance: random.Random) -> str:
    parts = text.split()
    places = [at for at, part in enumerate(parts) if len(part) >= 4]
    chance.shuffle(places)
    alphabet = RU[:-1] if any(letter in RU for letter in text.lower()) else "abcdefghijklmnopqrstuvwxyz"
    for at in places[:count]:
        word = list(parts[at])
        where = chance.randrange(len(word) - 1)
        kind = chance.randrange(4)
        if kind == 0:
            word.insert(where, chance.choice(alphabet))
        elif kind == 1:
            del word[where]
        elif kind == 2:
            word[where] = chance.choice(alphabet)
        else:
            word[where], word[where + 1] = word[where + 1], word[where]
        parts[at] = "".join(word)
    return " ".join(parts)


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    pairs = sorted([(value, 1) for value in right] + [(value, 0) for value in wrong])
    values = np.array([value for value, _ in pairs])
    ranks = (np.searchsorted(values, values, "left") + np.searchsorted(values, values, "right") + 1) / 2
    good = sum(rank for rank, (_, label) in zip(ranks, pairs, strict=True) if label)
    return float((good - len(right) * (len(right) + 1) / 2) / (len(right) * len(wrong)))


def measure(data: Set, foreign: Sequence[str], noises: Sequence[str]) -> None:
    start = time.process_time()
    library = Library(data.articles, [data.lang], TODAY)
    built = time.process_time() - start

    def search(text: str) -> list[str]:
        return [each.slug for each in library.ranked(text, data.lang, 5)]

    raw = recall(fts5(data.articles), data.queries)
    ours = recall(search, data.queries)
    p50, p99 = np.percentile(ours[2], [50, 99])
    print(
        f"{data.name:18} {len(data.articles):5} articles {len(data.queries):4} questions  R@1 {ours[0]:.3f} R@5 {ours[1]:.3f}"
        f"  (FTS5 {raw[0]:.3f} {raw[1]:.3f})  index {built:.2f} s  query CPU p50 {p50:.2f} p99 {p99:.2f} ms"
    )
    for noise in noises:
        if noise == "translit" and data.lang != "ru":
            continue
        spoilt = recall(search, data.queries, noise)
        print(f"    {noise:9} R@1 {spoilt[0]:.3f}  kept {spoilt[0] / ours[0]:.2f}")
    abstention(data, library, foreign)


def abstention(data: Set, library: Library, foreign: Sequence[str]) -> None:
    """What the bands do with answerable questions, with another domain's, and with the set's own unanswerable ones."""
    kinds: dict[str, list[tuple[float, bool]]] = {"own": [], "far": [], "real": []}
    for query in data.queries:
        found = library.ranked(query.text, data.lang, 1)
        kinds["own"].append((found[0].chance, found[0].slug in query.gold) if found else (0.0, False))
    for name, texts in (("far", foreign), ("real", data.negatives)):
        for text in texts:
            found = library.ranked(text, data.lang, 1)
            kinds[name].append((found[0].chance if found else 0.0, False))
    for name, results in kinds.items():
        if not results:
            continue
        shares = {
            kind: np.mean([band(chance) == kind for chance, _ in results]) for kind in ("answer", "suggest", "none")
        }
        line = f"    {name:5} " + "  ".join(f"{kind} {share:.2f}" for kind, share in shares.items())
        if name == "own":
            asserted = [right for chance, right in results if band(chance) == "answer"]
            line += f"  right when it answers {np.mean(asserted) if asserted else float('nan'):.3f}"
        else:
            line += f"  AUROC {auroc([chance for chance, _ in kinds['own']], [chance for chance, _ in results]):.3f}"
        print(line)


def desk(root: Path, languages: Sequence[str]) -> None:
    """The desk's own articles: every question variant searched while it is taken out of its article."""
    articles, _ = load(root, languages, TODAY)
    for lang in languages:
        own = [article for article in articles if article.lang == lang]
        if not own:
            continue
        results = [(found, article.slug) for article in own for found in _left_out(own, article)]
        hits = [[each.slug for each in found] for found, _ in results]
        first = np.mean([slug in found[:1] for found, (_, slug) in zip(hits, results, strict=True)])
        three = np.mean([slug in found[:3] for found, (_, slug) in zip(hits, results, strict=True)])
        kinds = [band(found[0].chance) if found else "none" for found, _ in results]
        shares = "  ".join(f"{kind} {kinds.count(kind) / len(kinds):.2f}" for kind in ("answer", "suggest", "none"))
        asserted = [f[0].slug == slug for (f, slug), kind in zip(results, kinds, strict=True) if kind == "answer"]
        print(
            f"desk {lang}: {len(own)} articles, {len(results)} variants left out  R@1 {first:.3f} R@3 {three:.3f}"
            f"  {shares}  right when it answers {np.mean(asserted):.3f}"
        )


def _left_out(articles: Sequence[Article], article: Article) -> Iterator[list]:
    for at, question in enumerate(article.questions):
        rest = replace(article, questions=article.questions[:at] + article.questions[at + 1 :])
        library = Library([rest if each is article else each for each in articles], [article.lang], TODAY)
        yield library.ranked(question, article.lang, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="only these sets")
    parser.add_argument("--noise", action="store_true", help="also with typos, the wrong layout, transliteration")
    parser.add_argument("--desk", type=Path, default=Path(__file__).parents[1])
    options = parser.parse_args()
    folder = os.environ.get("PRESSZERO_BENCH_DATA")
    if not folder:
        print("PRESSZERO_BENCH_DATA is not set: the public question sets are left out.")
    sets = [read(each) for each in sorted((Path(folder) / "kb").iterdir())] if folder else []
    for data in sets:
        if not options.sets or data.name in options.sets:
            others = [
                query.text
                for other in sets
                if other.name != data.name and other.lang == data.lang
                for query in other.queries
            ]
            foreign = random.Random(1).sample(others, min(300, len(others)))
            measure(data, foreign, NOISE if options.noise else ())
    if not options.sets:
        desk(options.desk, ("ru", "en"))


if __name__ == "__main__":
    main()
