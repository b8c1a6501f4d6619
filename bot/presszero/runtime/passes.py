"""A link that shows somebody their own requests on the site: given in their messenger, good once and for ten minutes.

Only its digest is kept. It joins nobody to anything: it never passes for the code of a link, nor a link's code for it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from urllib.parse import quote

from presszero.runtime.intake import Intake
from presszero.store.base import Customer

LASTS = 600.0
START = "my"  # of a messenger's deep link
_CODE = re.compile(r"[\w-]{43}", re.ASCII)


async def give(intake: Intake, channel: str, peer: str, customer: Customer, lang: str) -> str:
    """A new address for whoever writes there, and the one before is worth nothing; "" when the site has no address."""
    base = intake.content.public_url
    if not base:
        return ""
    code, now = secrets.token_urlsafe(32), intake.clock.now()
    await intake.store.add_link(_digest(code), channel, peer, customer.id, now, now + LASTS)
    return f"{base}/requests/mine?code={quote(code)}&lang={lang}"


async def holds(intake: Intake, code: str) -> bool:
    """Whether a code is still good; looking does not use it up, for messengers look at links before people do."""
    now = intake.clock.now()
    return _CODE.fullmatch(code) is not None and await intake.store.linker(_digest(code), now) is not None


async def spend(intake: Intake, code: str) -> Customer | None:
    """Whose requests a code shows, once."""
    if _CODE.fullmatch(code) is None:
        return None
    return await intake.store.spend_link(_digest(code), intake.clock.now())


def _digest(code: str) -> str:
    return f"pass:{hashlib.sha256(code.encode()).hexdigest()}"
