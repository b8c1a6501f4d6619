"""`config.yaml`: every fault with its line and code, what was written holds, secrets come from the environment only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.config import Config, Secret, load
from presszero.config.load import CHANGEABLE
from presszero.config.model import Kb
from presszero.diagnostics import rules
from presszero.dialogue.flow import Service
from presszero.errors import Finding, Place

DESK = Path(__file__).parents[2]
ENV = {"SITE_SECRET": "s3cr3t-of-the-site", "BILLING_URL": "http://127.0.0.1:9/", "BILLING_TOKEN": "t0ken-of-billing"}
BASE = "name: {ru: С, en: N}\nlanguages: [ru, en]\nzone: Europe/Moscow\n"


def read(root: Path, text: str, env: dict[str, str] | None = None) -> tuple[Config | None, list[Finding]]:
    (root / "config.yaml").write_text(text, "utf-8")
    return load(root, ENV if env is None else env)


def config(root: Path, text: str) -> Config:
    found, findings = read(root, text)
    assert findings == []
    assert found is not None
    return found


def call(body: str, head: str = "base: https://b.example") -> str:
    return f"{BASE}services:\n  b:\n    {head}\n    calls:\n      c: {{{body}}}\n"


def web(body: str) -> str:
    return f"{BASE}channels:\n  web: {{{body}}}\n"


def llm(body: str, answers: str = "generated") -> str:
    return f"{BASE}kb:\n  answers: {answers}\n  llm: {{{body}}}\n"


CASES: list[tuple[str, list[tuple[int, str]]]] = [
    (BASE, []),
    ("format: 2\n" + BASE, [(1, "PZ190")]),
    ("a: [\n", [(1, "PZ1")]),
    ("languages: [ru, en]\nzone: UTC\n", [(1, "PZ182")]),
    ("name: {ru: С, en: N}\nzone: UTC\n", [(1, "PZ182")]),
    (BASE.replace("[ru, en]", "[ru, de]"), [(2, "PZ184")]),
    (BASE.replace("[ru, en]", "[ru, ru]"), [(2, "PZ713")]),
    (BASE.replace("[ru, en]", "[]"), [(2, "PZ183")]),
    (BASE.replace("Moscow", "Moskow"), [(3, "PZ189")]),
    (BASE + "chanels: {}\n", [(4, "PZ181")]),
    (BASE + "channels: [web]\n", [(4, "PZ183")]),
    (BASE + "public_url: northern.example\n", [(4, "PZ704")]),
    (BASE + "public_url: env.NO_SUCH\n", []),
    (web('origins: ["example.com"]'), [(5, "PZ712")]),
    (web('origins: ["https://example.com/shop"]'), [(5, "PZ712")]),
    (web("secret: 0123456789abcdef"), [(5, "PZ701")]),
    (web("secret: env.site-secret"), [(5, "PZ703")]),
    (web("secret: env.NO_SUCH"), [(5, "PZ702")]),
    (web("accent: teal"), [(5, "PZ711")]),
    (web("privacy: {ru: П}"), [(5, "PZ188")]),
    (web("policy_url: /privacy"), [(5, "PZ704")]),
    (web("files: {max_mb: 1000, types: [jpg, svg, html]}"), [(5, "PZ185"), (5, "PZ184"), (5, "PZ184")]),
    (BASE + "channels: {web: maybe}\n", [(4, "PZ183")]),
    (BASE + "channels: {rest: maybe}\n", [(4, "PZ187")]),
    (BASE + "channels: {callback: {}}\n", [(4, "PZ182")]),
    (BASE + "channels: {callback: {url: env.NO_SUCH}}\n", [(4, "PZ702")]),
    (BASE + "channels: {telegrm: on}\n", [(4, "PZ181")]),
    (BASE + "nlu: {act: 0.3, offer: 0.6}\n", [(4, "PZ714")]),
    (llm("model: m, url: http://127.0.0.1:1"), []),
    (llm("model: m, url: https://llm.example/v1, key: env.SITE_SECRET"), []),
    (llm("model: m, url: http://127.0.0.1:1", "verbatim"), []),
    (BASE + "kb: {answers: generated}\n", [(4, "PZ182")]),
    (BASE + "kb: {answers: invented}\n", [(4, "PZ184")]),
    (llm("url: https://llm.example, key: env.SITE_SECRET"), [(6, "PZ182")]),
    (llm("model: m, url: llm.example"), [(6, "PZ704")]),
    (llm("model: m, url: https://name:word@llm.example, key: env.SITE_SECRET"), [(6, "PZ701")]),
    (llm("model: m, url: http://llm.example/v1, key: env.SITE_SECRET"), [(6, "PZ722")]),
    (llm("model: m, url: https://llm.example/v1"), [(6, "PZ723")]),
    (llm("model: m, url: https://llm.example/v1, key: sk-123456"), [(6, "PZ701")]),
    (llm("model: m, url: https://llm.example/v1, key: env.NO_SUCH"), [(6, "PZ702")]),
    (llm("model: m, url: http://localhost:1, time_limit: 90s"), [(6, "PZ721")]),
    (llm("model: m, url: http://localhost:1, max_words: 5"), [(6, "PZ185")]),
    (llm("model: m, url: http://localhost:1, day_cap: 5"), [(6, "PZ724")]),
    (llm("model: m, url: http://localhost:1, price_in: 1, day_cap: 5"), []),
    (BASE + "nlu: {act: 60}\n", [(4, "PZ185")]),
    (BASE + 'nlu: {provider: rasa, url: "http://169.254.169.254/latest"}\n', [(4, "PZ725")]),
    (BASE + 'nlu: {provider: rasa, url: "http://[fe80::1]:5005"}\n', [(4, "PZ725")]),
    (BASE + "nlu: {provider: rasa, url: env.METADATA}\n", [(4, "PZ725")]),
    (BASE + "nlu: {provider: rasa, url: http://rasa.internal:5005}\n", []),
    (call("get: /c", "base: http://2852039166"), [(6, "PZ725")]),
    (BASE + "data: {keep_days: 0}\n", [(4, "PZ185")]),
    (BASE + "severity: {PZ999: warning}\n", [(4, "PZ709")]),
    (BASE + "severity: {PZ611: warning}\n", [(4, "PZ709")]),
    (call("get: /c"), []),
    (call("get: /c", "base: ftp://b.example"), [(6, "PZ704")]),
    (call("get: /c", "base: https://me:pass@b.example"), [(6, "PZ701")]),
    (call("get: /c", "base: env.NO_SUCH"), [(6, "PZ702")]),
    (call("get: /c", "base: env.BAD_URL"), [(6, "PZ704")]),
    (call("get: /c", "token: env.BILLING_TOKEN"), [(6, "PZ182")]),
    (call(""), [(8, "PZ706")]),
    (call("get: /c, post: /c"), [(8, "PZ706")]),
    (call("get: c"), [(8, "PZ705")]),
    (call('get: "/c?a=b"'), [(8, "PZ705")]),
    (call('get: "/c/{contract}"'), [(8, "PZ710")]),
    (call('get: "/c/{contrat}", takes: {contract: digits}'), [(8, "PZ710")]),
    (call("get: /c, takes: {a: digit}"), [(8, "PZ184")]),
    (call("get: /c, gives: {a: file}"), [(8, "PZ184")]),
    (call("get: /c, timeout: 2m"), [(8, "PZ707")]),
    (call("get: /c, timeout: soon"), [(8, "PZ186")]),
    (call("get: /c, timout: 2s"), [(8, "PZ181")]),
    (call("post: /c, retry: 2"), [(8, "PZ708")]),
    (call("post: /c, retry: 2, idempotent: yes"), []),
    (call("get: /c, retry: 2, personal: true"), []),
    (BASE + "services:\n  b: {base: https://b.example}\n", [(5, "PZ182")]),
    # All at once.
    (
        web("secret: hunter2, accent: teal") + "zone2: UTC\nservices: {b: {calls: {c: {}}}}\n",
        [(5, "PZ701"), (5, "PZ711"), (6, "PZ181"), (7, "PZ182"), (7, "PZ706")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, expected: list[tuple[int, str]]) -> None:
    found, findings = read(
        tmp_path, text, ENV | {"BAD_URL": "127.0.0.1", "METADATA": "http://metadata.google.internal/"}
    )
    if expected and expected[0][1] == "PZ1":  # the reader's own codes are its own tests' business
        assert found is None
        assert all(f.code.startswith("PZ1") for f in findings)
        return
    assert sorted((f.place.line, f.code) for f in findings) == sorted(expected)
    assert (found is None) == any(f.severity == "error" for f in findings)
    for finding in findings:
        assert finding.place.column > 0
        assert finding.sentence("ru") != finding.sentence("en")


def test_every_rule_of_settings_is_shown_here() -> None:
    shown = {code for _, expected in CASES for _, code in expected}
    examples = Path(__file__).parents[2] / "docs" / "checks" / "rest.txt"  # played by tests/check
    shown |= set(re.findall(r"^§ (PZ7\d\d)", examples.read_text("utf-8"), re.MULTILINE))
    own = {code for code in rules() if code.startswith("PZ7")}
    assert own
    assert own <= shown


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    found, findings = load(tmp_path, {})
    assert found is None
    assert [(str(f.place), f.code) for f in findings] == [("config.yaml", "PZ180")]


def test_the_demo_desk() -> None:
    found, findings = load(DESK, ENV)
    assert findings == []
    assert found is not None
    assert found.name.render("en", {}) == "Northern Lights"
    assert found.rest
    assert found.public_url == ""
    assert found.web is not None
    assert found.web.files.types[0] == "jpg"
    assert found.services.keys() == found.endpoints.keys()
    assert len(found.services) >= 11
    assert found.services["billing.line"] == Service(
        "billing.line", {"contract": "digits"}, {"outage": "yes_no", "eta_h": "number"}, timeout=4.0
    )
    assert {n for n, s in found.services.items() if s.personal} == {
        "billing.account",
        "billing.change_tariff",
        "billing.contract_copy",
    }
    line, repair = found.endpoints["billing.line"], found.endpoints["billing.repair"]
    assert (line.method, line.base, line.path, line.retry) == ("GET", "http://127.0.0.1:9", "/lines/{contract}", 2)
    assert (repair.method, repair.retry, found.services["billing.repair"].writes) == ("POST", 0, True)


def test_without_the_environment_check_warns_and_run_can_refuse() -> None:
    found, findings = load(DESK, {"SITE_SECRET": "  "})
    assert found is not None
    assert [f.values["name"] for f in findings] == ["SITE_SECRET", "BILLING_URL", "BILLING_TOKEN"]
    assert {f.severity for f in findings} == {"warning"}
    assert list(found.missing_env) == findings


def test_a_secret_is_never_shown() -> None:
    found, _ = load(DESK, ENV)
    assert found is not None
    assert found.web is not None
    assert isinstance(found.web.secret, Secret)
    assert found.web.secret.reveal() == ENV["SITE_SECRET"]
    assert str(found.web.secret) == "env.SITE_SECRET"
    shown = f"{found!r} {found} {found.web.secret!r} {found.endpoints!r}"
    assert "SITE_SECRET" in shown
    for value in (ENV["SITE_SECRET"], ENV["BILLING_TOKEN"]):
        assert value not in shown


def test_a_secret_in_the_file_is_not_repeated(tmp_path: Path) -> None:
    for text in (web("secret: hunter2hunter2"), call("get: /c", "base: https://me:hunter2hunter2@b.example")):
        _, findings = read(tmp_path, text)
        assert [f.code for f in findings] == ["PZ701"]
        assert "hunter2" not in findings[0].line("ru") + findings[0].line("en")


def test_channels_are_on_when_they_stand_there(tmp_path: Path) -> None:
    nothing = config(tmp_path, BASE)
    assert (nothing.web, nothing.rest, nothing.callback) == (None, False, "")
    on = config(tmp_path, BASE + "channels: {web: on, rest: yes, callback: {url: https://bot.example/hook}}\n")
    assert on.web is not None
    assert on.web.origins == ("*",)
    assert (on.rest, on.callback) == (True, "https://bot.example/hook")
    assert config(tmp_path, BASE + "channels: {web: off, callback: off}\n").web is None
    own = config(
        tmp_path, web("origins: [https://a.example, https://b.example:8443], policy_url: https://a.example/p/")
    )
    assert own.web is not None
    assert own.web.origins == ("https://a.example", "https://b.example:8443")


def test_the_desk_chooses_thresholds_and_severities(tmp_path: Path) -> None:
    logic = [code for code in rules() if code.startswith(CHANGEABLE)]
    chosen = f"severity: {{{logic[0]}: warning}}\n"
    found = config(tmp_path, BASE + "nlu: {act: 0.6, offer: 0.35}\nkb: {act: 0.5}\n" + chosen)
    assert (found.nlu.act, found.nlu.offer) == (0.6, 0.35)
    assert found.kb == Kb(0.5, None)
    here = Place("flows/a.yaml", 1, 1)
    assert [f.severity for f in found.judged([Finding(here, "PZ611"), Finding(here, logic[0])])] == ["error", "warning"]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 5000), st.text("aй:{}[],-\"'#&*! 019\n", max_size=12))
def test_no_edit_of_the_file_crashes_the_reading(tmp_path_factory: pytest.TempPathFactory, cut: int, put: str) -> None:
    text = (DESK / "config.yaml").read_text("utf-8")
    at = cut % len(text)
    found, findings = read(tmp_path_factory.mktemp("desk"), text[:at] + put + text[at:])
    assert (found is None) == any(f.severity == "error" for f in findings)
