"""How well and how fast the knowledge base finds, beside other engines: ``make articles``, or ``python -m bench.kb [SET ...]``.

Public question sets are read from ``$PRESSZERO_BENCH_DATA/kb/<set>/`` (``corpus.jsonl``, ``queries-dev.jsonl``,
``negatives-dev.jsonl``); they are not part of this repository. Everything is asked in one run, one thread, CPU time.
Without them only the desk's own articles are measured: each question variant searched with that variant taken out.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.others import Search, engines
from presszero.encoders import encoder
from presszero.kb.article import Article
from presszero.kb.band import band
from presszero.kb.evaluate import PATIENT, Query, evaluate, read
from presszero.kb.library import Library
from presszero.kb.load import load
from presszero.kb.meaning import Meaning
from presszero.measure import marks
from presszero.measure.noise import spoiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from presszero.lang.encoder import Encoder

TODAY = date(2026, 1, 12)
NOISE = ("typo1", "typo2", "layout", "translit")
FAR = 300  # questions of other sets
SIZES = (1_000, 10_000, 100_000)
ALL_ENGINES_TO = 10_000  # articles; above only those that hold out
SMALL = ("covidfaq-en", "vkfaq-ru")
# What we want: R@1 and R@5 by words, R@1 and R@5 with an encoder. Of xquad and hint3 only R@1 was ever said.
GOALS = {
    "vkfaq-ru": ((0.55, 0.80), (0.63, 0.86)),
    "danetqa-ru": ((0.64, 0.86), (0.75, 0.92)),
    "xquad-ru": ((0.93,), (0.95,)),
    "xquad-en": ((0.94,), (0.96,)),
    "stackfaq-en": ((0.81, 0.96), (0.85, 0.97)),
    "covidfaq-en": ((0.68, 0.92), (0.81, 0.97)),
    "hint3-curekart-en": ((0.79,), (0.86,)),
}


class Remembered:
    """An encoder that makes each vector once in a run."""

    def __init__(self, real: Encoder) -> None:
        self.name = real.name
        self.passages, self.questions = _once(real.passages), _once(real.questions)


Vectors = Callable[[Sequence[str]], "NDArray[np.float32]"]


def _once(make: Vectors) -> Vectors:
    import numpy as np

    known: dict[str, NDArray[np.float32]] = {}

    def made(texts: Sequence[str], /) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, make(new), strict=True))
        return np.stack([known[text] for text in texts])

    return made


def quality(folder: Path, encoders: Sequence[Encoder], noises: Sequence[str]) -> None:
    """One set: ours, ours with encoders, others', ours with noise."""
    files = [folder / name for name in ("corpus.jsonl", "queries-dev.jsonl", "negatives-dev.jsonl")]
    strange = files[2] if files[2].exists() else None
    articles, asked = read(files[0], files[1])
    print(f"\n{folder.name}: {len(articles)} articles, {len(asked)} questions")
    wanted = GOALS.get(folder.name, ((), ()))
    clean = 0.0
    for made in (None, *encoders):
        data = evaluate(files[0], files[1], negatives=strange, lang="", noise="", encoder=made).as_data()
        clean = clean or data["r1"]
        more = f"  AUROC real {data['auroc']:.3f}" if strange else ""
        shown = f"  answered at 90 %: one shown {data['answered_p90_1']:.2f}, three {data['answered_p90_3']:.2f}"
        goals = wanted[made is not None]
        _row(f"ours + {made.name}" if made else "ours", data, goals, more + (shown if strange else ""))
    for name, build in engines(articles):
        start = time.process_time()
        search = build(articles)
        built = time.process_time() - start
        found, cpu = recall(search, asked)
        _row(name, {**found, "index_s": built, **_speed(cpu)})
    for noise in noises:
        if noise != "translit" or articles[0].lang == "ru":
            spoilt = evaluate(files[0], files[1], negatives=None, lang="", noise=noise).recall(1)
            print(f"  {noise:14} R@1 {spoilt:.3f}  kept {spoilt / clean:.3f}", flush=True)


def _row(name: str, data: dict[str, float], goals: Sequence[float] = (), more: str = "") -> None:
    goal = f" (goal {' / '.join(f'{each:.2f}' for each in goals)})" if goals else ""
    print(
        f"  {name:14} R@1 {data['r1']:.3f} R@3 {data['r3']:.3f} R@5 {data['r5']:.3f}{goal}"
        f"  index {data['index_s']:.2f} s  query p50 {data['query_p50_ms']:.2f} p99 {data['query_p99_ms']:.2f} ms{more}",
        flush=True,
    )


def _speed(cpu: Sequence[float]) -> dict[str, float]:
    return {"query_p50_ms": marks.percentile(cpu, 0.5), "query_p99_ms": marks.percentile(cpu, 0.99)}


def recall(search: Search, asked: Sequence[Query]) -> tuple[dict[str, float], list[float]]:
    """R@1, R@3 and R@5, and the CPU milliseconds of each query."""
    right = dict.fromkeys((1, 3, 5), 0)
    cpu = []
    for query in asked:
        start = time.process_time()
        found = search(query.text)
        cpu.append((time.process_time() - start) * 1e3)
        for most in right:
            right[most] += bool(set(query.gold).intersection(found[:most]))
    return {f"r{most}": count / len(asked) for most, count in right.items()}, cpu


def abstention(folders: Sequence[Path], real: Encoder | None = None) -> None:
    """AUROC of answerable questions against those of other sets (far) and against own ones whose article is gone (near)."""
    print(
        f"\nabstention{f' with {real.name}' if real else ''}: own questions against those of other sets, and of lost articles"
    )
    sets = {folder.name: read(folder / "corpus.jsonl", folder / "queries-dev.jsonl") for folder in folders}
    fars = []
    for name, (articles, asked) in sets.items():
        chance, lang = random.Random(1), articles[0].lang
        others = [q.text for n, (a, own) in sets.items() if n != name and a[0].lang == lang for q in own]
        some = chance.sample(asked, min(FAR, len(asked)))
        half = some[: len(some) // 2]
        gone = {slug for query in half for slug in query.gold}
        rest = [a for a in articles if a.slug not in gone] or articles[:1]
        whole, partly = _library(articles, real), _library(rest, real)
        own = [_chance(whole, query.text, lang) for query in some]
        far = [_chance(whole, text, lang) for text in chance.sample(others, min(FAR, len(others)))]
        near = [_chance(partly, query.text, lang) for query in half]
        kinds = [band(one) for one in own]
        shares = "  ".join(f"{kind} {kinds.count(kind) / len(kinds):.2f}" for kind in ("answer", "suggest", "none"))
        fars += [marks.auroc(own, far)] if far else []
        told = f"{fars[-1]:.3f}" if far else "–"
        print(f"  {name:18} AUROC far {told} near {marks.auroc(own, near):.3f}  own: {shares}", flush=True)
    if fars:
        goal = 0.98 if real else 0.95
        print(f"  {'mean':18} AUROC far {sum(fars) / len(fars):.3f} (goal {goal:.2f})", flush=True)


def _library(articles: Sequence[Article], real: Encoder | None) -> Library:
    made = Library(articles, [articles[0].lang], TODAY, meaning=Meaning(real, budget=PATIENT) if real else None)
    made.learn()
    return made


def _chance(library: Library, text: str, lang: str) -> float:
    found = library.ranked(text, lang, 1)
    return found[0].chance if found else 0.0


def scale(folder: Path, sizes: Sequence[int]) -> None:
    """Made-up articles of about 1,000 characters from the sentences of a set; one query in four with a slip."""
    documents, asked = read(folder / "corpus.jsonl", folder / "queries-dev.jsonl")
    sentences = [s for one in documents for s in one.body.split(". ") if len(s) > 30]
    for size in sizes:
        chance = random.Random(1)
        articles = []
        for at in range(size):
            body = ". ".join(chance.sample(sentences, 9))
            section = replace(documents[0].sections[0], text=body)
            title = chance.choice(sentences)[:60]
            articles.append(Article(str(at), "ru", str(at), title, body, (section,)))
        print(f"\n{size} made-up articles")
        texts = [spoiled(q.text, "typo1", chance) if at % 4 == 0 else q.text for at, q in enumerate(asked[:300])]
        queries = [Query(text) for text in texts]
        _ours(articles, queries)
        for name, build in engines(articles):
            if size <= ALL_ENGINES_TO or name != "bm25s":
                start = time.process_time()
                search = build(articles)
                _fast(name, time.process_time() - start, recall(search, queries)[1])


def _ours(articles: Sequence[Article], queries: Sequence[Query]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    library = Library(articles, ["ru"], TODAY)
    built = time.process_time() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    changed = [replace(articles[0], questions=("совсем новый вопрос",)), *articles[1:]]
    start = time.process_time()
    Library(changed, ["ru"], TODAY, before=library)
    again = (time.process_time() - start) * 1e3
    cpu = recall(lambda text: [each.slug for each in library.ranked(text, "ru", 5)], queries)[1]
    _fast("ours", built, cpu, f"  one changed {again:.0f} ms  at most {grown / len(articles):.1f} KB an article")


def _fast(name: str, built: float, cpu: Sequence[float], more: str = "") -> None:
    speed = _speed(cpu)
    print(
        f"  {name:14} index {built:.2f} s  query p50 {speed['query_p50_ms']:.2f} p99 {speed['query_p99_ms']:.2f} ms{more}",
        flush=True,
    )


def desk(root: Path, languages: Sequence[str]) -> None:
    """The desk's own articles: every question variant searched while it is taken out of its article."""
    articles, _ = load(root, languages, TODAY)
    for lang in languages:
        own = [article for article in articles if article.lang == lang and not article.audience]
        whole = Library(own, [lang], TODAY)
        first = three = count = 0
        for article in own:
            for at, question in enumerate(article.questions):
                rest = replace(article, questions=article.questions[:at] + article.questions[at + 1 :])
                library = Library([rest if a is article else a for a in own], [lang], TODAY, before=whole)
                found = [each.slug for each in library.ranked(question, lang, 3)]
                first, three, count = first + (article.slug in found[:1]), three + (article.slug in found), count + 1
        if count:
            shares = f"R@1 {first / count:.3f} R@3 {three / count:.3f}"
            print(f"\ndesk {lang}: {len(own)} articles, {count} variants, each left out in turn  {shares}", flush=True)


def main() -> None:
    """Runs what is asked for; without arguments everything but encoders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="only these sets, and nothing else")
    parser.add_argument("--small", action="store_true", help=f"only {' and '.join(SMALL)}, without noise, and the desk")
    parser.add_argument("--encoder", action="append", default=[], help="also with this encoder: slow the first time")
    parser.add_argument("--scale", type=int, action="append", default=[], help="only so many made-up articles")
    parser.add_argument("--desk", type=Path, default=Path(__file__).parents[1])
    options = parser.parse_args()
    data = os.environ.get("PRESSZERO_BENCH_DATA")
    if not data:
        print("PRESSZERO_BENCH_DATA is not set: the public question sets and the made-up articles are left out.")
    wanted = options.sets or (SMALL if options.small else ())
    folders = sorted(each for each in (Path(data) / "kb").iterdir() if each.is_dir()) if data else []
    chosen = [folder for folder in folders if not options.scale and (not wanted or folder.name in wanted)]
    encoders = [Remembered(encoder(name)) for name in options.encoder]
    for folder in chosen:
        quality(folder, encoders, () if options.small else NOISE)
    for real in (None, *encoders) if len(chosen) > 1 else ():
        abstention(chosen, real)
    if not options.sets and not options.scale:
        desk(options.desk, ("ru", "en"))
    if data and not wanted:
        scale(Path(data) / "kb" / "danetqa-ru", options.scale or SIZES)


if __name__ == "__main__":
    main()
