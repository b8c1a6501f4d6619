"""The language model as its caller sees it: what config.yaml declares, its address, and the reading of its answers.

The protocol is POST /v1/chat/completions as OpenAI, vLLM, llama.cpp, Ollama and many others speak it.
"""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec

from presszero.runtime.endpoint import Shown

PATH = "/chat/completions"


class Model(Protocol):
    """One model and what it may take."""

    @property
    def url(self) -> str:
        """The server, with or without ``/v1`` and the rest of the path."""
        ...

    @property
    def name(self) -> str:
        """As the server calls it."""
        ...

    @property
    def key(self) -> Shown | None:
        """Sent as a bearer token."""
        ...

    @property
    def time_limit(self) -> float:
        """Seconds for the whole answer."""
        ...

    @property
    def max_words(self) -> int:
        """Of an answer."""
        ...

    @property
    def price_in(self) -> float:
        """For 1,000 tokens that it reads."""
        ...

    @property
    def price_out(self) -> float:
        """For 1,000 tokens that it writes."""
        ...

    @property
    def day_cap(self) -> float:
        """What a day may cost; 0 = not limited."""
        ...


class Reply(msgspec.Struct, frozen=True):
    """What a model wrote; ``whole``: it was not cut off. Tokens are 0 where the server does not tell."""

    text: str
    whole: bool
    read: int
    written: int


class _Message(msgspec.Struct):
    content: str
    tool_calls: list[Any] | None = None
    function_call: Any = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


_completion = msgspec.json.Decoder(_Completion)
MOST_TOKENS = 1_000_000  # a server that tells more is not believed


def address(url: str) -> str:
    """Where it is asked."""
    if url.endswith(PATH):
        return url
    return url.rstrip("/") + (
        PATH if urlsplit(url).path.rstrip("/").endswith(("/v1", "/v2", "/v3", "/v4")) else f"/v1{PATH}"
    )


def read(body: bytes) -> Reply | None:
    """The answer in a body; None when there is none, or when the model wants to call tools."""
    try:
        found = _completion.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not found.choices or found.choices[0].message.tool_calls or found.choices[0].message.function_call:
        return None
    choice, usage = found.choices[0], found.usage or _Usage()
    sane = 0 <= usage.prompt_tokens <= MOST_TOKENS and 0 <= usage.completion_tokens <= MOST_TOKENS
    told = (usage.prompt_tokens, usage.completion_tokens) if sane else (0, 0)
    return Reply(choice.message.content, choice.finish_reason in {None, "stop", "eos"}, *told)
