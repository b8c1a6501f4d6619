"""Telegram: customers write to a bot. Updates become Incomings, messages become what the Bot API takes; nothing is decided here.

aiogram is imported by `client.py` and by what sends, and those only when the channel is on: it costs seconds and 130 MB.
"""
