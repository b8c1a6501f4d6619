"""Reads `kb: {answers, llm}` of config.yaml: the language model that may answer from the articles. Off unless it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from presszero.config.secret import Environment, Secret
from presszero.source.fields import Faults, Fields

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Llm:
    """One model behind ``/v1/chat/completions``, and what it may take. Prices are for 1,000 tokens; a cap of 0 = none."""

    url: str = field(repr=False)
    name: str
    key: Secret | None = None
    time_limit: float = 8.0
    max_words: int = 120
    price_in: float = 0.0
    price_out: float = 0.0
    day_cap: float = 0.0


def read_llm(kb: Fields, env: Environment, faults: Faults) -> Llm | None:
    """The model of ``kb:``, or None where answers are verbatim."""
    wanted = kb.choice("answers", ("verbatim", "generated"), "verbatim") == "generated"
    node = kb.get("llm", needed=wanted)
    if node is None:
        return None
    with Fields(node, faults) as f:
        found = Llm(
            env.address(f, "url"),
            f.text("model"),
            env.secret(f, "key"),
            f.seconds("time_limit", 8.0),
            int(f.number("max_words", 120, 20, 400)),
            f.number("price_in", 0, 0, 1000),
            f.number("price_out", 0, 0, 1000),
            f.number("day_cap", 0, 0, 1_000_000),
        )
        if not 1.0 <= found.time_limit <= 30.0:
            faults.add(f.at("time_limit"), "PZ721", text=f.text("time_limit", ""))
        if found.day_cap and not (found.price_in or found.price_out):
            faults.add(f.at("day_cap"), "PZ724")
        _guarded(f, found, faults)
        return found if wanted else None


def _guarded(f: Fields, found: Llm, faults: Faults) -> None:
    """Questions and passages leave the house only encrypted; whose key is missing is most likely a slip."""
    try:
        address = urlsplit(found.url)
        host = address.hostname or ""
    except ValueError:
        return  # said already: no web address
    if not host or host in LOOPBACK:
        return
    if address.scheme == "http":
        faults.add(f.at("url"), "PZ722", text=host)
    if not f.has("key"):
        faults.add(f.at("url"), "PZ723", text=host)
