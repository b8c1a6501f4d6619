"""The real yaml-language-server and our loader over the same faults: they blame the same lines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from presszero import config, flows, handoff, schemas
from presszero.check.script import load as scripts
from presszero.errors import Finding
from presszero.init import PARTS
from presszero.nlu import phrases as nlu
from tests.flows.desks import edited, load_texts
from tests.flows.test_form import MISTAKES
from tests.schema.faults import FORM, KEYS, Fault
from tests.schema.server import ROOT, Server
from tests.schema.test_schemas import CONTENT

# What a schema says: every fault of these codes is underlined in an editor too.
OF_FORM = {
    "PZ181",
    "PZ182",
    "PZ184",
    "PZ185",
    "PZ186",
    "PZ187",
    "PZ190",
    "PZ201",
    "PZ202",
    "PZ204",
    "PZ205",
    "PZ210",
    "PZ211",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo desk, to put faults into."""
    made = tmp_path_factory.mktemp("desk")
    for part in PARTS:
        (made / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile)(ROOT / part, made / part)
    return made


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    with Server(root) as found:
        yield found


def lines(server: Server, texts: dict[str, str]) -> dict[str, set[int]]:
    """The lines that the server underlines."""
    found = server.underlined(texts)
    return {file: {each["range"]["start"]["line"] + 1 for each in found[file]} for file in texts}


def judged(root: Path, file: str) -> list[Finding]:
    """What our loader says of the part of the desk that a file belongs to."""
    part = file.partition("/")[0]
    if part == "flows":
        return list(flows.load(root).findings)
    if part == "handoff":
        return handoff.load(root, ("ru", "en"))[1]
    if part == "nlu":
        return nlu.files(root).findings
    return scripts(root)[1] if part == "tests" else config.load(root, {})[1]


def test_the_demo_has_nothing_underlined(server: Server) -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in CONTENT}
    assert len(texts) > 90
    assert {file: found for file, found in lines(server, texts).items() if found} == {}


def test_faults_of_form_are_underlined_where_the_loader_names_them(server: Server, root: Path) -> None:
    ours: dict[str, tuple[Fault, int, set[int]]] = {}
    texts: dict[str, str] = {}
    for number, fault in enumerate([*FORM, *KEYS]):
        good = (root / fault.file).read_text("utf-8")
        assert fault.old in good, fault
        bad = good.replace(fault.old, fault.new, 1)
        (root / fault.file).write_text(bad, "utf-8")
        found = [f for f in judged(root, fault.file) if f.place.file == fault.file]
        (root / fault.file).write_text(good, "utf-8")
        own = [f.place.line for f in found if f.code == fault.code]
        assert own, (fault, found)
        stem, _, kind = fault.file.rpartition(".")
        texts[name := f"{stem}_{number}.{kind}"] = bad
        ours[name] = fault, own[0], {f.place.line for f in found if f.severity == "error"}
    theirs = lines(server, texts)
    apart = [(fault, line, sorted(theirs[name])) for name, (fault, line, _) in ours.items() if line not in theirs[name]]
    assert apart == []
    alike = sum(theirs[name] == every for name, (_, _, every) in ours.items())
    assert len(ours) >= 38
    assert alike >= len(ours) * 0.75  # the rest name the same line and, beside it, what follows from the fault


def test_mistakes_in_flows_are_underlined_on_the_same_lines(server: Server) -> None:
    texts: dict[str, str] = {}
    ours: dict[str, tuple[str, set[int]]] = {}
    for number, (flow, old, new, code) in enumerate(MISTAKES):
        file, bad = f"flows/{flow}.yaml", edited(flow, old, new)
        found = load_texts(bad).findings
        name = f"flows/mistake_{number}.yaml"
        texts[name] = f"{schemas.modeline(file)}\n{bad[file]}"
        ours[name] = code, {f.place.line + 1 for f in found if f.severity == "error"}
    theirs = lines(server, texts)
    seen = {name: found for name, found in theirs.items() if found}
    apart = {name: (ours[name], found) for name, found in seen.items() if not ours[name][1] <= found}
    assert apart == {}
    beside = {
        name: (ours[name], found) for name, found in seen.items() if ours[name][1] != found and ours[name][0] != "PZ202"
    }
    assert beside == {}
    missed = [name for name, (code, _) in ours.items() if code in OF_FORM and name not in seen]
    assert missed == []
    assert len(seen) >= 55


def test_keys_and_values_are_offered(server: Server) -> None:
    head = f"{schemas.modeline('flows/x.yaml')}\nformat: 1\nflow: x\n"
    assert {"title", "steps", "starts_on"} <= set(server.offered("flows/x1.yaml", f"{head}\n", 4, 1))
    asked = f"{head}steps:\n  - id: a\n    ask: b\n    \n"
    assert {"dont_know", "optional", "invalid"} <= set(server.offered("flows/x2.yaml", asked, 7, 5))
    ticket = f"{head}steps:\n  - id: a\n    ticket: \n"
    assert {"create", "update", "find"} <= set(server.offered("flows/x3.yaml", ticket, 6, 13))
