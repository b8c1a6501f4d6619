"""Reads `services:` of config.yaml: each call twice over, as flows see it (Service) and as it is made (Endpoint)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from presszero.config.model import Endpoint
from presszero.config.secret import Environment, Secret
from presszero.dialogue.flow import Service
from presszero.source.fields import Faults, Fields
from presszero.source.tree import Node

TAKES = ("text", "digits", "number", "phone", "email", "date", "time", "address", "yes_no")
GIVES = ("text", "digits", "number", "yes_no", "date", "time", "list")
CALL = ("get", "post", "takes", "gives", "timeout", "retry", "idempotent", "personal")
_HOLE = re.compile(r"\{([^{}]*)\}")
_PATH = re.compile(r"/[^\s?#]*")


def read_services(f: Fields, env: Environment, faults: Faults) -> tuple[dict[str, Service], dict[str, Endpoint]]:
    """Every call of every service, by ``service.call``."""
    services: dict[str, Service] = {}
    endpoints: dict[str, Endpoint] = {}
    node = f.get("services")
    if node is None:
        return services, endpoints
    with Fields(node, faults) as all_services:
        for name, body in all_services.rest():
            for endpoint, service in _calls(name.text, body, env, faults):
                services[service.name], endpoints[service.name] = service, endpoint
    return services, endpoints


def _calls(name: str, node: Node, env: Environment, faults: Faults) -> list[tuple[Endpoint, Service]]:
    with Fields(node, faults) as f:
        base, token = env.address(f, "base"), env.secret(f, "token")
        calls = f.get("calls", needed=True)
        if calls is None:
            return []
        with Fields(calls, faults) as c:
            return [_call(f"{name}.{key.text}", value, base, token, faults) for key, value in c.rest()]


def _call(name: str, node: Node, base: str, token: Secret | None, faults: Faults) -> tuple[Endpoint, Service]:
    with Fields(node, faults) as f:
        takes, gives = _types(f, "takes", TAKES, faults), _types(f, "gives", GIVES, faults)
        method, path = _address(f, takes, faults)
        timeout = f.seconds("timeout", 5.0)
        if not 0.1 <= timeout <= 30.0:
            faults.add(f.at("timeout"), "PZ707", text=f.text("timeout", ""))
        retry, idempotent = int(f.number("retry", 0, 0, 5)), f.yes("idempotent")
        if method == "POST" and retry and not idempotent:
            faults.add(f.at("retry"), "PZ708", call=name)
        personal = f.yes("personal")
        return (
            Endpoint(name, method, base, path, token, timeout, retry, takes, gives, idempotent),
            Service(name, takes, gives, method == "POST", personal, timeout),
        )


def _address(f: Fields, takes: Collection[str], faults: Faults) -> tuple[Literal["GET", "POST"], str]:
    get, post = f.text("get", ""), f.text("post", "")
    if bool(get) == bool(post) and not (f.slipped("get", CALL) or f.slipped("post", CALL)):
        faults.add(f.place, "PZ706")
    key, path = ("post", post) if post else ("get", get)
    if path and not _PATH.fullmatch(path):
        faults.add(f.at(key), "PZ705", text=path)
    for hole in _HOLE.findall(path):
        if hole not in takes and not f.slipped("takes", CALL):
            faults.unknown(f.at(key), "PZ710", hole, takes)
    return ("POST" if post else "GET"), path


def _types(f: Fields, key: str, among: Collection[str], faults: Faults) -> dict[str, str]:
    node = f.get(key)
    if node is None:
        return {}
    with Fields(node, faults) as g:
        return {name.text: g.choice(name.text, among) for name, _ in list(g.rest())}
