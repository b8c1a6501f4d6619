"""What `config.yaml` says, frozen: how this desk runs. Variables are already resolved; secrets are not printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from zoneinfo import ZoneInfo

from presszero.config.llm import Llm
from presszero.config.secret import Secret
from presszero.dialogue.flow import Service
from presszero.dialogue.text import Text
from presszero.errors import Finding, Severity


@dataclass(frozen=True, slots=True)
class Files:
    """What customers may send."""

    max_mb: float = 10.0
    types: tuple[str, ...] = ("jpg", "png", "webp", "gif", "pdf", "txt")


@dataclass(frozen=True, slots=True)
class Web:
    """The site's chat. ``secret`` signs the site's identity tokens; ``privacy`` is shown at the first contact."""

    origins: tuple[str, ...] = ("*",)
    secret: Secret | None = None
    privacy: Text | None = None
    policy_url: str = ""
    files: Files = Files()
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Telegram:
    """One bot. ``channel`` is the account's name in the store: ``telegram``, or ``telegram:NAME`` where there are several."""

    channel: str
    token: Secret | None
    api_base: str = ""  # empty: Telegram's own
    mode: Literal["polling", "webhook"] = "polling"
    join: float = 0.4  # seconds that lines typed one after another are waited for
    secret: Secret | None = None  # of the webhook; without it, one of the desk's own
    connections: int = 40  # that Telegram may open to the webhook


@dataclass(frozen=True, slots=True)
class Forum:
    """The forum desk. ``bot``: an account's name; ``queues``: the groups of a queue that does not go to all of them."""

    bot: str
    groups: tuple[int, ...]
    queues: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    anonymous: str = ""  # the operator that hidden administrators speak as; empty: they are refused


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and how a service is called. ``idempotent``: a POST that may be repeated with the same idempotency key."""

    name: str  # ``billing.line``
    method: Literal["GET", "POST"]
    base: str = field(repr=False)
    path: str
    token: Secret | None = None
    timeout: float = 5.0
    retry: int = 0
    takes: Mapping[str, str] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)
    idempotent: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidences of the desk's own choice; None = the engine's. ``encoder``: what finds by meaning too, "" = nothing."""

    act: float | None = None
    offer: float | None = None
    encoder: str = ""


@dataclass(frozen=True, slots=True)
class Nlu(Thresholds):
    """How texts are understood. ``budget_ms``: what the encoder may take; ``rasa``: the address of a server that is asked too."""

    budget_ms: float = 80.0
    rasa: str = ""


@dataclass(frozen=True, slots=True)
class Kb(Thresholds):
    """How articles answer. ``llm``: the language model that answers from them; None = passages word for word."""

    llm: Llm | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """``config.yaml``. A channel that is None is off. ``missing_env``: what ``run`` must refuse to start without."""

    name: Text
    languages: tuple[str, ...]  # the first is the default
    zone: ZoneInfo
    public_url: str = ""  # empty: the address we listen on
    web: Web | None = None
    rest: bool = False
    voice: bool = False  # answered by phone too: texts are held to what can be heard
    callback: str = field(default="", repr=False)  # where replies are POSTed; empty: off
    telegram: tuple[Telegram, ...] = ()
    forum: Forum | None = None
    nlu: Nlu = Nlu()
    kb: Kb = Kb()
    services: Mapping[str, Service] = field(default_factory=dict)
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    keep_days: int = 365
    severity: Mapping[str, Severity] = field(default_factory=dict)
    missing_env: tuple[Finding, ...] = ()

    def judged(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings with the severities that the desk chose."""
        return [replace(f, severity_set=self.severity.get(f.code, f.severity_set)) for f in findings]
