"""What one gets from other search engines on the same articles, each as its own documentation would have it used.

SQLite comes with Python; bm25s and tantivy run when they are there (``uv run --with bm25s --with tantivy``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from presszero.kb.article import Article
from presszero.lang.words import stems, words

Search = Callable[[str], list[str]]
STEMS = {"ru": "ru_stem", "en": "en_stem"}


def engines(articles: Sequence[Article]) -> Iterator[tuple[str, Callable[[Sequence[Article]], Search]]]:
    """The engines there are, by name; each builds its index when it is called."""
    yield "FTS5 raw", fts5
    for name, package, made in (("bm25s", "bm25s", bm25s), ("tantivy", "tantivy", tantivy)):
        try:
            import_module(package)
        except ImportError:
            continue
        if articles:
            yield name, made


def fts5(articles: Sequence[Article]) -> Search:
    """Words as they are, any of them, its own bm25 with the title twice."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "create virtual table t using fts5(slug unindexed, title, body, tokenize='unicode61 remove_diacritics 2')"
    )
    db.executemany("insert into t values (?, ?, ?)", [(a.slug, a.title, _text(a)) for a in articles])

    def search(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not asked:
            return []
        found = db.execute("select slug from t where t match ? order by bm25(t, 0, 2.0, 1.0) limit 5", (asked,))
        return [slug for (slug,) in found]

    return search


def bm25s(articles: Sequence[Article]) -> Search:
    """Our stems, its scores."""
    engine: Any = import_module("bm25s").BM25()
    engine.index([list(stems(f"{a.title} {_text(a)}")) for a in articles], show_progress=False)

    def search(text: str) -> list[str]:
        asked = list(stems(text))
        if not asked:
            return []
        found, scores = engine.retrieve([asked], k=min(5, len(articles)), show_progress=False)
        return [articles[int(at)].slug for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def tantivy(articles: Sequence[Article]) -> Search:
    """Its own stemmer of the language, title twice."""
    package: Any = import_module("tantivy")
    stemmer = STEMS.get(articles[0].lang, "default")
    schema = package.SchemaBuilder()
    schema.add_text_field("slug", stored=True, tokenizer_name="raw")
    schema.add_text_field("title", tokenizer_name=stemmer)
    schema.add_text_field("body", tokenizer_name=stemmer)
    index = package.Index(schema.build())
    if stemmer == "ru_stem":
        made = package.TextAnalyzerBuilder(package.Tokenizer.simple()).filter(package.Filter.lowercase())
        index.register_tokenizer(stemmer, made.filter(package.Filter.stemmer("Russian")).build())
    writer = index.writer(num_threads=1)
    for article in articles:
        writer.add_document(package.Document(slug=article.slug, title=article.title, body=_text(article)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        asked = " ".join(words(text)).replace("'", " ")
        if not asked:
            return []
        query = index.parse_query(asked, ["title", "body"], field_boosts={"title": 2.0})
        return [searcher.doc(at)["slug"][0] for _, at in searcher.search(query, 5).hits]

    return search


def _text(article: Article) -> str:
    return " ".join((*article.questions, article.body))
