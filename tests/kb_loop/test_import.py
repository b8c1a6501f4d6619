"""Articles from elsewhere and away again: every kind of source, broken ones too; nothing is written over unasked."""

from __future__ import annotations

import filecmp
import json
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presszero import cli
from presszero.kb.from_html import markdown
from presszero.kb.importing import Item, propose, read
from presszero.kb.load import load
from presszero.kb.page import html
from presszero.kb.staging import judge
from tests.running import ENV, ROOT, copy_desk

LANGS = ("ru", "en")
FIELDS = ["id", "title", "body", "content", "locale", "status", "draft", "slug", "section_id", "source_id", "name", "category", "translations", "label_names", "user_segment_id", "associated_article_id", "html_url"]  # fmt: skip


def taken(path: Path, lang: str = "") -> tuple[list[Item], list[str]]:
    items, findings = read(path, LANGS, lang)
    return items, [f.code for f in findings]


def put(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_table_of_questions_and_answers(tmp_path: Path) -> None:
    text = "Вопрос;Ответ;Теги;Варианты\nКак платить?;Картой;оплата, деньги;чем платить|где платить\nПустой;;;\n;Без вопроса;;\nHow to pay?;<p>By <b>card</b></p>;;\n"
    items, codes = taken(put(tmp_path / "faq.csv", text))
    assert [(i.title, i.lang) for i in items] == [("Как платить?", "ru"), ("How to pay?", "en")]
    assert items[0].questions == ("чем платить", "где платить")
    assert items[0].tags == ("оплата", "деньги")
    assert items[1].body == "By **card**"
    assert codes == ["PZ541", "PZ541"]
    assert items[0].place.line == 2


def test_windows_1251_is_read_and_said(tmp_path: Path) -> None:
    items, codes = taken(put(tmp_path / "faq.csv", "Как платить?;Картой\n".encode("cp1251")))
    assert items[0].title == "Как платить?"
    assert codes == ["PZ542"]
    items, codes = taken(put(tmp_path / "f16.csv", "Как платить?;Картой\n".encode("utf-16")))
    assert (items[0].title, codes) == ("Как платить?", [])


def test_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.active.append(["question", "answer", "language"])
    book.active.append(["Можно ли картой", "Да, любой", "ru"])
    book.active.append([None, None, None])
    book.active.append(["Only a question", None, "en"])
    book.create_sheet("two").append(["Без заголовков", "Тоже ответ"])
    book.save(tmp_path / "faq.xlsx")
    items, codes = taken(tmp_path / "faq.xlsx")
    assert [i.title for i in items] == ["Можно ли картой", "Без заголовков"]
    assert codes == ["PZ541"]


def test_exports_of_zendesk_and_chatwoot(tmp_path: Path) -> None:
    zendesk = {
        "sections": [{"id": 7, "name": "Оплата"}],
        "articles": [
            {"title": "Как платить", "body": "<h2>Картой</h2><p>Любой &amp; сразу</p><script>x()</script>", "locale": "ru",
             "section_id": 7, "label_names": ["деньги"], "draft": False, "user_segment_id": None},
            {"title": "Draft", "body": "<p>x</p>", "locale": "en-us", "draft": True},
            {"title": "Empty", "body": None, "locale": "en-us"},
            {"title": "Staff", "body": "<p>x</p>", "locale": "en-us", "draft": False, "user_segment_id": 0},
            {"title": "Members", "body": "<p>x</p>", "locale": "en-us", "user_segment_ids": [3, 4]},
            "broken",
        ],
    }  # fmt: skip
    items, codes = taken(put(tmp_path / "zendesk.json", json.dumps(zendesk)))
    assert [(i.title, i.lang, i.tags) for i in items] == [("Как платить", "ru", ("деньги", "Оплата"))]
    assert items[0].body == "## Картой\n\nЛюбой & сразу"
    assert sorted(codes) == ["PZ541", "PZ541", "PZ544", "PZ545", "PZ545"]
    chatwoot = {
        "payload": [
            {
                "title": "Pay",
                "content": "By **card**",
                "status": "published",
                "category": {"name": "Money", "locale": "en"},
            }
        ]
    }
    [item] = taken(put(tmp_path / "chatwoot.json", json.dumps(chatwoot)))[0]
    assert (item.title, item.body, item.lang, item.tags) == ("Pay", "By **card**", "en", ("Money",))


def test_a_page(tmp_path: Path) -> None:
    page = """<html lang=ru><head><title>Доставка</title><style>p{}</style></head><body><nav>меню</nav>
    <h1>Доставка</h1><p>Везём <a href="/x(1)">сюда</a> и <a href="JaVaScript:alert(1)">туда</a>.</p>
    <ol><li>раз</li><li>два<ul><li>внутри</li></ul></li></ol><svg onload=alert(1)><text>x</text></svg>
    <details><summary>А ночью?</summary>Нет</details><img src="a b.png" alt="[x]"><pre>a  b</pre></body></html>"""
    [item] = taken(put(tmp_path / "page.html", page))[0]
    assert (item.title, item.lang) == ("Доставка", "ru")
    assert "1. раз" in item.body
    assert "   - внутри" in item.body
    assert "## А ночью?" in item.body
    for gone in ("script", "alert", "меню", "onload", "p{}"):
        assert gone not in item.body
    assert "javascript" not in html(item.body, lambda _: "").lower()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF", "PZ540"),
        ("a.json", b"{", "PZ540"),
        ("a.json", b'{"x": 1}', "PZ540"),
        ("a.json", b"[" * 100_000, "PZ540"),
        ("a.xlsx", b"PK not a book", "PZ540"),
        ("a.csv", b"\x00\x01\x02\xff" * 100, "PZ516"),
        ("a.html", b"\x00\xff" * 100, "PZ516"),
        ("a.md", b"x" * 5_000_000, "PZ515"),
    ],
)
def test_what_cannot_be_read_is_a_finding(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    items, codes = taken(put(tmp_path / name, data))
    assert items == []
    assert code in codes


def test_a_link_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "secret.md", "# Тайна\nтекст")
    tree = tmp_path / "tree"
    put(tree / "ru" / "ok.md", "# Хорошо\nтекст")
    (tree / "ru" / "bad.md").symlink_to(tmp_path / "secret.md")
    items, codes = taken(tree)
    assert [i.title for i in items] == ["Хорошо"]
    assert codes == ["PZ519"]


def test_what_is_brought_loads_as_articles(tmp_path: Path) -> None:
    text = 'Вопрос,Ответ\n"Как: платить? #1","Картой\n--- и ещё"\nКак: платить? #1,Дважды\n\'- [x]\',Ответ\n'
    items, _ = taken(put(tmp_path / "faq.csv", text))
    made, findings = propose(tmp_path, items)
    assert findings == []
    assert len({m.name for m in made}) == 3
    for each in made:
        put(tmp_path / each.name, each.text)
    articles, faults = load(tmp_path, LANGS, date(2026, 1, 1))
    assert {a.title for a in articles} == {"Как: платить? #1", "'- [x]'"}
    assert [f.code for f in faults if f.severity == "error"] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["ru", "Да", "<p>нет</p>", "a-b", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["articles", "sections", "translations", "payload"]), JSON, max_size=4))
def test_any_export_is_read_or_named(tmp_path: Path, data: dict[str, object]) -> None:
    items, findings = read(put(tmp_path / "x.json", json.dumps(data)), LANGS)
    made, _ = propose(tmp_path, items)
    assert all(f.place.line for f in findings)
    assert all(m.name.startswith("kb/") for m in made)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet='вопрос;ответ,"\n\t ab|#-:', max_size=120))
def test_any_table_is_read_or_named(tmp_path: Path, text: str) -> None:
    items, findings = read(put(tmp_path / "x.csv", f"вопрос;ответ\n{text}"), LANGS)
    rows = f"вопрос;ответ\n{text}".splitlines()
    assert all(1 <= each.place.line <= len(rows) + 1 for each in (*items, *findings))
    propose(tmp_path, items)


@given(st.text(max_size=200))
def test_any_html_becomes_some_text(text: str) -> None:
    markdown(text)
    markdown(f"<ul><li>{text}</ol><a href='{text}'>{text}</div>")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path / "data"))
    return copy_desk(tmp_path / "desk")


def texts(desk: Path) -> dict[str, bytes]:
    return {p.relative_to(desk).as_posix(): p.read_bytes() for p in (desk / "kb").rglob("*") if p.is_file()}


def test_import_asks_before_it_writes_over_and_can_be_taken_back(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(desk)
    source = put(tmp_path / "src" / "ru" / "opening.md", "---\ntitle: Другое\n---\nДругой текст\n").parents[1]
    put(tmp_path / "src" / "ru" / "more" / "fresh.md", "---\ntitle: Новое\n---\nТекст\n")
    command = ["kb", "import", str(source), "--desk", str(desk), "--lang", "ru"]
    assert cli.run([*command, "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "Новых 1, таких же 0, с другим текстом 1." in said.out
    assert "PZ543" in said.err
    assert texts(desk) == before
    assert cli.run(command) == 0
    assert texts(desk) == {**before, "kb/ru/more/fresh.md": "---\ntitle: Новое\n---\nТекст\n".encode()}
    capsys.readouterr()
    assert cli.run([*command, "--overwrite"]) == 0
    assert "Другой текст" in (desk / "kb/ru/opening.md").read_text()
    said = capsys.readouterr()
    assert "--undo" in said.out
    assert "PZ543" not in said.err
    for _ in range(2):
        assert cli.run(["kb", "import", "--undo", "--desk", str(desk)]) == 0
    assert texts(desk) == before
    capsys.readouterr()
    assert cli.run(["kb", "import", "--undo", "--desk", str(desk), "--lang", "ru"]) == 2
    assert capsys.readouterr().err == "Отменять нечего: импорта не было.\n"
    assert cli.run(["kb", "import", "--desk", str(desk)]) == 2
    assert cli.run(["kb", "import", str(tmp_path / "none.csv"), "--desk", str(desk), "--lang", "ru"]) == 2
    assert "Нет такого: " in capsys.readouterr().err


def test_an_edited_article_survives_the_undo(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = put(tmp_path / "faq.csv", "Вопрос,Ответ\nГде ключи,У вахтёра\n")
    assert cli.run(["kb", "import", str(source), "--desk", str(desk)]) == 0
    [new] = (desk / "kb").rglob("gde-klyuchi.md")
    new.write_text(new.read_text() + "Ещё строка.\n")
    assert cli.run(["kb", "import", "--undo", "--desk", str(desk), "--lang", "en"]) == 0
    assert "left alone" in capsys.readouterr().out
    assert new.exists()


def test_broken_rows_are_named_where_they_are(tmp_path: Path) -> None:
    text = (
        'Вопрос;Ответ;Язык;Кто\n"Как платить за ""Дом""?";"Картой; или\nв офисе";ru;я\nWie;Karte;de;\nЛишняя;a;ru;;x\n'
        'Без кавычки;"Ответ;ru;\nПосле;Слова;ru;\nХвост;"а" б;ru;\nДля своих;да;ru;\n'
    )
    items, findings = read(put(tmp_path / "faq.csv", text), LANGS)
    assert [(i.title, i.body) for i in items] == [
        ('Как платить за "Дом"?', "Картой; или\n\nв офисе"),
        ("После", "Слова"),
        ("Для своих", "да"),
    ]
    assert [(f.place.line, f.place.column, f.code) for f in findings] == [
        (1, 19, "PZ547"), (4, 11, "PZ546"), (5, 14, "PZ549"), (6, 13, "PZ550"), (8, 7, "PZ550"),
    ]  # fmt: skip
    items, codes = taken(put(tmp_path / "vip.csv", "Вопрос,Ответ,Видимость\nДа,нет,vip\nНет,да,Всем\n"))
    assert ([i.title for i in items], codes) == (["Нет"], ["PZ545"])
    assert taken(put(tmp_path / "no.csv", "вопрос;прочее\nа;б\n")) == ([], ["PZ555"])


@pytest.mark.parametrize("encoding", ["cp866", "koi8-r", "cp1251", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    text = "Вопрос;Ответ\nКогда починят связь?;Завтра утром приедет мастер, ждите\n"
    items, codes = taken(put(tmp_path / "faq.csv", text.encode(encoding)))
    assert items[0].body == "Завтра утром приедет мастер, ждите"
    assert codes == ([] if encoding.startswith("utf") else ["PZ542"])


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["Раздел", "Вопрос", "Ответ"], ["Оплата", "Картой?", "Да"], [None, "Наличными?", 5], ["x", "Сумма", "=1+1"], ["Шапка", None, None]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A5:C5")
    book.create_sheet("Ещё").append(["вопрос", "ответ"])
    book.save(tmp_path / "faq.xlsx")
    items, findings = read(tmp_path / "faq.xlsx", LANGS)
    assert [(i.title, i.body, i.tags) for i in items] == [
        ("Картой?", "Да", ("Оплата",)),
        ("Наличными?", "5", ("Оплата",)),
    ]
    assert [(f.code, f.values.get("cell", ""), f.place.line) for f in findings] == [
        ("PZ551", "C4", 4),
        ("PZ541", "", 5),
    ]
    assert findings[0].place.file.endswith("faq.xlsx!Sheet")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


def test_a_tree_of_another_tool(tmp_path: Path) -> None:
    root = tmp_path / "site"
    put(root / "en/guide/index.md", "+++\ntitle = 'Pay by card'\nweight = 3\ntags = ['money']\nexpiryDate = 2031-01-01\n+++\n![card](card.png) [setup](../setup.md#now) [gone](../gone.md)\n")  # fmt: skip
    put(root / "en/guide/card.png", PNG)
    put(root / "en/setup.md", "---\ntitle: Setup\ncategories: [start, Help]\nauthor: Team\nslug: set-up\n---\n# Setup\n\nText {{< x >}} ![e](../../../etc/passwd) ![s](x.svg)\n")  # fmt: skip
    put(root / "en/x.svg", "<svg onload='x()'/>")
    put(root / "en/draft.md", "---\ntitle: Draft\ndraft: true\n---\nx\n")
    put(root / "en/closed.md", "---\ntitle: Closed\nvisibility: staff\n---\nx\n")
    put(root / "en/toml.md", "+++\ntitle = x\n+++\nx\n")
    put(root / "en/yaml.md", "---\ntitle: [x\n---\nx\n")
    put(root / "noname.ru.md", "---\naudience: vip\n---\nтолько для своих\n")
    items, findings = read(root, LANGS)
    said = {(Path(f.place.file).name, f.place.line, f.code) for f in findings}
    assert said == {
        ("index.md", 3, "PZ548"), ("setup.md", 9, "PZ548"), ("setup.md", 9, "PZ552"), ("draft.md", 1, "PZ544"),
        ("closed.md", 1, "PZ545"), ("toml.md", 2, "PZ502"), ("yaml.md", 2, "PZ118"),
    }  # fmt: skip
    made, more = propose(tmp_path, items)
    assert [(f.code, f.values["address"]) for f in more] == [("PZ552", "../gone.md")]
    files = {each.name: each for each in made}
    assert set(files) == {"kb/en/guide/guide.md", "kb/en/guide/card.png", "kb/en/set-up.md", "kb/ru/noname.md"}
    assert files["kb/en/guide/card.png"].data == PNG
    assert files["kb/en/guide/guide.md"].text.endswith("![card](card.png) [setup](set-up#now) gone\n")
    assert "effective_to: 2031-01-01" in files["kb/en/guide/guide.md"].text
    assert (
        files["kb/en/set-up.md"].text
        == "---\ntitle: Setup\ntags:\n  - start\n  - Help\nowner: Team\n---\n\nText  e s\n"
    )
    assert "audience: vip" in files["kb/ru/noname.md"].text
    judged = judge(tmp_path / "none", LANGS, date(2026, 1, 1), made, advice=False)
    assert [p.name for p in judged.refused] == ["kb/ru/noname.md"]  # it has no title


def test_translations_share_a_name_and_links_lead_to_it(tmp_path: Path) -> None:
    data = {
        "articles": [
            {"id": 100, "title": "Как платить", "body": "<a href='https://x.zendesk.com/hc/ru/articles/101-tarify'>тарифы</a> <a href='/hc/a'>там</a>", "locale": "ru", "html_url": "https://x.zendesk.com/hc/ru/articles/100"},
            {"id": 101, "title": "Тарифы", "body": "<b> да </b>нет <a href='/hc/b'>тут</a>", "locale": "ru"},
            {"id": 102, "title": "Закрытая", "body": "x", "locale": "ru", "user_segment_id": 5},
        ],
        "translations": [
            {"source_id": 100, "locale": "en-us", "title": "How to pay", "body": "<p>By card</p>"},
            {"source_id": 102, "locale": "en-us", "title": "Leak", "body": "<p>Leak</p>"},
        ],
    }  # fmt: skip
    items, findings = read(put(tmp_path / "z.json", json.dumps(data, indent=1, ensure_ascii=False)), LANGS)
    assert [(f.code, f.place.line) for f in findings] == [("PZ545", 16)]
    made, more = propose(tmp_path, items)
    texts_of = {each.name: each.text for each in made}
    assert set(texts_of) == {"kb/ru/kak-platit.md", "kb/en/kak-platit.md", "kb/ru/tarify.md"}
    assert "[тарифы](tarify) [там](https://x.zendesk.com/hc/a)" in texts_of["kb/ru/kak-platit.md"]
    assert texts_of["kb/ru/tarify.md"].endswith("**да** нет тут\n")
    assert [f.code for f in more] == ["PZ552"]


def test_a_page_is_one_article_or_one_for_each_heading(tmp_path: Path) -> None:
    page = "<html lang=ru><title>Вопросы</title><h1>Вопросы</h1><p>О нас</p><h2>Где?</h2><p>Тут</p><h2>Когда?</h2><table><tr><td>пн</td><td>9|21</td></tr></table></html>"
    path = put(tmp_path / "page.html", page)
    [one] = read(path, LANGS)[0]
    assert (one.title, one.body.count("## ")) == ("Вопросы", 2)
    three = read(path, LANGS, split=True)[0]
    assert [(i.title, i.body) for i in three] == [
        ("Вопросы", "О нас"), ("Где?", "Тут"), ("Когда?", "| пн | 9\\|21 |\n| --- | --- |"),
    ]  # fmt: skip


def test_what_would_not_pass_is_refused_and_the_others_go_on(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = put(tmp_path / "faq.csv", "Вопрос,Ответ\nХорошая,Да\nПлохая,[x](javascript:alert(1))\n")
    command = ["kb", "import", str(source), "--desk", str(desk), "--lang", "en"]
    assert cli.run([*command, "--dry-run", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [f["state"] for f in data["files"]] == ["new", "refused"]
    assert {(f["code"], f["line"]) for f in data["findings"]} >= {("PZ517", 3), ("PZ511", 2), ("PZ534", 2)}
    before = texts(desk)
    assert cli.run(command) == 1
    said = capsys.readouterr()
    assert "Refused: 1; the others go on." in said.out
    assert f"{source}:3:8  PZ517" in said.err
    new = texts(desk).keys() - before.keys()
    assert len(new) == 1
    assert [f for f in load(desk, LANGS, date(2026, 1, 1))[1] if f.severity == "error"] == []
    assert cli.run(command) == 1
    assert "There is nothing to write." in capsys.readouterr().out
    [path] = new
    put(desk / path, "---\ntitle: Хорошая\n---\nПравлено.\n")
    moved = desk / "kb/ru/deep" / Path(path).name
    moved.parent.mkdir()
    (desk / path).rename(moved)
    assert cli.run(command) == 1
    assert "Правлено" in moved.read_text()
    assert not (desk / path).exists()
    assert cli.run([*command, "--overwrite"]) == 1
    assert "Правлено" not in moved.read_text()
    assert cli.run(["kb", "import", "--undo", "--desk", str(desk)]) == 0
    assert "Правлено" in moved.read_text()


def test_what_goes_away_comes_back_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Path) -> None:
    away = tmp_path / "away"
    assert cli.run(["kb", "export", str(away), "--desk", str(ROOT)]) == 0
    assert cli.run(["kb", "export", str(away), "--desk", str(ROOT)]) == 2
    for path in (desk / "kb").rglob("*.md"):
        path.unlink()
    odd = put(away / "ru/odd.md", "\ufeff---\r\ntitle: Чудно\r\n---\r\n![п](img/a.png) и [оплата](how-to-pay)\r\n")
    put(away / "ru/img/a.png", PNG)
    assert cli.run(["kb", "import", str(away), "--desk", str(desk)]) == 0
    assert (desk / "kb/ru/odd.md").read_bytes() == odd.read_bytes()
    assert (desk / "kb/ru/img/a.png").read_bytes() == PNG
    (desk / "kb/ru/odd.md").unlink()
    ours = {p.relative_to(ROOT).as_posix() for p in (ROOT / "kb").rglob("*.md")}
    assert ours == {n for n in texts(desk) if n.endswith(".md")}
    same, differ, missing = filecmp.cmpfiles(ROOT, desk, ours, shallow=False)
    assert (differ, missing) == ([], [])
    assert len(same) >= 80


@pytest.mark.parametrize(
    "piece",
    [
        '<a href="x">y ',
        "<b>y ",
        "<div>",
        "<ul><li>",
        '<a b="',
        "<a b ",
        "<!--",
        "<!--x>",
        "<![if >",
        "<?",
        "</a",
        "<pre>    ",
    ],
)
def test_a_page_of_unclosed_tags_is_read_at_once(piece: str) -> None:
    begun = time.process_time()
    markdown(f"<h1>Page</h1>{piece * (300_000 // len(piece))}")
    assert time.process_time() - begun < 5  # some 0.3; it was minutes


def test_what_looks_like_a_comment_hides_nothing_else() -> None:
    text = "<p>a < b <!-- no <b>x</b> -->c <img alt='[1]' src='data:image/png;base64,%s'> end</p><!-- open" % (
        "A" * 9000
    )
    assert markdown(text)[1] == r"a \< b c \[1\] end" + "\n\nopen"
    assert markdown("<p><a href='/x'>one <a href='/y'>two</a></p>")[1] == "[one](/x) [two](/y)"


@pytest.mark.parametrize(
    ("rows", "tail", "why"),
    [
        (
            '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="A3:Z60000"/></mergeCells>',
            "> 50000",
        ),
        ("<row/>" * 200_000, "", "> 50000"),
        ("<row>" + "<c/>" * 600_000 + "</row>", "", "cells > 500000"),
        ("", "<mergeCells>" + '<mergeCell ref="A3:A9"/>' * 21_000 + "</mergeCells>", "merged cells > 20000"),
    ],
)
def test_a_small_file_of_a_huge_sheet_is_read_as_far_as_it_goes(tmp_path: Path, rows: str, tail: str, why: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["question", "answer"])
    book.active.append(["How to pay", "By card"])
    book.save(tmp_path / "small.xlsx")
    sheet = "xl/worksheets/sheet1.xml"
    with (
        zipfile.ZipFile(tmp_path / "small.xlsx") as small,
        zipfile.ZipFile(tmp_path / "huge.xlsx", "w", zipfile.ZIP_DEFLATED) as huge,
    ):
        for name in small.namelist():
            text = small.read(name)
            if name == sheet:
                text = text.replace(b"</sheetData>", f"{rows}</sheetData>{tail}".encode())
            huge.writestr(name, text)
    begun = time.process_time()
    items, findings = read(tmp_path / "huge.xlsx", LANGS)
    assert time.process_time() - begun < 15  # some 2; it was minutes
    assert [(f.code, f.values["why"]) for f in findings] == [("PZ540", why)]
    assert [i.title for i in items] == ([] if "cells" in why else ["How to pay"])
