"""`presszero doctor` about Telegram: each fault is found and comes with its fix; codes for operators; settings that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from presszero import desk
from presszero.channels.telegram import doctor
from presszero.runtime.handles import digest, new_code
from presszero.store.people_aside import People
from presszero.testing.telegram import MANAGE, Limits, Telegram
from tests.running import ENV
from tests.telegram.stage import CHANNEL
from tests.telegram.stage import desk as folder_of


def root(folder: Path, forum: str, mode: str = "polling") -> Path:
    return folder_of(folder / "desk", CHANNEL.format(join_ms=0, mode=mode) + forum)


async def found(tg: Telegram, where: Path, **env: str) -> dict[str, str]:
    """What is wrong, and the fix of each."""
    read = desk.read(where, {**ENV, "TELEGRAM_TOKEN": tg.token, "TELEGRAM_API": tg.url} | env)
    assert read.config is not None, [e.line() for e in read.errors]
    config = read.config
    lines = await doctor.lines(config.telegram, config.forum, config.public_url, where / "none.db")
    assert lines
    return {what: fix for fine, what, fix in lines if not fine}


async def test_a_sound_desk_has_nothing_wrong(tmp_path: Path) -> None:
    async with Telegram(limits=Limits(flood=False)) as tg:
        forum = tg.forum("Поддержка", tg.person("Босс"))
        where = root(tmp_path, f"  telegram_desk: {{groups: [{forum.id}]}}\n")
        assert await found(tg, where) == {}


async def test_every_fault_has_its_fix(tmp_path: Path) -> None:
    async with Telegram(limits=Limits(flood=False)) as tg:
        boss = tg.person("Босс")
        weak, plain = tg.forum("Без прав", boss, manage=False), tg.group("Без тем", boss, kind="supergroup")
        await plain.add(tg.bot, **MANAGE)
        moved = tg.group("Уехала", boss)
        await moved.add(tg.bot)
        await moved.upgrade()
        groups = f"[{weak.id}, {plain.id}, {moved.id}00000, -100999999]"
        wrong = await found(tg, root(tmp_path, f"  telegram_desk: {{groups: {groups}}}\n"))
        said = "\n".join(f"{what}: {fix}" for what, fix in wrong.items())
        assert "Manage topics" in said
        assert "/setprivacy" in said
        assert "Turn on Topics" in said
        assert "chat not found" in said
        tg.bot.webhook = None
        tg.bot.revoked = True
        (said,) = (await found(tg, tmp_path / "desk")).items()
        assert "does not know the token in TELEGRAM_TOKEN" in said[0]
        assert "@BotFather" in said[1]
        assert tg.token not in str(said)


async def test_a_webhook_that_cannot_work(tmp_path: Path) -> None:
    async with Telegram() as tg:
        where = root(tmp_path, "", mode="webhook")
        (first,) = await found(tg, where, PUBLIC_URL="http://desk.example")
        assert "no webhooks" in first
        (second,) = await found(tg, where, PUBLIC_URL="https://desk.example")
        assert "not set to this desk" in second


async def test_telegram_that_cannot_be_reached(tmp_path: Path) -> None:
    async with Telegram() as tg:
        (what,) = await found(tg, root(tmp_path, ""), TELEGRAM_API="http://127.0.0.1:9")
        assert "reached" in what


@pytest.mark.parametrize(
    ("forum", "code"),
    [
        ("{groups: [12]}", "PZ717"),
        ("{groups: [-100]}", "PZ717"),
        ("{groups: []}", "PZ717"),
        ("{bot: other, groups: [-1001234]}", "PZ718"),
        ("{groups: [-1001234], queues: {care: -1009999}}", "PZ719"),
        ("{groups: [-1001234], queus: {}}", "PZ"),
        ("{}", "PZ"),
        ("[1]", "PZ"),
    ],
)
def test_settings_that_are_wrong_are_named(tmp_path: Path, forum: str, code: str) -> None:
    where = root(tmp_path, f"  telegram_desk: {forum}\n")
    errors = desk.read(where, {**ENV, "TELEGRAM_TOKEN": "1:x", "TELEGRAM_API": ""}).errors
    own = [e for e in errors if e.place.file == "config.yaml"]
    assert any(e.code.startswith(code) for e in own), own
    assert all(e.sentence("ru") and e.sentence("en") for e in own)


def test_codes_are_read_as_people_write_them(tmp_path: Path) -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert digest(code) == digest(code.lower().replace("-", " "))
        assert len(code) == 11
    people = People(tmp_path / "presszero.db")
    operator = people.save("anna", shown="Anna", password="-")
    people.add_session(digest("AAAAA-BBBBB"), operator.id, 1.0)
