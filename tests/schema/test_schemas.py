"""The schemas of a desk's files: as shipped, named in every file, and of one mind with the loader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from presszero import schemas
from presszero.cli import run
from presszero.flows.keys import KEYS
from presszero.init import make
from tests.flows.desks import COMMON, load_texts

ROOT = Path(__file__).resolve().parents[2]
CONTENT = [
    path
    for pattern in ("config.yaml", "flows/*.yaml", "handoff/*.yaml", "nlu/**/*.y*ml", "tests/dialogues/*.yaml")
    for path in sorted(ROOT.glob(pattern))
]


@pytest.mark.parametrize("name", schemas.SCHEMAS)
def test_the_shipped_schema_is_the_one_that_is_made(name: str) -> None:
    shipped = (ROOT / schemas.FOLDER / f"{name}.json").read_text("utf-8")
    assert shipped == schemas.text(name), "run: presszero schema --write"


def test_nothing_else_is_shipped() -> None:
    assert {p.stem for p in (ROOT / schemas.FOLDER).iterdir()} == set(schemas.SCHEMAS)


def test_every_file_names_its_schema() -> None:
    assert len(CONTENT) > 90
    for path in CONTENT:
        name = path.relative_to(ROOT).as_posix()
        first = path.read_text("utf-8").partition("\n")[0]
        assert first == schemas.modeline(name), name
        assert (path.parent / first.removeprefix(schemas.MARK)).resolve().is_file(), name


def test_a_new_desk_has_them(tmp_path: Path) -> None:
    make(tmp_path / "desk", ("ru",))
    for path in (tmp_path / "desk").glob("flows/*.yaml"):
        first = path.read_text("utf-8").partition("\n")[0]
        assert (path.parent / first.removeprefix(schemas.MARK)).is_file(), path


def test_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["schema"]) == 0
    assert "flows/*.yaml" in capsys.readouterr().out
    assert run(["schema", "flow"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "flows/*.yaml"
    assert run(["schema", "flwo"]) == 2
    assert "there are config" in capsys.readouterr().err
    (tmp_path / "config.yaml").write_text("format: 1\n", "utf-8")
    assert run(["schema", "--write", "--desk", str(tmp_path)]) == 0
    assert (tmp_path / "schema/flow.json").read_text("utf-8") == schemas.text("flow")


# of one mind with the loader: a key that one of them knows, the other knows too

VALUES = {
    "menu": "choice", "set": "{a: b}", "tag": "vip", "when": "[{if: {lang: ru}, go: end}]", "wait": "2m",
    "ticket": "create", "operator": "here", "say": "{ru: Раз, en: One}", "kb": "{ru: Раз, en: One}",
    "ask": "contract", "call": "prove", "http": "billing.line", "go": "end",
}  # fmt: skip
EXTRA = {
    "menu": "text: {ru: А, en: A}, options: [{value: a, label: {ru: А, en: A}}]",
    "ask": "text: {ru: А, en: A}",
    "when": "else: end",
}


def unknown(text: str, file: str) -> set[str]:
    """The keys that the loader does not know."""
    found = load_texts({"flows/_common.yaml": COMMON, file: text}).findings
    lines = text.split("\n")
    return {
        lines[f.place.line - 1][f.place.column - 1 :].split(":")[0]
        for f in found
        if f.place.file == file and f.code in {"PZ181", "PZ202"}
    }


def test_verbs_take_the_keys_that_the_table_says() -> None:
    """Every verb with every key of every other verb: unknown to the loader just where the table lacks it."""
    every = sorted({key for keys in KEYS.values() for key in keys} - set(VALUES) - {"id"})
    assert len(every) > 25
    for verb, value in VALUES.items():
        own = f"{verb}: {value}" + (f", {EXTRA[verb]}" if verb in EXTRA else "")
        given = {part.split(":")[0].strip() for part in EXTRA.get(verb, "").split(", ") if ":" in part}
        for key in every:
            if key in given or (verb == "menu" and key in {"text", "options"}):
                continue
            step = f"  - {{id: only, {own},\n     {key}: x}}\n"
            text = f"format: 1\nflow: tried\ntitle: {{ru: А, en: A}}\nslots: {{contract: digits}}\nsteps:\n{step}"
            assert (key in unknown(text, "flows/tried.yaml")) == (key not in KEYS[verb]), (verb, key)


def _keys(schema: Any) -> Iterator[set[str]]:
    """The keys of every map of a schema."""
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False:
            yield set(schema["properties"])
        for each in schema.values():
            yield from _keys(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _keys(each)


@pytest.mark.parametrize(("name", "file"), [("flow", "flows/tried.yaml"), ("common", "flows/_common.yaml")])
def test_top_keys_are_those_of_the_reader(name: str, file: str) -> None:
    keys = schemas.schema(name)["properties"]
    assert len(keys) > 8
    base = COMMON if name == "common" else "flow: tried\n"
    for key in keys:
        assert key not in unknown(base + f"\n{key}: x\n", file), key
    assert "zzz" in unknown(base + "\nzzz: x\n", file)


def test_settings_know_what_their_reader_asks() -> None:
    maps = list(_keys(schemas.schema("config")))
    assert {"origins", "secret", "privacy", "policy_url", "files", "accent"} in maps
    assert {"max_mb", "types"} in maps
    assert {"base", "token", "calls"} in maps
    assert any({"get", "post", "takes", "gives", "timeout", "retry", "idempotent", "personal"} <= keys for keys in maps)
    assert {"title", "hours", "limit", "wait_each", "default"} in list(_keys(schemas.schema("queues")))
