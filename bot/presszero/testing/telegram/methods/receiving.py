"""How a bot hears: itself, updates by asking, updates by webhook."""

from __future__ import annotations

import re

from presszero.testing.telegram.methods.ask import Ask, Method
from presszero.testing.telegram.refusal import POLLER_UNDER_WEBHOOK, bad, conflict
from presszero.testing.telegram.updates import Update
from presszero.testing.telegram.webhook import Webhook
from presszero.testing.telegram.world import Raw


def get_me(ask: Ask) -> Raw:
    """The bot itself."""
    reads = {"can_join_groups": True, "can_read_all_group_messages": ask.bot.reads_all}
    return ask.bot.user.raw() | reads | {"supports_inline_queries": False}


async def get_updates(ask: Ask) -> list[Update]:
    """What waits; the call itself waits for it, up to ``timeout`` seconds."""
    if ask.bot.webhook:
        raise conflict(POLLER_UNDER_WEBHOOK)
    ask.bot.updates.allow(ask.params.object("allowed_updates"))
    limit = min(max(ask.params.number("limit", 100), 1), 100)
    return await ask.bot.updates.poll(ask.params.number("offset"), limit, min(ask.params.number("timeout"), 50))


async def set_webhook(ask: Ask) -> bool:
    """Updates go to an address from now on; an empty one ends that."""
    url = ask.params.text("url")
    if not url:
        return await delete_webhook(ask)
    host = re.match(r"(https?)://([^/:]+)", url)
    if not host or (host[1] == "http" and host[2] not in {"127.0.0.1", "localhost"}):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = ask.params.text("secret_token")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    most = ask.params.number("max_connections", 40)
    ask.bot.updates.allow(ask.params.object("allowed_updates"))
    await _end(ask)
    ask.bot.updates.interrupt(conflict("terminated by setWebhook request"))
    ask.bot.webhook = Webhook(ask.bot.updates, url, secret, min(max(most, 1), 100), ask.world.now)
    ask.bot.webhook.start()
    return True


async def delete_webhook(ask: Ask) -> bool:
    """Back to asking."""
    await _end(ask)
    return True


async def _end(ask: Ask) -> None:
    if ask.bot.webhook:
        await ask.bot.webhook.stop()
        ask.bot.webhook = None
    if ask.params.flag("drop_pending_updates"):
        ask.bot.updates.waiting.clear()


def get_webhook_info(ask: Ask) -> Raw:
    """How the webhook does."""
    pending = {"pending_update_count": len(ask.bot.updates.waiting)}
    hook: Webhook | None = ask.bot.webhook
    if hook is None:
        return {"url": "", "has_custom_certificate": False} | pending
    found: Raw = {
        "url": hook.url,
        "has_custom_certificate": False,
        "max_connections": hook.most,
        "ip_address": "127.0.0.1",
    }
    if hook.error:
        found |= {"last_error_date": int(hook.error_at), "last_error_message": hook.error}
    if ask.bot.updates.allowed:
        found["allowed_updates"] = sorted(ask.bot.updates.allowed)
    return found | pending


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
