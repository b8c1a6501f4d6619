"""The forum desk: conversations that people answer, as topics of a Telegram group. A view of the console, never the truth itself."""
