"""Keyboards, checked as Telegram checks them."""

from __future__ import annotations

from typing import Any

from presszero.testing.telegram.flood import Limits
from presszero.testing.telegram.params import Params
from presszero.testing.telegram.refusal import bad

ACTIONS = ("url", "callback_data", "login_url", "web_app", "switch_inline_query", "switch_inline_query_current_chat",
           "copy_text", "callback_game", "pay")  # fmt: skip


def read(params: Params, limits: Limits) -> dict[str, Any] | None:
    """The keyboard of a call; None when it has none."""
    markup = params.object("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    for kind in ("inline_keyboard", "keyboard"):
        if kind in markup:
            _rows(markup[kind], kind, limits)
    return markup


def _rows(rows: Any, kind: str, limits: Limits) -> None:
    field = "inline keyboard" if kind == "inline_keyboard" else "keyboard"
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{kind}" must be of type Array')
    buttons = [button for row in rows for button in row]
    if len(buttons) > limits.buttons or any(len(row) > limits.row for row in rows):
        # The server answers so for every keyboard that it finds too large.
        raise bad("reply markup is too long")
    for button in buttons:
        shown = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
        if shown is None:
            raise bad(f"can't parse {field} button: Can't find field \"text\"")
        if not shown:
            raise bad(
                f"can't parse {field} button: Text must be non-empty" if kind == "keyboard" else "BUTTON_TEXT_EMPTY"
            )
        if kind == "inline_keyboard":
            _inline(button, limits)


def _inline(button: Any, limits: Limits) -> None:
    if not isinstance(button, dict) or not any(name in button for name in ACTIONS):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= limits.callback_data:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
