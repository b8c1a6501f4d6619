"""How well and how fast the knowledge base finds, beside other engines: ``uv run python -m bench.kb [SET ...]``.

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
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.others import Search, engines
from presszero.encoders import encoder
from presszero.kb.article import Article
from presszero.kb.band import band
from presszero.kb.evaluate import Query, evaluate, read
from presszero.kb.library import Library
from presszero.kb.load import load
from presszero.measure import marks
from presszero.measure.noise import spoiled

TODAY = date(2026, 1, 12)
NOISE = ("typo1", "typo2", "layout", "translit")
FAR = 300  # questions of other sets


def quality(folder: Path, encoders: Sequence[str], noises: Sequence[str]) -> None:
    """One set: ours, others', with an encoder, with noise."""
    corpus, queries, negatives = (
        folder / name for name in ("corpus.jsonl", "queries-dev.jsonl", "negatives-dev.jsonl")
    )
    strange = negatives if negatives.exists() else None
    articles, asked = read(corpus, queries)
    clean = 0.0
    for name in ("", *encoders):
        made = encoder(name) if name else None
        data = evaluate(corpus, queries, negatives=strange, lang="", noise="", encoder=made).as_data()
        clean = clean or data["r1"]
        real = f"  real {data['auroc']:.3f}" if strange else ""
        print(
            f"{folder.name:18} {'ours' + (f' + {name}' if name else ''):11} R@1 {data['r1']:.3f} R@3 {data['r3']:.3f} R@5 {data['r5']:.3f}"
            f" MRR {data['mrr10']:.3f}{real}  index {data['index_s']:.2f} s  query p50 {data['query_p50_ms']:.2f}"
            f" p99 {data['query_p99_ms']:.2f} ms  {len(articles)} articles, {len(asked)} questions",
            flush=True,
        )
    for name, build in engines(articles):
        start = time.process_time()
        search = build(articles)
        built = time.process_time() - start
        first, five, cpu = recall(search, asked)
        p50, p99 = marks.percentile(cpu, 0.5), marks.percentile(cpu, 0.99)
        print(
            f"{folder.name:18} {name:11} R@1 {first:.3f}           R@5 {five:.3f}            "
            f"  index {built:.2f} s  query p50 {p50:.2f} p99 {p99:.2f} ms",
            flush=True,
        )
    for noise in noises:
        if noise != "translit" or articles[0].lang == "ru":
            spoilt = evaluate(corpus, queries, negatives=None, lang="", noise=noise).recall(1)
            print(f"{folder.name:18} {noise:11} R@1 {spoilt:.3f}  kept {spoilt / clean:.3f}", flush=True)


def recall(search: Search, asked: Sequence[Query]) -> tuple[float, float, list[float]]:
    """R@1, R@5 and the CPU milliseconds of each query."""
    first = five = 0
    cpu = []
    for query in asked:
        start = time.process_time()
        found = search(query.text)
        cpu.append((time.process_time() - start) * 1e3)
        first += bool(set(query.gold).intersection(found[:1]))
        five += bool(set(query.gold).intersection(found[:5]))
    return first / len(asked), five / len(asked), cpu


def abstention(folders: Sequence[Path]) -> None:
    """AUROC of answerable questions against those of other sets (far) and against own ones whose article is gone (near)."""
    sets = {folder.name: read(folder / "corpus.jsonl", folder / "queries-dev.jsonl") for folder in folders}
    for name, (articles, asked) in sets.items():
        chance, lang = random.Random(1), articles[0].lang
        others = [q.text for n, (a, own) in sets.items() if n != name and a[0].lang == lang for q in own]
        some = chance.sample(asked, min(FAR, len(asked)))
        half = some[: len(some) // 2]
        gone = {slug for query in half for slug in query.gold}
        whole, rest = (
            Library(a, [lang], TODAY) for a in (articles, [a for a in articles if a.slug not in gone] or articles[:1])
        )
        own = [_chance(whole, query.text, lang) for query in some]
        far = [_chance(whole, text, lang) for text in chance.sample(others, min(FAR, len(others)))]
        near = [_chance(rest, query.text, lang) for query in half]
        kinds = [band(one) for one in own]
        shares = "  ".join(f"{kind} {kinds.count(kind) / len(kinds):.2f}" for kind in ("answer", "suggest", "none"))
        far_auroc = f"{marks.auroc(own, far):.3f}" if far else "–"
        print(f"{name:18} AUROC far {far_auroc} near {marks.auroc(own, near):.3f}  own: {shares}", flush=True)


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
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        library = Library(articles, ["ru"], TODAY)
        built = time.process_time() - start
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        start = time.process_time()
        changed = [replace(articles[0], questions=("совсем новый вопрос",)), *articles[1:]]
        Library(changed, ["ru"], TODAY, before=library)
        again = (time.process_time() - start) * 1e3
        texts = [spoiled(q.text, "typo1", chance) if at % 4 == 0 else q.text for at, q in enumerate(asked[:300])]
        figures = [("ours", built, recall(lambda text, lib=library: _slugs(lib, text), _queries(texts))[2])]
        del library
        for name, build in engines(articles):
            start = time.process_time()
            search = build(articles)
            figures.append((name, time.process_time() - start, recall(search, _queries(texts))[2]))
        for name, seconds, cpu in figures:
            more = f"  one changed {again:.0f} ms  {grown / size:.1f} KB an article" if name == "ours" else ""
            p50, p99 = marks.percentile(cpu, 0.5), marks.percentile(cpu, 0.99)
            print(
                f"{size:7} articles  {name:9} index {seconds:.2f} s  query p50 {p50:.2f} p99 {p99:.2f} ms{more}",
                flush=True,
            )


def _slugs(library: Library, text: str) -> list[str]:
    return [each.slug for each in library.ranked(text, "ru", 5)]


def _queries(texts: Sequence[str]) -> list[Query]:
    return [Query(text) for text in texts]


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
            print(
                f"desk {lang}: {len(own)} articles, {count} variants left out  R@1 {first / count:.3f} R@3 {three / count:.3f}"
            )


def main() -> None:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="only these sets")
    parser.add_argument("--noise", action="store_true", help="also with typos, the wrong layout, transliteration")
    parser.add_argument("--encoder", action="append", default=[], help="also with this encoder")
    parser.add_argument("--scale", type=int, action="append", default=[], help="also as many made-up articles")
    parser.add_argument("--only-scale", action="store_true")
    parser.add_argument("--desk", type=Path, default=Path(__file__).parents[1])
    options = parser.parse_args()
    data = os.environ.get("PRESSZERO_BENCH_DATA")
    if not data:
        print("PRESSZERO_BENCH_DATA is not set: the public question sets are left out.")
    folders = sorted((Path(data) / "kb").iterdir()) if data else []
    chosen = [folder for folder in folders if not options.sets or folder.name in options.sets]
    if not options.only_scale:
        for folder in chosen:
            quality(folder, options.encoder, NOISE if options.noise else ())
        abstention(chosen)
        if not options.sets:
            desk(options.desk, ("ru", "en"))
    if options.scale and data:
        scale(Path(data) / "kb" / "danetqa-ru", options.scale)


if __name__ == "__main__":
    main()
