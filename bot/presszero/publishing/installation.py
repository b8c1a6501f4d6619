"""What belongs to the installation rather than to a publication: channels with their tokens, the address, how long things are kept.

It is read from the folder at each start, so that a bot is switched on by an edit and a restart. What flows are judged
by (languages, services, thresholds) stays as it was published.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from presszero import config
from presszero.desk import Desk

log = logging.getLogger("presszero")


def own(root: Path, env: Mapping[str, str]) -> config.Config | None:
    """The folder's settings; None where they cannot be used, which is said in the log."""
    if not (root / "config.yaml").is_file():
        return None
    found, findings = config.load(root, env)
    if found is None:
        for finding in findings:
            log.error("%s", finding.line())
        log.error("PZ-CONFIG config.yaml has errors: channels are those of the publication")
    return found


def installed(found: Desk, here: config.Config | None) -> Desk:
    """A published desk as this installation runs it."""
    published = found.config
    if here is None or published is None:
        return found
    tokens = {e.token.name for e in published.endpoints.values() if e.token}
    if published.kb.llm and published.kb.llm.key:
        tokens.add(published.kb.llm.key.name)
    known = {str(f.values["name"]) for f in here.missing_env}
    missing = [f for f in published.missing_env if f.values["name"] in tokens - known]
    settings = replace(
        published,
        public_url=here.public_url,
        web=here.web,
        rest=here.rest,
        callback=here.callback,
        telegram=here.telegram,
        forum=here.forum,
        keep_days=here.keep_days,
        missing_env=(*here.missing_env, *missing),
    )
    return replace(found, config=settings)
