"""What `run` and `demo` print when they are ready: where to look, and a link to sign in."""

from __future__ import annotations

from presszero.app import Running
from presszero.console.sessions import login_link


async def greet(running: Running, url: str, *, demo: bool) -> None:
    """Prints the addresses; the demo also makes an operator and a link that signs them in once."""
    if demo:
        operator = await running.store.save_operator("anna", shown="Анна", role="lead")
        link = await login_link(running.store, operator, running.settings.clock.now(), url)
        lines = [
            f"Demo provider with the chat:  {url}/  (English: {url}/?lang=en)",
            f"Operator console, signs in once: {link}",
            f"Articles:  {url}/kb/ru   {url}/kb/en",
            "Stop with Ctrl+C.",
        ]
    else:
        lines = [f"Running on {url}", f"Operator console: {url}/console", await _served(running), "Stop with Ctrl+C."]
    print("\n".join(lines), flush=True)


async def _served(running: Running) -> str:
    """What customers meet, and whether the folder holds something else."""
    number = running.intake.content.publication
    if not number:
        return "Serving the folder." + (" Changed files are read by themselves." if running.settings.watch else "")
    if await running.current.is_draft():
        return f"Serving publication {number}. The folder differs from it: `presszero publish`, or `run --watch` to follow it."
    return f"Serving publication {number}, which is the folder as it stands."
