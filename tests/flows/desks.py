"""The desk of these tests, and the same desk with one mistake in it."""

from __future__ import annotations

from pathlib import Path

from presszero.check.lint import lint
from presszero.dialogue.flow import Service
from presszero.errors import Finding
from presszero.flows import Known, Loaded, load_files

ROOT = Path(__file__).parent / "desk"
KNOWN = Known(
    queues=frozenset({"tech", "sales"}),
    categories=frozenset({"network/no_link", "callback"}),
    calendars=frozenset({"support"}),
    services={
        s.name: s
        for s in (
            Service("billing.line", {"contract": "digits"}, {"outage": "yes_no", "eta_h": "number", "debt": "number"}),
            Service("billing.tariffs", {}, {"items": "list"}),
            Service(
                "billing.change_tariff",
                {"contract": "digits", "tariff": "text"},
                {"from_date": "text"},
                writes=True,
                personal=True,
            ),
        )
    },
    languages=("ru", "en"),
)
COMMON = (ROOT / "flows/_common.yaml").read_text("utf-8") + "verify: prove\n"


def files() -> dict[str, str]:
    """Every file of the desk."""
    found = {f"flows/{p.name}": p.read_text("utf-8") for p in sorted((ROOT / "flows").glob("*.yaml"))}
    return found | {"flows/_common.yaml": COMMON}


def load_texts(texts: dict[str, str], known: Known = KNOWN) -> Loaded:
    """Loads texts."""
    return load_files(
        {name: text.encode() for name, text in texts.items()}, known, exists=lambda name: "no" not in name
    )


def edited(file: str, old: str, new: str) -> dict[str, str]:
    """The desk with one place of one file changed."""
    texts = files()
    name = f"flows/{file}.yaml"
    assert texts[name].count(old) >= 1, (file, old)
    texts[name] = texts[name].replace(old, new, 1)
    return texts


def line_of(file: str, mark: str) -> int:
    """The line at which a mark stands."""
    return files()[f"flows/{file}.yaml"].split(mark)[0].count("\n") + 1


def said(found: list[Finding] | tuple[Finding, ...]) -> list[str]:
    """Findings short enough to compare: file:line code."""
    return [f"{f.place.file.removeprefix('flows/').removesuffix('.yaml')}:{f.place.line} {f.code}" for f in found]


def errors(texts: dict[str, str], known: Known = KNOWN) -> list[str]:
    """The errors of form and logic, warnings apart."""
    loaded = load_texts(texts, known)
    everything = sorted({*loaded.findings, *lint(loaded)})
    assert all(f.sentence("ru") and f.sentence("en") for f in everything)
    return said([f for f in everything if f.severity == "error"])
