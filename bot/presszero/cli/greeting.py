"""What `run` and `demo` print when they are ready: where to look, and a link to sign in."""

from __future__ import annotations

import hashlib
import secrets

from presszero.app import Running


async def greet(running: Running, url: str, *, demo: bool) -> None:
    """Prints the addresses; the demo also makes an operator and a link that signs them in once."""
    if demo:
        operator = await running.store.save_operator("anna", shown="Анна", role="lead")
        token = secrets.token_urlsafe(24)
        digest = "once:" + hashlib.sha256(token.encode()).hexdigest()
        await running.store.add_session(digest, operator.id, running.settings.clock.now() + 86400)
        lines = [
            f"Demo provider with the chat:  {url}/  (English: {url}/?lang=en)",
            f"Operator console, signs in once: {url}/console/login/once?token={token}",
            f"Articles:  {url}/kb/ru   {url}/kb/en",
            "Stop with Ctrl+C.",
        ]
    else:
        lines = [f"Running on {url}", f"Operator console: {url}/console", "Stop with Ctrl+C."]
    print("\n".join(lines), flush=True)
