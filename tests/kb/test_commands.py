"""`presszero kb search|evaluate|check` as a person calls them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from presszero.cli import run as main
from presszero.kb.evaluate import evaluate

CORPUS = [
    {"id": "pay", "title": "Как оплатить", "text": "Платить можно картой в кабинете."},
    {"id": "move", "title": "Переезд", "text": "При переезде перенесём договор на новый адрес."},
    {"id": "tv", "title": "Пульт", "text": "Замените батарейки в пульте приставки."},
]
QUERIES = [
    {"qid": "1", "text": "чем оплатить картой", "gold": ["pay"]},
    {"qid": "2", "text": "мы переезжаем на новый адрес", "gold": ["move"]},
    {"qid": "3", "text": "батарейки пульта", "gold": ["tv", "pay"]},
]
KEYS = {
    "r1",
    "r3",
    "r5",
    "mrr10",
    "auroc",
    "answered_p90_1",
    "answered_p90_3",
    "index_s",
    "query_p50_ms",
    "query_p99_ms",
}


def lines(path: Path, rows: list[object]) -> str:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    corpus, queries = lines(tmp_path / "c.jsonl", CORPUS), lines(tmp_path / "q.jsonl", QUERIES)
    negatives = lines(tmp_path / "n.jsonl", [{"text": "рецепт борща"}, {"text": "🙂"}])
    return ["--corpus", corpus, "--queries", queries, "--negatives", negatives]


@pytest.mark.parametrize("noise", ["", "typo1", "typo2", "layout", "translit"])
def test_evaluate(files, capsys, noise):
    more = ["--noise", noise] if noise else []
    assert main(["kb", "evaluate", *files, "--format", "json", *more]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data.keys() >= KEYS | {"peak_rss_mb"}
    assert data["r1"] == data["r5"] == data["mrr10"] == 1.0
    assert data["auroc"] == 1.0
    assert (data["articles"], data["questions"], data["negatives"]) == (3, 3, 2)


def test_figures_against_a_count_by_hand(tmp_path):
    queries = [*QUERIES, {"text": "пульт", "gold": ["move"]}, {"text": "ъъъ", "gold": ["pay"]}]
    corpus, asked = tmp_path / "c.jsonl", tmp_path / "q.jsonl"
    lines(corpus, CORPUS)
    lines(asked, queries)
    data = evaluate(corpus, asked, negatives=None, lang="", noise="").as_data()
    assert (data["r1"], data["r5"], data["auroc"]) == (0.6, 0.6, None)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("c", '{"id": "a", "title": "t"}\n{broken\n', "c.jsonl:2:2"),
        ("c", '{"title": "no id"}\n', 'there is no "id"'),
        ("c", "[1]\n", "c.jsonl:1:1"),
        ("q", '{"text": 5, "gold": ["a"]}\n', "q.jsonl:1:10"),
        ("q", '{"text": "a", "gold": "pay"}\n', '"gold" has another kind of value'),
        ("c", "", "must have articles"),
        ("q", "\n\n", "must have articles"),
        ("q", '{"text": "a", "gold": []}\n', "must have articles"),
    ],
)
def test_broken_files_are_said(files, tmp_path, capsys, name, text, said):
    (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    assert main(["kb", "evaluate", *files, "--lang", "en"]) != 0
    out, err = capsys.readouterr()
    assert said in out + err
    assert "Traceback" not in out + err


def test_a_file_that_is_not_there(files, tmp_path, capsys):
    (tmp_path / "c.jsonl").unlink()
    assert main(["kb", "evaluate", *files]) != 0
    assert "c.jsonl" in capsys.readouterr().err


def test_search(capsys):
    desk = str(Path(__file__).parents[2])
    assert main(["kb", "search", "rfr jgkfnbnm", desk, "--lang", "ru", "--why"]) == 0
    out = capsys.readouterr().out
    assert "Искали: как оплатить" in out
    assert "how-to-pay" in out
    assert "Почему (статьи на ru)" in out
    assert "похоже на заголовок" in out
    above, _, below = out.partition("Почему")
    shown = re.findall(r"^— .+ \[(\S+), ru, (\S+)\]$", above, re.MULTILINE)
    looked = re.findall(r"^  (\d\.\d\d)  (\S+) «[^»]+»(.*)$", below, re.MULTILINE)
    assert len(shown) == 3
    assert [(slug, chance) for chance, slug, mark in looked if not mark] == shown
    for some in (looked[:3], looked[3:]):
        assert [chance for chance, *_ in some] == sorted((chance for chance, *_ in some), reverse=True)
    assert main(["kb", "search", "how do I pay by card", desk, "--lang", "ru"]) == 0
    assert "how-to-pay, en" in capsys.readouterr().out
    assert main(["kb", "search", "рецепт борща с пампушками", desk, "--lang", "en", "--why"]) == 0
    assert "Why (articles in ru)" in capsys.readouterr().out
    assert (
        main(["kb", "search", "как оплатить", desk, "--language", "ru", "--format", "json", "--as", "segment=vip"]) == 0
    )
    data = json.loads(capsys.readouterr().out)
    assert data["kind"] == "answer"
    assert data["passages"][0]["slug"] == data["ranked"][0]["slug"] == "how-to-pay"
    for text in ("", "🙂", "и", "я" * 10_000):
        assert main(["kb", "search", text, desk, "--lang", "ru"]) == 0
        assert "В статьях этого нет." in capsys.readouterr().out
    assert main(["kb", "search", "x", desk, "--as", "age=5"]) != 0


def test_check(tmp_path, capsys):
    desk = Path(__file__).parents[2]
    (tmp_path / "config.yaml").write_text((desk / "config.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    folder = tmp_path / "kb" / "ru"
    folder.mkdir(parents=True)
    (folder / "pay.md").write_text("---\ntitle: Оплата\n---\nПлатят [тут](gone).\n", encoding="utf-8")
    assert main(["kb", "check", str(tmp_path), "--format", "json"]) == 1
    found = {each["code"] for each in json.loads(capsys.readouterr().out)}
    assert found == {"PZ511", "PZ513", "PZ534", "PZ536"}
    assert main(["kb", "check", str(desk), "--lang", "en"]) == 0
    assert "0 errors" in capsys.readouterr().out
