"""`presszero operator add|reset|disable|key|link|signin|list`: people who answer. Works beside a running desk."""

from __future__ import annotations

import asyncio
import getpass
import os
import secrets
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from presszero.errors import ConfigError
from presszero.folders import data_of
from presszero.store.people_aside import People


def run(arguments: Namespace) -> int:
    """Adds, gives a new password, disables (their sessions end), makes a key for publishing or a code for Telegram, or lists."""
    return asyncio.run(_run(arguments))


async def _run(arguments: Namespace) -> int:
    people = People(data_of(arguments.dir) / "presszero.db")
    if arguments.what == "list":
        for operator in people.all():
            state = "disabled" if operator.disabled else operator.role
            print(f"{operator.name}\t{operator.shown}\t{state}\t{','.join(operator.queues) or 'all queues'}")
        return 0
    if not arguments.name:
        raise ConfigError("Whose? presszero operator add NAME")
    known = any(o.name == arguments.name for o in people.all())
    if arguments.what == "add" and known:
        raise ConfigError(
            f"{arguments.name} is there already; `presszero operator reset {arguments.name}` gives a new password."
        )
    if arguments.what != "add" and not known:
        raise ConfigError(f"There is no operator {arguments.name}.")
    signin = partial(_signin, url=arguments.url)
    gives: dict[str, Callable[[People, str], int]] = {"key": _key, "link": _link, "signin": signin}
    if arguments.what in gives:
        return gives[arguments.what](people, arguments.name)
    if arguments.what == "disable":
        people.save(arguments.name, disabled=True)
        print(f"{arguments.name} is disabled, their sessions have ended.")
        return 0
    from presszero.console.password import hash_password

    password, made = _password(arguments)
    people.save(
        arguments.name,
        shown=arguments.shown or (None if known else arguments.name),
        password=hash_password(password),
        disabled=False,
        role=arguments.role,
        queues=tuple(q for q in arguments.queues.split(",") if q) or None,
        lang=None if known else _first_language(arguments.dir),
    )
    print(f"{arguments.name}: the password is {password}" if made else f"{arguments.name} is ready.")
    return 0


def _first_language(folder: str) -> str | None:
    """The desk's own, for the console of somebody new; None where only the data is at hand."""
    from presszero.config.load import load

    root = Path(folder)
    config = load(root, os.environ)[0] if (root / "config.yaml").is_file() else None
    return config.languages[0] if config else None


def _key(people: People, name: str) -> int:
    """A key for programs that publish in this person's name; only its digest is kept."""
    from presszero.console.sessions import KEY_LASTS, LEADS, key_digest

    operator = next(o for o in people.all() if o.name == name)
    if operator.role not in LEADS or operator.disabled:
        raise ConfigError(
            f"{name} is no lead: only leads publish. `presszero operator reset {name} --role lead` makes one."
        )
    key = secrets.token_urlsafe(32)
    people.add_session(key_digest(key), operator.id, time.time() + KEY_LASTS)
    print(f"{name}: the key is {key}\nIt is shown once and lasts a year; a new password for {name} ends it.")
    return 0


def _link(people: People, name: str) -> int:
    """A code by which this person makes their messenger account known to the forum desk."""
    from presszero.runtime.handles import LASTS, digest, new_code

    operator = next(o for o in people.all() if o.name == name)
    if operator.disabled:
        raise ConfigError(f"{name} is disabled.")
    code = new_code()
    people.add_session(digest(code), operator.id, time.time() + LASTS)
    print(f"{name} writes in the desk's Telegram group, within {LASTS / 60:.0f} minutes: /link {code}")
    return 0


def _signin(people: People, name: str, url: str) -> int:
    """An address that signs this person in to the console, once: for whoever has no password at hand."""
    from presszero.console.sessions import LINK_LASTS, digest

    operator = next(o for o in people.all() if o.name == name)
    if operator.disabled:
        raise ConfigError(f"{name} is disabled.")
    token = secrets.token_urlsafe(32)
    people.add_session(f"once:{digest(token)}", operator.id, time.time() + LINK_LASTS)
    base = (url or os.environ.get("PUBLIC_URL", "")).rstrip("/") or "http://127.0.0.1:8000"
    print(f"{name} opens, once, within {LINK_LASTS / 3600:.0f} hours: {base}/console/login/once?token={token}")
    return 0


def _password(arguments: Namespace) -> tuple[str, bool]:
    """The password, and whether it was made here (and must be shown)."""
    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        password = getpass.getpass("Password (empty makes one): ")
    else:
        password = ""
    if password and len(password) < 10:
        raise ConfigError("A password has at least 10 characters.")
    return (password, False) if password else (secrets.token_urlsafe(12), True)
