"""One module a kind of value; each finds its own in a Reading and knows nothing of the others."""
