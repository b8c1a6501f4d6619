"""`channels.telegram` of config.yaml, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from presszero.config import load
from tests.running import ROOT

BASE = "name: {ru: С, en: N}\nlanguages: [ru, en]\nzone: Europe/Moscow\nchannels:\n"
ENV = {"TELEGRAM_TOKEN": "1:secret-token", "HOOK": "s3cret"}


def read(root: Path, text: str) -> tuple[list[tuple[int, str]], object]:
    (root / "config.yaml").write_text(BASE + text, "utf-8")
    found, findings = load(root, ENV)
    assert "secret-token" not in repr(found)
    return [(f.place.line, f.code) for f in findings], found.telegram if found else None


def test_what_is_written_holds(tmp_path: Path) -> None:
    codes, one = read(tmp_path, "  telegram: {token: env.TELEGRAM_TOKEN}\n")
    assert codes == []
    assert isinstance(one, tuple)
    assert (one[0].channel, one[0].mode, one[0].join, one[0].api_base) == ("telegram", "polling", 0.4, "")
    more = "api_base: http://127.0.0.1:81/, mode: webhook, join_ms: 0, secret: env.HOOK, connections: 4"
    codes, two = read(
        tmp_path,
        f"  telegram:\n    - {{name: shop, token: env.TELEGRAM_TOKEN, {more}}}\n    - {{name: help, token: env.TELEGRAM_TOKEN}}\n",
    )
    assert codes == []
    assert isinstance(two, tuple)
    assert [b.channel for b in two] == ["telegram:shop", "telegram:help"]
    assert (two[0].mode, two[0].join, two[0].api_base, two[0].connections) == ("webhook", 0.0, "http://127.0.0.1:81", 4)
    assert two[0].secret is not None
    assert two[0].secret.reveal() == "s3cret"
    assert read(tmp_path, "  telegram: off\n") == ([], ())


def test_a_webhook_needs_https_on_a_port_that_telegram_knows(tmp_path: Path) -> None:
    bot = "  telegram: {token: env.TELEGRAM_TOKEN, mode: MODE}\npublic_url: URL\n"
    for mode, url, codes in [
        ("webhook", "http://desk.example", [(6, "PZ720")]),
        ("webhook", "https://desk.example:8080", [(6, "PZ720")]),
        ("webhook", "https://desk.example:99999", [(6, "PZ720")]),
        ("webhook", "https://desk.example:8443", []),
        ("polling", "http://desk.example", []),
    ]:
        assert read(tmp_path, bot.replace("MODE", mode).replace("URL", url))[0] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("  telegram: {}\n", [(5, "PZ182")]),
        ("  telegram: {token: 1:secret-token-in-the-file}\n", [(5, "PZ701")]),
        ("  telegram: {token: env.NO_SUCH}\n", [(5, "PZ702")]),
        ("  telegram: {token: env.TELEGRAM_TOKEN, mode: pull}\n", [(5, "PZ184")]),
        ("  telegram: {token: env.TELEGRAM_TOKEN, join_ms: 9000}\n", [(5, "PZ185")]),
        ("  telegram: {token: env.TELEGRAM_TOKEN, connections: 0}\n", [(5, "PZ185")]),
        ("  telegram: {token: env.TELEGRAM_TOKEN, api_base: here}\n", [(5, "PZ704")]),
        ("  telegram: {token: env.TELEGRAM_TOKEN, webhook: on}\n", [(5, "PZ181")]),
        ("  telegram:\n    - {token: env.TELEGRAM_TOKEN}\n    - {name: b, token: env.TELEGRAM_TOKEN}\n", [(6, "PZ182")]),
        ("  telegram:\n    - {name: b, token: env.TELEGRAM_TOKEN}\n    - {name: b, token: env.TELEGRAM_TOKEN}\n", [(7, "PZ716")]),
        ("  telegram: {name: Мой бот, token: env.TELEGRAM_TOKEN}\n", [(5, "PZ715")]),
    ],
)  # fmt: skip
def test_every_fault_has_its_line(tmp_path: Path, text: str, codes: list[tuple[int, str]]) -> None:
    assert read(tmp_path, text)[0] == codes


LIGHT = """
import sys
import presszero.app
assert "aiogram" not in sys.modules, "imported by a desk without Telegram"
from presszero.channels.telegram import light
light.load()
import aiogram.methods, aiogram.types
used = "SendMessage SendPhoto SendDocument SetMyCommands SetWebhook EditMessageReplyMarkup AnswerCallbackQuery".split()
built = [vars(aiogram.types.Message)["__pydantic_complete__"], vars(aiogram.types.Chat)["__pydantic_complete__"]]
assert built == [False, False], built
for name in used:
    getattr(aiogram.methods, name).__pydantic_validator__.title
assert aiogram.types.Message.model_validate({"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}).chat.id == 1
print(len(used))
"""


def test_aiogram_is_imported_only_for_telegram_and_builds_what_is_used() -> None:
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", LIGHT]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": "bot:."}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 7
