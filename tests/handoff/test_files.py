"""Every fault in `handoff/*.yaml` is told with its file, line and code; all of them in one run, and no noise beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.diagnostics import rules
from presszero.errors import Finding
from presszero.handoff import load

GOOD = {
    "hours": 'support:\n  zone: Europe/Moscow\n  week: {mon-sun: "09:00-22:00"}\n',
    "queues": "tech:\n  title: {ru: Т, en: T}\n  hours: support\n  default: yes\n",
    "sla": "fast:\n  title: {ru: Б, en: F}\n  calendar: support\n  reply: 30m\n  resolve: 8h\n",
    "categories": "other:\n  title: {ru: Д, en: O}\n  sla: fast\n  default: yes\n",
    "templates": "hi:\n  title: {ru: П, en: H}\n  text: {ru: П, en: H}\n",
}


def desk(root: Path, **files: str) -> Path:
    (root / "handoff").mkdir(parents=True, exist_ok=True)
    for name, text in (GOOD | files).items():
        (root / "handoff" / f"{name}.yaml").write_text(text, "utf-8")
    return root


def found(root: Path, **files: str) -> list[Finding]:
    return load(desk(root, **files), ("ru", "en"))[1]


def seen(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(Path(f.place.file).stem, f.place.line, f.code) for f in findings]


def calendar(body: str) -> str:
    return f"support:\n  zone: Europe/Moscow\n{body}"


def week(body: str) -> str:
    return calendar(f"  week: {body}\n")


CASES: list[tuple[dict[str, str], list[tuple[str, int, str]]]] = [
    ({}, []),
    ({"hours": week('{mon: "9-18"}')}, [("hours", 3, "PZ601")]),
    ({"hours": week('{mon: "22:00-06:00", tue: "09:00-10:00"}')}, [("hours", 3, "PZ601")]),
    ({"hours": week('{mon: ["09:00-10:00", {a: b}]}')}, [("hours", 3, "PZ601")]),
    ({"hours": week('{mon: "09:00-25:00", tue: "09:00-10:61", wed: "09:00-24:00"}')}, [("hours", 3, "PZ601")] * 2),
    ({"hours": week('{mon: "09:00-13:00, 12:00-18:00"}')}, [("hours", 3, "PZ602")]),
    ({"hours": week('{mon: ["09:00-13:00", "13:00-18:00"], tue: closed}')}, []),
    ({"hours": week('{mon-fri: "09:00-18:00", wed: "10:00-12:00"}')}, [("hours", 3, "PZ606")]),
    ({"hours": week('{monday: "09:00-18:00", tue: "09:00-18:00"}')}, [("hours", 3, "PZ605")]),
    ({"hours": week('{fri-mon: "09:00-18:00", tue: "09:00-18:00"}')}, [("hours", 3, "PZ605")]),
    ({"hours": week('"09:00-18:00"')}, [("hours", 3, "PZ183")]),
    ({"hours": week('{mon: "13:00-14:00"}') + '  lunch: "13:00-14:00"\n'}, [("hours", 3, "PZ607")]),
    ({"hours": "support:\n  zone: Europe/Moscow\n"}, [("hours", 2, "PZ182")]),
    ({"hours": 'support:\n  zone: Europe/Moskva\n  week: {mon: "09:00-18:00"}\n'}, [("hours", 2, "PZ189")]),
    ({"hours": 'support:\n  zone: ../etc\n  week: {mon: "09:00-18:00"}\n'}, [("hours", 2, "PZ189")]),
    ({"hours": GOOD["hours"] + "  holidays: RUS\n"}, [("hours", 4, "PZ184")]),
    ({"hours": GOOD["hours"] + "  holiday: RU\n"}, [("hours", 4, "PZ181")]),
    ({"hours": GOOD["hours"] + '  except: {"2026-02-30": closed}\n'}, [("hours", 4, "PZ604")]),
    ({"hours": GOOD["hours"] + '  except: {"2026-02-20": open}\n'}, [("hours", 4, "PZ601")]),
    ({"hours": GOOD["hours"] + '  except: {"2026-02-20": closed}\n  holidays: RU\n'}, []),
    ({"queues": GOOD["queues"].replace("support", "suport")}, [("queues", 3, "PZ611")]),
    ({"queues": GOOD["queues"].replace("  default: yes\n", "")}, [("queues", 1, "PZ615")]),
    ({"queues": GOOD["queues"] * 2}, [("queues", 5, "PZ102")]),
    ({"queues": GOOD["queues"] + GOOD["queues"].replace("tech", "care")}, [("queues", 6, "PZ616")]),
    ({"queues": GOOD["queues"].replace("yes", "maybe")}, [("queues", 1, "PZ615"), ("queues", 4, "PZ187")]),
    ({"queues": GOOD["queues"].replace(", en: T", "")}, [("queues", 2, "PZ188")]),
    ({"queues": GOOD["queues"].replace("{ru: Т, en: T}", "Tech")}, []),
    (
        {"queues": GOOD["queues"].replace("{ru: Т, en: T}", "[Tech]")},
        [("queues", 2, "PZ183")] + [("queues", 2, "PZ188")] * 2,
    ),
    ({"queues": GOOD["queues"].replace("en: T", "english: T")}, [("queues", 2, "PZ181"), ("queues", 2, "PZ188")]),
    ({"queues": GOOD["queues"].replace("en: T", "en: [T]")}, [("queues", 2, "PZ188")]),
    (
        {"queues": GOOD["queues"] + "  limit: many\n  wait_each: soon\n"},
        [("queues", 5, "PZ185"), ("queues", 6, "PZ186")],
    ),
    ({"queues": GOOD["queues"] + "  limit: 0\n"}, [("queues", 5, "PZ185")]),
    ({"queues": GOOD["queues"] + "  limit: [1]\n"}, [("queues", 5, "PZ183")]),
    ({"queues": "tech: support\n"}, [("queues", 1, "PZ183"), ("queues", 1, "PZ615")]),
    ({"sla": GOOD["sla"].replace("8h", "2d")}, [("sla", 5, "PZ618")]),
    ({"sla": GOOD["sla"].replace("8h", "8 days")}, [("sla", 5, "PZ186")]),
    ({"sla": GOOD["sla"].replace("8h", "10m")}, [("sla", 5, "PZ617")]),
    ({"sla": GOOD["sla"].replace("  reply: 30m\n", "")}, [("sla", 2, "PZ182")]),
    ({"sla": GOOD["sla"].replace("support", "office")}, [("sla", 3, "PZ611")]),
    ({"sla": GOOD["sla"] + "  urgent: {reply: 5m, resolve: 1m}\n"}, [("sla", 6, "PZ617")]),
    ({"sla": GOOD["sla"] + "  asap: {reply: 5m, resolve: 1h}\n"}, [("sla", 6, "PZ181")]),
    ({"categories": GOOD["categories"].replace("  sla: fast\n", "")}, [("categories", 2, "PZ614")]),
    ({"categories": GOOD["categories"].replace("fast", "slow")}, [("categories", 3, "PZ613")]),
    ({"categories": GOOD["categories"] + "  queue: tehc\n"}, [("categories", 5, "PZ612")]),
    ({"categories": GOOD["categories"] + "  priority: hihg\n"}, [("categories", 5, "PZ184")]),
    ({"categories": GOOD["categories"] + "  words: {ru: [а, б], en: c}\n"}, []),
    ({"categories": GOOD["categories"] + "  words: {ru: [[а]]}\n"}, [("categories", 5, "PZ183")]),
    ({"categories": "urgent: {ru: [дым]}\nformat: 1\n" + GOOD["categories"]}, []),
    ({"categories": "format: 2\n" + GOOD["categories"]}, [("categories", 1, "PZ190")]),
    ({"categories": "groups: {netwrk: {ru: С, en: N}}\n" + GOOD["categories"]}, [("categories", 1, "PZ619")]),
    ({"templates": "hi:\n  title: {ru: П, en: H}\n"}, [("templates", 2, "PZ182")]),
    # One unreadable file does not make what it would have named unknown.
    ({"hours": "support: 1\nsupport: 2\n"}, [("hours", 2, "PZ102")]),
    ({"sla": "a: 1\na: 2\n"}, [("sla", 2, "PZ102")]),
    # All faults of all files at once.
    (
        {"hours": week('{mon: "9"}'), "sla": GOOD["sla"].replace("8h", "soon"), "categories": "other: {}\n"},
        [
            ("categories", 1, "PZ182"),
            ("categories", 1, "PZ614"),
            ("categories", 1, "PZ615"),
            ("hours", 3, "PZ601"),
            ("sla", 5, "PZ186"),
        ],
    ),
]


@pytest.mark.parametrize(("files", "expected"), CASES)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, files: dict[str, str], expected: list[tuple[str, int, str]]
) -> None:
    handoff, findings = load(desk(tmp_path, **files), ("ru", "en"))
    assert sorted(seen(findings)) == sorted(expected)
    assert (handoff is None) == bool(expected)
    for finding in findings:
        assert finding.place.column > 0
        assert finding.sentence("ru") != finding.sentence("en")


def test_every_rule_of_queues_is_shown_here() -> None:
    shown = {code for _, expected in CASES for _, _, code in expected}
    own = {code for code in rules() if code.startswith("PZ6")}
    assert own
    assert own <= shown


@pytest.mark.parametrize("name", ["hours", "queues", "sla", "categories"])
def test_a_missing_file_is_one_fault(tmp_path: Path, name: str) -> None:
    (desk(tmp_path) / "handoff" / f"{name}.yaml").unlink()
    handoff, findings = load(tmp_path, ("ru", "en"))
    assert handoff is None
    assert seen(findings) == [(name, 0, "PZ180")]


def test_templates_may_be_missing(tmp_path: Path) -> None:
    (desk(tmp_path) / "handoff" / "templates.yaml").unlink()
    handoff, findings = load(tmp_path, ("ru", "en"))
    assert handoff is not None
    assert (findings, dict(handoff.templates)) == ([], {})


def test_the_hint_names_what_was_meant(tmp_path: Path) -> None:
    wrong = found(tmp_path, queues=GOOD["queues"].replace("support", "suport"))
    assert wrong[0].hint("ru") == "Возможно, «support»?"
    assert wrong[0].hint("en") == 'Did you mean "support"?'
    far = found(tmp_path, queues=GOOD["queues"].replace("support", "qqqq"))
    assert far[0].hint("en") == "There are: support."
    zone = found(tmp_path, hours=GOOD["hours"].replace("Moscow", "Moskow"))
    assert zone[0].hint("en") == 'Did you mean "Europe/Moscow"?'


def test_nothing_to_choose_from_gives_no_hint(tmp_path: Path) -> None:
    wrong = found(tmp_path, hours="format: 1\n")
    assert {f.hint() for f in wrong} == {""}


def test_a_desk_of_one_language_needs_one(tmp_path: Path) -> None:
    handoff, findings = load(desk(tmp_path, queues=GOOD["queues"].replace("{ru: Т, en: T}", "Tech")), ("en",))
    assert findings == []
    assert handoff is not None
    assert handoff.queues["tech"].title.render("en", {}) == "Tech"


def test_what_was_written_is_what_holds(tmp_path: Path) -> None:
    hours = (
        week('{mon: "09:00-13:00, 14:00-18:00"}') + '  lunch: "11:00-11:30"\n  except: {"2026-11-24": "10:00-12:00"}\n'
    )
    categories = GOOD["categories"] + "  words: {ru: [а, б], en: c}\n  priority: low\n"
    handoff, _ = load(desk(tmp_path, hours=hours, categories="urgent: {ru: [дым]}\n" + categories), ("ru", "en"))
    assert handoff is not None
    support = handoff.calendars["support"]
    assert support.week[0] == ((540, 660), (690, 780), (840, 1080))
    assert list(support.days.values()) == [((600, 720),)]
    other = handoff.categories["other"]
    assert (other.queue, other.priority, other.words) == ("tech", "low", {"ru": ("а", "б"), "en": ("c",)})
    assert handoff.urgent == {"ru": ("дым",)}


node = st.recursive(
    st.text("aй:{}[],-\"'#&*! 019", max_size=12), lambda inner: st.lists(inner, max_size=3), max_leaves=6
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 200), node)
def test_no_edit_of_a_file_crashes_the_reading(
    tmp_path_factory: pytest.TempPathFactory, name: str, cut: int, put: object
) -> None:
    text = GOOD[name]
    at = cut % len(text)
    handoff, findings = load(
        desk(tmp_path_factory.mktemp("desk"), **{name: f"{text[:at]}{put}{text[at:]}"}), ("ru", "en")
    )
    assert (handoff is None) == any(f.severity == "error" for f in findings)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (desk(tmp_path) / "handoff" / "sla.yaml").unlink()
    (tmp_path / "handoff" / "sla.yaml").mkdir()
    assert seen(load(tmp_path, ("ru", "en"))[1]) == [("sla", 0, "PZ125")]
