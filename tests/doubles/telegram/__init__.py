"""The double of Telegram, driven by two clients that know nothing of each other."""
