"""What a clean desk becomes."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

import presszero
from presszero.diagnostics import rules
from presszero.dialogue.conditions import All, AnyOf, Filled, Is, Not, Open, Tag
from presszero.dialogue.flow import (
    Ask,
    Call,
    End,
    FlowSet,
    Http,
    Kb,
    Menu,
    Operator,
    Set,
    SlotType,
    Ticket,
    ToFlow,
    ToStep,
    When,
)
from presszero.dialogue.text import Hole
from presszero.errors import Place
from presszero.flows import Known, load
from presszero.flows.names import ENGINE
from presszero.flows.texts import holes
from presszero.flows.words import engine_words
from tests.flows.desks import COMMON, KNOWN, ROOT, edited, errors, files, load_texts, said

N, T = "no_connection", "change_tariff"


@pytest.fixture(scope="module")
def desk() -> FlowSet:
    loaded = load_texts(files())
    assert said(loaded.findings) == []
    assert loaded.flows is not None
    return loaded.flows


def test_steps_fall_through_and_exits_are_targets(desk: FlowSet) -> None:
    flow = desk.flows[N]
    assert list(flow.steps)[:4] == ["contract", "line", "sort", "outage"]
    assert flow.first == "contract"
    contract, line, outage, advice = (flow.steps[s] for s in ("contract", "line", "outage", "advice"))
    assert isinstance(contract, Ask)
    assert (contract.next, contract.dont_know, contract.give_up) == (ToStep("line"), ToStep("advice"), None)
    assert isinstance(line, Http)
    assert line.not_found == ToStep("contract", 2, ToStep("advice"))
    assert line.failed == ToStep("advice")
    assert line.given == {"contract": (Hole(("contract",)),)}
    assert outage.next == End()
    assert isinstance(advice, Kb)
    assert advice.helped == End()
    assert flow.steps["told"].next == ToFlow("to_operator")
    assert flow.queue == "tech"
    assert (flow.slots["contract"].min, flow.slots["contract"].max, flow.slots["contract"].remember) == (
        6,
        10,
        "customer",
    )


def test_a_menu_and_its_options(desk: FlowSet) -> None:
    menu = desk.flows[N].steps["lights"]
    assert isinstance(menu, Menu)
    assert menu.save == "lights"
    assert [(o.value, o.go) for o in menu.options] == [("none", None), ("red", ToStep("fault"))]
    assert menu.options[0].also == {"ru": ("не горит",), "en": ("nothing",)}
    other = desk.flows[T].steps["pick"]
    assert isinstance(other, Menu)
    assert other.options_from == ("tariffs", "items")


def test_plurals_and_channels(desk: FlowSet) -> None:
    text = desk.flows[N].steps["outage"].text
    assert text.render("ru", {"line": {"eta_h": 3.0}}).endswith("через 3 часа.")
    assert text.render("en", {"line": {"eta_h": 1}}).endswith("in 1 hour.")
    asked = desk.flows[N].steps["contract"].text
    assert asked.render("en", {}, "voice") == "Key in your contract number, then hash."


def test_an_operator_and_a_survey(desk: FlowSet) -> None:
    hand = desk.flows["to_operator"].steps["hand"]
    assert isinstance(hand, Operator)
    assert (hand.queue, hand.nobody_after, hand.nobody) == ("here", 300.0, ToStep("note"))
    assert (hand.returned, hand.left, hand.resolved) == (End(), None, ToStep("rated"))
    last = desk.flows["to_operator"].steps["rated"]
    assert isinstance(last, Call)
    assert last.next == End()
    score = desk.flows["rate_us"].steps["score"]
    assert isinstance(score, Ask)
    assert score.metric is not None
    assert (score.metric.name, score.metric.once_per, score.metric.expires) == ("csat", 2592000.0, 604800.0)
    loaded = load_texts(edited("to_operator", "    returned: end\n    resolved: rated\n", "    go: rated\n"))
    after = loaded.draft.flows["to_operator"].steps["hand"]
    assert isinstance(after, Operator)
    assert {after.left, after.returned, after.resolved} == {ToStep("rated")}


def test_conditions(desk: FlowSet) -> None:
    when = desk.flows[T].steps["business"]
    assert isinstance(when, When)
    segment, vip = Is(("customer", "segment"), ("business",)), Tag(("vip", "gold"))
    assert when.cases[0][0] == All((AnyOf((segment, vip)), Not(Open("support"))))
    assert when.cases[1][0] == All(
        (Is(("channel",), ("web", "telegram")), Is(("lang",), ("ru",)), Filled(("contract",)))
    )
    assert when.otherwise == ToStep("night")


def test_go_alone_and_tags(desk: FlowSet) -> None:
    night, mark = desk.flows[T].steps["night"], desk.flows[T].steps["mark"]
    assert isinstance(night, Set)
    assert (night.values, night.next) == ({}, End())
    assert isinstance(mark, Set)
    assert (mark.values, mark.tags) == ({"outcome": ("changed",)}, ("new_plan",))


def test_a_ticket_tells_the_customer_unless_the_author_writes_less() -> None:
    loaded = load_texts(edited("to_operator", "    notify: [accepted, status_changed, resolved]\n", ""))
    note = loaded.draft.flows["to_operator"].steps["note"]
    assert isinstance(note, Ticket)
    assert note.notify == ("accepted", "status_changed", "resolved")


def test_what_starts_a_flow_and_what_its_phrases_train() -> None:
    loaded = load_texts(files())
    assert loaded.flows is not None
    assert loaded.flows.starts == {"no_connection": N, "change_tariff": T}
    mine = [p for p in loaded.phrases if p.flow == T]
    assert [(p.intent, p.lang, p.text) for p in mine] == [
        (T, "ru", "сменить тариф"),
        (T, "ru", "другой тариф"),
        (T, "en", "change my plan"),
        (T, "en", "another plan"),
    ]
    assert mine[1].place == Place("flows/change_tariff.yaml", 9, 27)
    assert loaded.flows.flows[T].listed is False


def test_common_is_inherited(desk: FlowSet) -> None:
    common = desk.common
    assert common.give_up == ToFlow("to_operator")
    assert common.verify == "prove"
    assert (common.silence_chat, common.silence_voice) == (1800.0, 6.0)
    assert len(common.misunderstood) == 2
    assert desk.universal_words["позовите человека"] == "operator"


def test_places_are_kept() -> None:
    loaded = load_texts(files())
    assert loaded.place(N, "lights").line < loaded.place(N, "lights", "options", "red").line
    assert loaded.place(N, "lights", "nothing") == loaded.place(N, "lights")
    assert loaded.place("nowhere") == Place("flows/_common.yaml")


def test_the_version_is_of_the_structure() -> None:
    def version(old: str, new: str) -> str:
        return load_texts(edited(N, old, new)).draft.flows[N].version

    now = version("format: 1", "format: 1")
    assert re.fullmatch("[0-9a-f]{16}", now)
    for old, new in (
        ("Проверьте, что блок", "Посмотрите, что блок"),
        ('"нет интернета", ', ""),
        ("queue: tech", "queue: sales"),
        ("category: network/no_link", "category: callback"),
        ('also: {ru: ["не горит"]', 'also: {ru: ["темно"]'),
        ("  - id: power", "\n  - id: power"),
    ):
        assert version(old, new) == now, new
    changed = {
        version(old, new)
        for old, new in (
            ("    wait: 2m", "    wait: 3m"),
            ("go: fault}", "go: power}"),
            ("value: none", "value: nothing"),
            ("max: 10", "max: 12"),
            ("    nothing: lights", "    nothing: power"),
            ("  - id: power\n", "  - id: plug\n"),
            ("max: 2, then", "max: 3, then"),
        )
    }
    assert len(changed) == 7
    assert now not in changed


def test_a_folder_is_loaded(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    (tmp_path / "flows/_common.yaml").write_text(COMMON, "utf-8")
    loaded = load(tmp_path, KNOWN)
    assert loaded.findings == ()
    assert loaded.flows is not None
    assert loaded.flows.flows[N].file == "flows/no_connection.yaml"
    (tmp_path / "flows/other.yml").write_text("x", "utf-8")
    (tmp_path / "flows/folder.yaml").mkdir()
    assert [f.code for f in load(tmp_path, KNOWN).findings] == ["PZ125", "PZ240"]


def test_a_picture_is_a_file_of_the_desk_and_of_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flows", tmp_path / "desk/flows")
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "desk/ok.png").write_bytes(b"x")
    path = tmp_path / "desk/flows/no_connection.yaml"
    text = path.read_text("utf-8")
    for name, codes in (("ok.png", []), ("../secret.png", ["PZ239"]), ("nope.png", ["PZ239"])):
        path.write_text(text.replace("  - id: power\n", f"  - id: power\n    picture: {name}\n"), "utf-8")
        assert [f.code for f in load(tmp_path / "desk", KNOWN).findings] == codes


def test_a_desk_without_flows_is_told(tmp_path: Path) -> None:
    assert [f.code for f in load(tmp_path, Known()).findings] == ["PZ238"]


def test_a_desk_rewords_the_engine() -> None:
    texts = files()
    texts["flows/_common.yaml"] += 'texts:\n  queued: {ru: "Место ${queue.place}.", en: "Place ${queue.place}."}\n'
    loaded = load_texts(texts)
    assert errors(texts) == []
    assert loaded.flows is not None
    assert loaded.flows.words["queued"].render("ru", {"queue": {"place": 2}}) == "Место 2."
    assert loaded.flows.words["yes"] == engine_words()["yes"]


ALWAYS = set(ENGINE) | {
    "value",
    "contact",
    "link",
    "operator.name",
    "t.number",
    "t.due",
    "t.state_text",
    "label",
    "digit",
    "mb",
    "number",
    "title",
    "state_text",
    "name",
    "url",
}


def test_the_engine_speaks_both_languages_in_one_voice() -> None:
    words = engine_words()
    assert len(words) > 60
    for key, text in words.items():
        assert {"ru", "en"} <= text.by.keys(), key
        for made in text.by.values():
            assert holes(made) <= ALWAYS, key
            assert "!" not in "".join(p for p in made if isinstance(p, str)), key
            assert "извините за неудобства" not in str(made)


def test_every_sentence_the_engine_says_is_there() -> None:
    """A key that code asks for and nobody wrote would be silence."""
    asked: set[str] = set()
    for path in sorted((Path(presszero.__file__).parent / "dialogue").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"word", "say_word", "say_system"}:
                asked |= set(_keys(node.args[0])) if node.args else set()
    assert len(asked) > 25
    assert asked - engine_words().keys() == set()
    assert {f"invalid_{kind}" for kind in get_args(SlotType)} <= engine_words().keys()


def _keys(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_keys(node.body), *_keys(node.orelse)]
    return [str(node.value)] if isinstance(node, ast.Constant) else []


def test_every_rule_prints() -> None:
    mine = {code: rule for code, rule in rules().items() if code[:3] in {"PZ2", "PZ3"} or code < "PZ180"}
    assert len(mine) > 80
    for code, rule in mine.items():
        for lang in ("ru", "en"):
            assert rule.sentence(lang, {}).strip().endswith((".", ":", '"', "?", ")", "»")), code
            rule.hint(lang, {})
        assert bool(rule.hint_ru) == bool(rule.hint_en), code
        assert code == "PZ219" or not re.search("[а-яё]", rule.en + rule.hint_en), code


def test_other_languages_than_the_desk_has() -> None:
    loaded = load_texts(files(), Known(languages=("ru",)))
    assert {f.code for f in loaded.findings} == {"PZ241"}


def test_an_intent_that_nothing_teaches_is_a_warning() -> None:
    texts = edited(N, "intents: [no_connection]", "intents: [no_connection, slow_sped]")
    found = load_texts(texts, Known(intents=frozenset({"slow_speed"}))).findings
    assert [f.code for f in found] == ["PZ243"]
    assert "slow_speed" in found[0].hint("en")


def test_every_code_of_these_rules_is_tested() -> None:
    here = Path(__file__).parent
    examples = here.parents[1] / "docs" / "checks"
    sources = (*here.glob("*.py"), *(here.parent / "check").glob("*.py"), *examples.glob("*.txt"))
    tested = "".join(p.read_text("utf-8") for p in sources)
    mine = {code for code in rules() if code[:3] in {"PZ2", "PZ3"} or code < "PZ180"}
    assert len(mine) > 90
    assert {code for code in mine if code not in tested} == set()
