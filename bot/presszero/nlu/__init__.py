"""Understanding what was typed: phrases, the models they train, and the values inside a text."""

from presszero.nlu.load import load
from presszero.nlu.phrases import FlowPhrase, Phrases, read
from presszero.nlu.understand import Understanding

__all__ = ["FlowPhrase", "Phrases", "Understanding", "load", "read"]
