"""Doubles of other people's systems, for the tests of whoever builds on Press Zero. Nothing that serves customers imports this."""
