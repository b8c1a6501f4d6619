"""One mistake in a clean desk: its code, at its line, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from presszero.flows import Known
from presszero.flows.load import contents
from tests.flows.desks import KNOWN, edited, errors, files, line_of, load_texts, said

N, T, H, R, P, C = "no_connection", "change_tariff", "to_operator", "rate_us", "prove", "_common"
# file, what stood there, what stands there now, the code; the line is that of the first line that changed
MISTAKES = [
    # the file
    (N, "format: 1\n", "format: 2\n", "PZ190"),
    (N, "flow: no_connection\n", "flow: no_conection\n", "PZ207"),
    (N, "flow: no_connection\n", "flow: No connection\n", "PZ204"),
    (N, "queue: tech\n", "queue: tehc\n", "PZ232"),
    (N, "queue: tech\n", "qeue: tech\n", "PZ181"),
    (N, 'title: {ru: "Не работает интернет", en: "No internet"}', 'title: {ru: "Не работает интернет"}', "PZ214"),
    (N, "publish: {in_flight: keep, drain: 24h}", "publish: {in_flight: kep, drain: 24h}", "PZ184"),
    (N, "publish: {in_flight: keep, drain: 24h}", "publish: {in_flight: keep, drain: a day}", "PZ186"),
    (T, "listed: no\n", "listed: maybe\n", "PZ187"),
    (T, "review_by: 2027-03-31", "review_by: 31.03.2027", "PZ247"),
    (N, "    ru: [", "    rus: [", "PZ181"),
    (N, "intents: [no_connection]", "intents: [change_tariff]", "PZ237"),
    (N, "intents: [no_connection]", "intents: no_connection]", "PZ248"),
    (T, "tag: [new_plan]", "tag: new_plan]", "PZ248"),
    (N, "{value: none,", "{value: none of it,", "PZ248"),
    (N, "slots:\n", "slost:\n", "PZ181"),
    (N, "    save: t\n", "    svae: t\n", "PZ181"),
    # slots
    (N, "type: digits, min: 6", "type: digit, min: 6", "PZ184"),
    (N, "min: 6, max: 10", "min: 16, max: 10", "PZ213"),
    (N, "min: 6, max: 10", "min: six, max: 10", "PZ185"),
    (N, "remember: customer", "remember: always", "PZ184"),
    (N, "{type: digits, min: 6, max: 10, remember: customer}", "{type: phone, min: 6}", "PZ213"),
    (T, "fresh: 90d", "fresh: 90 days", "PZ186"),
    # steps
    (N, "  - id: power\n    say:", "  - id: power\n    sya:", "PZ201"),
    (N, "    wait: 2m\n", "    wait: 2m\n    say: {ru: Раз, en: One}\n", "PZ202"),
    (N, "    wait: 2m\n", "    wait: a minute\n", "PZ186"),
    (N, "    skip_on: any_message", "    skip_on: any", "PZ184"),
    (N, "    skip_on: any_message", "    skip_no: any_message", "PZ181"),
    (N, "  - id: power\n", "  - id: lights\n", "PZ203"),
    (N, "  - id: pause\n", "  - id: end\n", "PZ205"),
    (N, "  - id: pause\n", "  - id: Pause\n", "PZ204"),
    (N, "  - id: pause\n", "  - id: раuse\n", "PZ204"),
    # targets
    (N, "    dont_know: advice", "    dont_know: advise", "PZ208"),
    (N, "    dont_know: advice", "    dont_know: to_operator", "PZ208"),
    (N, "    dont_know: advice", "    dont_know: [advice]", "PZ210"),
    (N, "then: advice}", "then: advise}", "PZ208"),
    (N, "{step: contract, max: 2, then: advice}", "{step: contract, max: 2}", "PZ211"),
    (N, "{step: contract, max: 2, then: advice}", "{step: contract, then: advice}", "PZ211"),
    (N, "{step: contract, max: 2, then: advice}", "{step: contract, max: many, then: advice}", "PZ185"),
    (N, "{step: contract, max: 2, then: advice}", "{step: contract, mxa: 2, max: 2, then: advice}", "PZ181"),
    (N, "go: {flow: to_operator}", "go: {flow: to_operators}", "PZ209"),
    (N, "        go: outage\n", "        go: outages\n", "PZ208"),
    (N, "    else: advice", "    else: advise", "PZ208"),
    (N, "go: fault}", "go: faults}", "PZ208"),
    (H, "    call: rate_us", "    call: rateus", "PZ209"),
    (H, "nobody: {after: 5m, go: note}", "nobody: {after: 5m, go: notes}", "PZ208"),
    (H, "nobody: {after: 5m, go: note}", "nobody: {after: five, go: note}", "PZ186"),
    (H, "nobody: {after: 5m, go: note}", "nobody: {after: 5m}", "PZ182"),
    # texts
    (N, '      en: "Please send your', '      e: "Please send your', "PZ181"),
    (N, '      en: "Please send your', '      de: "Please send your', "PZ181"),
    (
        N,
        '      - {ru: "Нужно от 6 до 10 цифр без букв.", en:',
        '      - {ru: "Нужно от 6 до 10 цифр без букв.", eng:',
        "PZ181",
    ),
    (N, '"Проверьте, что блок', '"Пpоверьте, что блок', "PZ220"),
    (N, "${line.eta_h|час|часа|часов}", "${line.eta_h|час|часа}", "PZ219"),
    (N, "${line.eta_h|hour|hours}", "${line.eta_h|hour|hours|hourses}", "PZ219"),
    (N, "${line.eta_h|hour|hours}", "a few hours", "PZ218"),
    (N, "Заявка №${t.number}", "Заявка №${t.numbr}", "PZ217"),
    (N, "Заявка №${t.number} принята", "Заявка №${t.number + 1} принята", "PZ216"),
    (N, "Заявка №${t.number} принята", "Заявка ${t.number} №${принята", "PZ216"),
    (N, '      ru: "Пришлите номер договора: 6–10 цифр, он есть в СМС от нас."', '      ru: ""', "PZ183"),
    (H, '    say: {ru: "Сейчас никто', '    say: {ru: "' + "ы" * 5000 + "Сейчас никто", "PZ221"),
    (N, 'label: {ru: "Никакие"', 'label: {ru: "' + "ы" * 70 + '"', "PZ221"),
    (
        N,
        '      - {ru: "Нужно от 6 до 10 цифр без букв.", en: "It should be 6 to 10 digits, no letters."}',
        "      - Цена: 100",
        "PZ112",
    ),
    (N, '{ru: "Заработало?", en: "Is it working now?"}', '{ru: "Заработало?", en: Is it working, now?}', "PZ115"),
    # menu, ask
    (N, "{value: none, label", "{label", "PZ182"),
    (N, '{value: none, label: {ru: "Никакие", en: "None"}, ', "{value: none, ", "PZ182"),
    (N, "{value: none, label", "{value: red, label", "PZ235"),
    (N, "{value: none, label", "{value: none, lable", "PZ181"),
    (N, "    menu: lights  ", "    menu: Lights  ", "PZ204"),
    (N, "    menu: helped", "    menu: open", "PZ205"),
    (T, "    options_from: tariffs.items", "    options_from: tariffs.item", "PZ224"),
    (T, "    options_from: tariffs.items", "    options_from: contract", "PZ236"),
    (T, "    options_from: tariffs.items\n", "", "PZ234"),
    (N, "    ask: contract", "    ask: contact", "PZ212"),
    (R, "    metric: csat\n", "", "PZ245 PZ245"),
    (R, "    optional: true", "    optional: perhaps", "PZ187"),
    # conditions
    (N, "{line.outage: yes}", "{line.outages: yes}", "PZ224"),
    (N, "{line.outage: yes}", "{line.outage: да}", "PZ225"),
    (N, "{line.outage: yes}", "{}", "PZ227"),
    (N, "{line.outage: yes}", "{lights: green}", "PZ225"),
    (N, "{line.outage: yes}", "{lights: {at_most: 2}}", "PZ226"),
    (N, "{line.outage: yes}", "{line.debt: {at_mots: 2}}", "PZ181"),
    (N, "{line.outage: yes}", "{line.debt: {at_most: two}}", "PZ226"),
    (N, "{line.outage: yes}", "{line.debt: much}", "PZ225"),
    (N, "{line.outage: yes}", "{filled: contrakt}", "PZ224"),
    (N, "{line.outage: yes}", "{open: suport}", "PZ228"),
    (N, "{line.outage: yes}", "{channel: telegramm}", "PZ184"),
    (N, "{line.outage: yes}", "{lang: de}", "PZ184"),
    (N, "{line.outage: yes}", "{any: {line.outage: yes}}", "PZ183"),
    (N, "{line.outage: yes}", "{not: {line.outag: yes}}", "PZ224"),
    (N, "      - if: {line.outage: yes}\n        go: outage", "      - if: {line.outage: yes}", "PZ182"),
    # calls, articles, tickets, people
    (N, "http: billing.line", "http: billing.lines", "PZ229"),
    (N, 'with: {contract: "${contract}"}', 'with: {contrakt: "${contract}"}', "PZ230"),
    (N, '    with: {contract: "${contract}"}\n', "", "PZ231"),
    (N, 'with: {contract: "${contract}"}', 'with: {contract: "${contrakt}"}', "PZ217"),
    (N, 'with: {contract: "${contract}"}', "with: [contract]", "PZ183"),
    (N, "category: network/no_link", "category: network/nolink", "PZ233"),
    (N, "    ticket: create", "    ticket: creat", "PZ184"),
    (N, "    ticket: create", "    ticket: update", "PZ246"),
    (N, "notify: [accepted,", "notify: [acepted,", "PZ184"),
    (N, "    category: network/no_link\n", "    category: network/no_link\n    priority: hihg\n", "PZ184"),
    (H, "operator: here ", "operator: ther ", "PZ232"),
    (H, "brief: [contract,", "brief: [contrakt,", "PZ242"),
    # what is shared
    (C, "languages: [ru, en]", "languages: [ru, en, de]", "PZ184"),
    (C, "give_up: {flow: to_operator}", "give_up: {flow: to_operater}", "PZ209"),
    (C, "give_up: {flow: to_operator}", "give_up: hand", "PZ210"),
    (C, "give_up: {flow: to_operator}\n", "", "PZ317"),
    (C, "  restart:", "  retsart:", "PZ181"),
    (C, "silence: {chat: 30m", "silence: {chat: half an hour", "PZ186"),
    (C, "verify: prove", "verify: proof", "PZ209"),
    (C, "verify: prove", "texts: {helo: {ru: а, en: b}}", "PZ181"),
    (C, "verify: prove", 'texts: {queued: {ru: "${t.number}", en: "${t.number}"}}', "PZ217 PZ217"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "codes"), MISTAKES, ids=[f"{m[0]}-{m[2][:36].strip()}" for m in MISTAKES]
)
def test_one_mistake(file: str, old: str, new: str, codes: str) -> None:
    texts = edited(file, old, new)
    found = errors(texts)
    assert [f.split()[1] for f in found] == codes.split(), found
    assert all(f.startswith(file) for f in found)
    last = line_of(file, old) + new.count("\n") + 1
    above = texts[f"flows/{file}.yaml"].split("\n")[: line_of(file, old)]
    step = max((n for n, line in enumerate(above, 1) if line.startswith("  - id")), default=1)
    assert all(step <= int(f.split()[0].split(":")[1]) <= last for f in found), found


def test_the_desk_is_clean() -> None:
    assert errors(files()) == []
    assert errors(files(), Known()) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "hint"),
    [
        (N, "    else: advice", "    else: advise", "advice"),
        (N, "queue: tech\n", "queue: tehc\n", "tech"),
        (N, "category: network/no_link", "category: network/nolink", "network/no_link"),
        (N, "http: billing.line", "http: biling.line", "billing.line"),
        (N, "    ask: contract", "    ask: contarct", "contract"),
        (N, "  - id: power\n    say:", "  - id: power\n    sya:", "say"),
        (N, "{line.outage: yes}", "{open: suport}", "support"),
        (H, "    call: rate_us", "    call: rateus", "rate_us"),
        (N, "queue: tech\n", "qeue: tech\n", "queue"),
        (N, "    dont_know: advice", "    dont_know: to_operator", "{flow: to_operator}"),
        (N, "Заявка №${t.number}", "Заявка №${t.numbr}", "t.number"),
    ],
)
def test_did_you_mean(file: str, old: str, new: str, hint: str) -> None:
    finding = next(f for f in load_texts(edited(file, old, new)).findings if f.severity == "error")
    assert hint in finding.hint("ru")
    assert hint in finding.hint("en")


def test_warnings_refuse_nothing() -> None:
    loaded = load_texts(edited(N, 'fields: {contract: "${contract}"', "fields: {contract: contract"))
    assert said(loaded.findings) == [f"{N}:{line_of(N, 'fields: {contract')} PZ244"]
    assert loaded.flows is not None
    loaded = load_texts(edited(N, "Заявка №${t.number} принята", "Заявка №${t.number} {t.due} принята"))
    assert [f.code for f in loaded.findings] == ["PZ223"]
    assert loaded.flows is not None


def test_files_that_are_missing_or_not_read() -> None:
    texts = files()
    del texts["flows/_common.yaml"]
    assert errors(texts) == ["_common:0 PZ238"]
    texts = files() | {"flows/broken.yaml": "flow: broken\nsteps: [\n"}
    assert errors(texts) == ["broken:2 PZ118"]
    texts = files() | {"flows/empty.yaml": "", "flows/list.yaml": "- a\n", "flows/word.yaml": "flow:word\n"}
    assert errors(texts) == ["empty:1 PZ206", "list:1 PZ252", "word:1 PZ121"]


def test_a_file_in_a_folder_below_is_told_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "flows" / "a" / "b").mkdir(parents=True)
    (tmp_path / "flows" / "a" / "b" / "c.yaml").write_text("- broken", "utf-8")
    files, [found] = contents(tmp_path)
    assert not files
    assert (found.place.file, found.code) == ("flows/a/b/c.yaml", "PZ251")
    assert "flows/c.yaml" in found.hint("en")


def test_a_broken_file_makes_no_noise_elsewhere() -> None:
    texts = edited("rate_us", "slots:\n", "slots: {\n")
    assert {f.split(":")[0] for f in errors(texts)} == {"rate_us"}
    texts = edited(N, "{line.outage: yes}", "{line.outage: yes")
    assert {f.split(":")[0] for f in errors(texts)} == {N}


def test_all_mistakes_of_a_set_in_one_run() -> None:
    texts = files()
    for file, old, new in (
        (N, "    else: advice", "    else: advise"),
        (N, "queue: tech\n", "queue: tehc\n"),
        (H, "    call: rate_us", "    call: rateus"),
        (C, "give_up: {flow: to_operator}\n", ""),
        (T, "    failed: {flow: to_operator}\n", ""),
    ):
        texts[f"flows/{file}.yaml"] = texts[f"flows/{file}.yaml"].replace(old, new, 1)
    found = errors(texts)
    assert [f.split()[1] for f in found] == ["PZ317", "PZ303", "PZ232", "PZ208", "PZ209"]
    assert found == said(sorted((*load_texts(texts).findings, *_logic(texts))))


def _logic(texts: dict[str, str]) -> list:
    from presszero.check.lint import lint

    return [f for f in lint(load_texts(texts)) if f.severity == "error"]


def test_media_must_exist() -> None:
    old = "  - id: power\n"
    texts = edited(
        N,
        '    say: {ru: "Проверьте',
        '    picture: no.png\n    file: https://e.example/a.pdf\n    say: {ru: "Проверьте',
    )
    assert [e.split()[1] for e in errors(texts)] == ["PZ239"]
    assert old


def test_voice_needs_words_that_can_be_spoken() -> None:
    known = Known(channels=frozenset({"voice", "web"}))
    texts = edited(N, "Проверьте, что блок", "Смотрите https://e.example: проверьте, что блок")
    assert [f.code for f in load_texts(texts, known).findings] == ["PZ222"]
    assert load_texts(texts, KNOWN).findings == ()


def test_a_desk_of_one_language_writes_plain_strings() -> None:
    texts = {
        "flows/_common.yaml": "languages: [ru]\ngive_up: {flow: hello}\nmisunderstood: [Не понял., Ещё раз.]\nhome: hello\n",
        "flows/hello.yaml": "flow: hello\ntitle: Привет\nstarts_on: {phrases: [привет, здравствуйте]}\nsteps:\n"
        "  - id: hi\n    say: Здравствуйте, ${customer.name}.\n  - id: m\n    menu: m\n    text: Что дальше?\n    options:\n"
        "      - {value: a, label: Раз, also: [один]}\n      - {value: b, label: Два, go: end}\n  - id: bye\n    go: end\n",
    }
    loaded = load_texts(texts, Known())
    assert said(loaded.findings) == []
    assert loaded.flows is not None
    assert (
        loaded.flows.flows["hello"].steps["hi"].text.render("ru", {"customer": {"name": "Анна"}})
        == "Здравствуйте, Анна."
    )
    assert loaded.flows.common.languages == ("ru",)
