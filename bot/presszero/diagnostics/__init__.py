"""What ``check`` can say: one rule a code, its severity, and its sentence and hint in ru and en.

Codes are stable: documents, settings and editors refer to them. PZ1xx form of files, PZ2xx flows' form, PZ3xx flows' logic,
PZ4xx phrases, PZ5xx articles, PZ6xx queues, hours, deadlines, categories, PZ7xx config.yaml, PZ8xx dialogue tests, PZ9xx publishing.
Each module of this package holds the rules of one range in a ``RULES`` table. It imports nothing of presszero.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """One diagnostic: sentences are ``str.format_map`` patterns over the finding's values."""

    severity: Literal["error", "warning", "info"]
    en: str
    ru: str
    hint_en: str = ""
    hint_ru: str = ""

    def sentence(self, lang: str, values: Mapping[str, str]) -> str:
        """The sentence with its values, in ``lang`` (anything but ru is English)."""
        return (self.ru if lang == "ru" else self.en).format_map(_Gaps(values))

    def hint(self, lang: str, values: Mapping[str, str]) -> str:
        """The hint with its values; a value named ``hint_ru``/``hint_en`` replaces the rule's own."""
        own = self.hint_ru if lang == "ru" else self.hint_en
        return values.get(f"hint_{'ru' if lang == 'ru' else 'en'}", own.format_map(_Gaps(values)))


class _Gaps(dict[str, str]):
    """A value that a finding did not give prints as nothing rather than raising while reporting."""

    def __missing__(self, key: str) -> str:
        return ""


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, sorted."""
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        table: dict[str, Rule] = importlib.import_module(f"{__name__}.{module.name}").RULES
        clash = found.keys() & table.keys()
        if clash:
            raise ValueError(f"two rules share a code: {sorted(clash)}")
        found |= table
    return dict(sorted(found.items()))


def rule(code: str) -> Rule:
    """The rule of a code."""
    return rules()[code]
