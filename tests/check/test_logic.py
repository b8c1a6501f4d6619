"""One fault of logic in a clean desk: its code, at its line, and nothing else."""

from __future__ import annotations

import pytest

from presszero.check.graph import Graph
from presszero.check.lint import RULES, lint
from presszero.check.rounds import circles
from tests.flows.desks import edited, errors, files, line_of, load_texts, said

N, T, H, R, P, C = "no_connection", "change_tariff", "to_operator", "rate_us", "prove", "_common"
LIGHTS_RED = '{value: red, label: {ru: "Красный", en: "Red"}, go: fault}'
# file, what stood there, what stands there now, then where and what is said
FAULTS = [
    # unreachable, falling off
    (
        N,
        "    wait: 2m\n    skip_on: any_message",
        "    wait: 2m\n    skip_on: any_message\n    go: end",
        ["{- id: helped} PZ301"],
    ),
    (H, "    resolved: rated", "    resolved: end", ["{- id: rated} PZ301"]),
    (N, "    go: {flow: to_operator}\n", "", ["{- id: told} PZ302"]),
    (T, "  - id: night\n    go: end\n", "  - id: night\n    set: {a: b}\n", ["{- id: night} PZ302"]),
    # missing exits
    (N, "    failed: advice   ", "    # none", ["{http: billing.line} PZ303"]),
    (N, "    nothing: lights\n", "", ["{    kb:} PZ304"]),
    (H, "    out_of_hours: note\n", "", ["{operator: here} PZ305"]),
    (H, "    nobody: {after: 5m, go: note}\n", "", ["{operator: here} PZ306"]),
    (N, "    else: advice\n", "", ["{- id: sort} PZ307"]),
    # personal calls
    (T, "    call: prove\n", "    call: rate_us\n", ["{http: billing.change_tariff} PZ308"]),
    (T, "  - id: who\n    call: prove\n", "", ["{http: billing.change_tariff} PZ308"]),
    # circles
    (N, "    else: advice", "    else: line", ["{- id: line} PZ309"]),
    (N, "{step: contract, max: 2, then: advice}", "line", ["{- id: line} PZ309"]),
    (H, "    out_of_hours: note", "    out_of_hours: hand", ["{- id: hand} PZ309"]),
    (R, "    go: end\n", "    go: low\n", ["{- id: low} PZ309"]),
    (P, "    go: end\n", "  - id: again\n    call: change_tariff\n", ["change_tariff:{call: prove} PZ310"]),
    (R, "    go: end\n", "    go: {flow: to_operator}\n", ["to_operator:{call: rate_us} PZ310"]),
    # words
    (T, '"другой тариф"', '"нет интернета"', ["no_connection:{    ru: [} PZ311"]),
    (T, '"другой тариф"', '"Не работает интернет!"', ["no_connection:{    ru: [} PZ311"]),
    (T, '"another plan"', '"main menu"', ["{main menu} PZ313"]),
    (N, 'also: {ru: ["не горит"]', 'also: {ru: ["красные"]', ["{value: red} PZ312"]),
    (N, 'label: {ru: "Никакие", en: "None"}', 'label: {ru: "Назад", en: "None"}', ["{value: none} PZ313"]),
    (N, 'label: {ru: "Никакие", en: "None"}', 'label: {ru: "Оператор", en: "None"}', ["{value: none} PZ313"]),
    # values that may be empty
    (N, "    not_found: {step: contract, max: 2, then: advice}", "    not_found: outage", ["{- id: outage + 2} PZ315"]),
    (T, "    failed: {flow: to_operator}\n  - id: pick", "    failed: pick\n  - id: pick", ["{options_from} PZ315"]),
    (T, "    none_of_these: end", "    none_of_these: change", ["{http: billing.change_tariff + 1} PZ315"]),
    (
        T,
        '    text: {ru: "Номер договора?"',
        '    optional: true\n    text: {ru: "Номер договора?"',
        ["{http: billing.change_tariff + 1} PZ315"],
    ),
    (H, "    brief: [", "    go: note\n    brief: [", []),
    # surveys, pauses, notices
    (R, "    expires: 7d\n", "", ["{metric: csat} PZ318"]),
    (N, "    skip_on: any_message\n", "", ["{wait: 2m} PZ319"]),
    (H, "    notify: [accepted, status_changed, resolved]", "    notify: []", ["{notify} PZ321"]),
]


def _where(file: str, texts: dict[str, str], spec: str) -> str:
    """``other:{mark + 2} PZ301`` as ``other:17 PZ301``: two lines below the mark."""
    place, code = spec.rsplit(" ", 1)
    name, _, mark = place.partition(":") if place[0] != "{" else (file, "", place)
    mark, _, below = mark.strip("{}").partition(" + ")
    text = texts[f"flows/{name}.yaml"]
    assert mark in text
    return f"{name}:{text.split(mark)[0].count(chr(10)) + 1 + int(below or 0)} {code}"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), FAULTS, ids=[f"{f[0]}-{f[2][:30].strip()}" for f in FAULTS]
)
def test_one_fault(file: str, old: str, new: str, expected: list[str]) -> None:
    texts = edited(file, old, new)
    assert errors(texts) == sorted(_where(file, texts, spec) for spec in expected)


UNUSED = "PZ325"  # the code that the verification of this desk asks for


def _codes(texts: dict[str, str], severity: str = "error") -> list[str]:
    return [f.code for f in lint(load_texts(texts)) if f.severity == severity and f.code != UNUSED]


def test_a_value_of_the_flow_whose_place_is_taken_may_be_shown_only_when_it_is_sure() -> None:
    text = "  - id: hand\n"
    shown = '  - id: about\n    say: {ru: "Договор ${contract}.", en: "Contract ${contract}."}\n'
    loaded = load_texts(edited(H, text, shown + text))
    assert loaded.flows is not None  # the name is known: flows that give way to this one have it
    found = [f for f in lint(loaded) if f.code != UNUSED]
    assert [f.code for f in found] == ["PZ316", "PZ315"]
    assert "the start of to_operator" in found[1].sentence("en")


def test_a_ticket_takes_a_value_that_may_be_missing() -> None:
    found = [f for f in lint(load_texts(files())) if f.code == "PZ316"]
    assert said(found) == [f"{N}:{line_of(N, 'fields: {')} PZ316"]
    assert "contract (dont_know)" in found[0].sentence("ru")


def test_a_condition_that_fills_a_value_makes_it_sure() -> None:
    old = "  - id: fault\n    ticket"
    asked = "  - id: fault\n    when:\n      - if: {filled: contract}\n        go: known\n    else: known2\n"
    texts = edited(N, old, asked + "  - id: known2\n    go: end\n  - id: known\n    ticket")
    assert _codes(texts, "warning") == []


@pytest.mark.parametrize(
    "condition",
    [
        "{customer.verified: yes}",
        "{customer.verified: yes, channel: web}",
        "{not: {any: [{customer.verified: no}, {channel: voice}]}}",
    ],
)
def test_a_condition_makes_a_customer_verified(condition: str) -> None:
    check = f"  - id: who\n    when:\n      - if: {condition}\n        go: ask\n    else: night\n"
    assert errors(edited(T, "  - id: who\n    call: prove\n", check)) == []


@pytest.mark.parametrize("condition", ["{customer.verified: no}", "{any: [{customer.verified: yes}, {channel: web}]}"])
def test_a_condition_that_proves_nothing(condition: str) -> None:
    check = f"  - id: who\n    when:\n      - if: {condition}\n        go: ask\n    else: night\n"
    assert [e.split()[1] for e in errors(edited(T, "  - id: who\n    call: prove\n", check))] == ["PZ308"]


def test_the_else_of_not_verified_is_verified() -> None:
    check = "  - id: who\n    when:\n      - if: {customer.verified: no}\n        go: night\n    else: ask\n"
    assert errors(edited(T, "  - id: who\n    call: prove\n", check)) == []


def test_a_flow_that_only_verified_customers_reach_is_verified() -> None:
    texts = edited(
        T,
        'starts_on:\n  phrases:\n    ru: ["сменить тариф", "другой тариф"]\n    en: ["change my plan", "another plan"]\n',
        "",
    )
    texts["flows/change_tariff.yaml"] = texts["flows/change_tariff.yaml"].replace("  - id: who\n    call: prove\n", "")
    assert "PZ308" in _codes(texts)
    texts[f"flows/{P}.yaml"] += "  - id: on\n    go: {flow: change_tariff}\n"
    entry = (
        "flow: entry\ntitle: {ru: а, en: b}\nstarts_on: {phrases: {ru: [вход], en: [entry]}}\nsteps:\n"
        "  - id: a\n    call: prove\n  - id: b\n    call: change_tariff\n"
    )
    texts["flows/entry.yaml"] = entry
    texts[f"flows/{P}.yaml"] = files()[f"flows/{P}.yaml"]
    assert "PZ308" not in _codes(texts)


def test_a_call_that_asks_breaks_a_circle() -> None:
    loop = "  - id: again\n    call: {called}\n    go: score\n"
    base = edited(R, "    go: end\n", "    go: again\n")
    quiet = "flow: quiet\ntitle: {ru: а, en: b}\nsteps:\n  - id: a\n    go: end\n"
    texts = base | {"flows/quiet.yaml": quiet}
    texts[f"flows/{R}.yaml"] += loop.replace("{called}", "quiet").replace("go: score", "go: sorry")
    assert _codes(texts) == ["PZ309"]
    asks = "  - id: a\n    menu: sure\n    text: {ru: а, en: b}\n    options: [{value: v, label: {ru: в, en: c}, go: end}]\n"
    texts["flows/quiet.yaml"] = quiet.replace("  - id: a\n    go: end\n", asks)
    assert _codes(texts) == []


def test_a_flow_that_nothing_starts_is_a_warning() -> None:
    texts = files() | {"flows/lost.yaml": "flow: lost\ntitle: {ru: а, en: b}\nsteps:\n  - id: a\n    go: end\n"}
    assert [(f.code, f.place.file) for f in lint(load_texts(texts)) if f.code == "PZ314"] == [
        ("PZ314", "flows/lost.yaml")
    ]


def test_eight_options_are_many() -> None:
    many = "".join(f"      - {{value: v{n}, label: {{ru: Дело{n}, en: Thing{n}}}}}\n" for n in range(8))
    texts = edited(N, "      - {value: none,", many + "      - {value: none,")
    assert "PZ320" in _codes(texts, "warning")


def test_an_island_that_leads_to_itself_is_told_once() -> None:
    island = (
        "  - id: one\n    wait: 5m\n    skip_on: any_message\n  - id: two\n    say: {ru: а, en: b}\n    go: one\n"
        "  - id: three\n    say: {ru: в, en: c}\n    go: one\n"
    )
    texts = files()
    texts[f"flows/{N}.yaml"] += island
    assert [f.values["id"] for f in lint(load_texts(texts)) if f.code == "PZ301"] == ["three"]
    texts[f"flows/{N}.yaml"] = texts[f"flows/{N}.yaml"].split("  - id: three")[0]
    assert [f.values["id"] for f in lint(load_texts(texts)) if f.code == "PZ301"] == ["one"]


def test_circles() -> None:
    assert circles({1: [2], 2: [3], 3: []}) == []
    assert [sorted(c) for c in circles({1: [2], 2: [1, 3], 3: [3], 4: [9]})] in ([[1, 2], [3]], [[3], [1, 2]])
    long = {n: [n + 1] for n in range(5000)} | {5000: [0]}
    assert len(circles(long)[0]) == 5001


def test_the_graph_has_every_step_and_the_rules_are_all_used() -> None:
    draft = load_texts(files()).draft
    graph = Graph(draft)
    assert set(graph.exits) == {(name, step) for name, flow in draft.flows.items() for step in flow.steps}
    assert all(graph.exits.values())
    assert len(RULES) == 14
