"""Ways in and out: the web chat, the channels of Rasa; each translates and decides nothing."""
