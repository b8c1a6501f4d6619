"""Loads `config.yaml` with the environment it is given: every fault in one go, and never a secret in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from presszero.config.channels import read_callback, read_telegram, read_web, webhooks_fit
from presszero.config.forum import read_forum
from presszero.config.llm import read_llm
from presszero.config.model import Config, Kb, Nlu
from presszero.config.secret import Environment
from presszero.config.services import read_services
from presszero.diagnostics import rules
from presszero.encoders import NAMES
from presszero.errors import Finding, Severity
from presszero.source.fields import Faults, Fields
from presszero.source.tree import Node

FILE = "config.yaml"
LANGUAGES = ("ru", "en")  # the engine's own sentences are in these
CHANGEABLE = "PZ3"  # only rules of Logic may be made milder or stricter


def load(root: Path, env: Mapping[str, str]) -> tuple[Config | None, list[Finding]]:
    """The desk's settings, or None when there is an error among the findings; an unset variable is a warning here."""
    faults = Faults(LANGUAGES)
    node = faults.read(root, FILE)
    if node is None:
        return None, sorted(faults.found)
    config = settings_of(node, env, faults)
    return (None if faults.fatal else config), sorted([*faults.found, *config.missing_env])


def settings_of(node: Node, variables: Mapping[str, str], faults: Faults) -> Config:
    """The settings of the file's tree; what is wrong goes to ``faults``."""
    env = Environment(variables, faults)
    with Fields(node, faults) as f:
        if f.text("format", "1") != "1":
            faults.add(f.at("format"), "PZ190", text=f.text("format", "1"))
        faults.languages = _languages(f, faults)
        with Fields(f.get("channels") or _nothing(f), faults) as channels:
            web = read_web(channels, env, faults)
            rest, callback = channels.yes("rest"), read_callback(channels, env, faults)
            voice = channels.yes("voice")
            telegram = read_telegram(channels, env, faults)
            forum = read_forum(channels, telegram, faults)
        public_url = env.address(f, "public_url", needed=False)
        webhooks_fit(telegram, f, public_url, faults)
        services, endpoints = read_services(f, env, faults)
        with Fields(f.get("data") or _nothing(f), faults) as data:
            keep_days = int(data.number("keep_days", 365, 1, 3650))
        return Config(
            name=f.title("name"),
            languages=faults.languages,
            zone=f.zone("zone"),
            public_url=public_url,
            web=web,
            rest=rest,
            voice=voice,
            callback=callback,
            telegram=telegram,
            forum=forum,
            nlu=_nlu(f, env, faults),
            kb=_kb(f, env, faults),
            services=services,
            endpoints=endpoints,
            keep_days=keep_days,
            severity=_severity(f, faults),
            missing_env=tuple(env.missing),
        )


def _languages(f: Fields, faults: Faults) -> tuple[str, ...]:
    found: dict[str, None] = {}
    if not f.has("languages"):
        f.get("languages", needed=True)
        return LANGUAGES
    for place, text in f.list("languages"):
        if text not in LANGUAGES:
            faults.unknown(place, "PZ184", text, LANGUAGES)
        elif text in found:
            faults.add(place, "PZ713", text=text)
        found[text] = None
    if not found:
        faults.add(f.at("languages"), "PZ183", wanted_en="a list of languages", wanted_ru="список языков")
    return tuple(lang for lang in found if lang in LANGUAGES) or LANGUAGES


def _kb(f: Fields, env: Environment, faults: Faults) -> Kb:
    node = f.get("kb")
    if node is None:
        return Kb()
    with Fields(node, faults) as t:
        act, offer = _confidence(t, "act"), _confidence(t, "offer")
        if act is not None and offer is not None and offer > act:
            faults.add(t.at("offer"), "PZ714")
        encoder = t.choice("encoder", ("none", *NAMES), "none")
        return Kb(act, offer, "" if encoder == "none" else encoder, read_llm(t, env, faults))


def _nlu(f: Fields, env: Environment, faults: Faults) -> Nlu:
    node = f.get("nlu")
    if node is None:
        return Nlu()
    with Fields(node, faults) as t:
        act, offer = _confidence(t, "act"), _confidence(t, "offer")
        if act is not None and offer is not None and offer > act:
            faults.add(t.at("offer"), "PZ714")
        encoder = t.choice("encoder", ("none", *NAMES, "fastembed", "server"), "none")
        server = env.address(t, "encoder_url", needed=encoder == "server")
        model = t.text("encoder_model", "")
        url = env.address(t, "url", needed=t.choice("provider", ("own", "rasa"), "own") == "rasa")
        chosen = {"none": "", "server": f"{server}#{model}", "fastembed": f"fastembed:{model}"}.get(encoder, encoder)
        return Nlu(act, offer, chosen, t.number("budget_ms", 80, 5, 1000), url)


def _confidence(f: Fields, key: str) -> float | None:
    number = f.number(key, -1.0, 0.0, 1.0)
    return None if number < 0 else number


def _severity(f: Fields, faults: Faults) -> dict[str, Severity]:
    node = f.get("severity")
    found: dict[str, Severity] = {}
    if node is None:
        return found
    changeable = [code for code in rules() if code.startswith(CHANGEABLE)]
    with Fields(node, faults) as s:
        for code, _ in list(s.rest()):
            if code.text not in changeable:
                faults.unknown(code.place, "PZ709", code.text, changeable)
            found[code.text] = cast("Severity", s.choice(code.text, ("error", "warning")))
    return found


def _nothing(f: Fields) -> Node:
    return Node(f.place, "map")
