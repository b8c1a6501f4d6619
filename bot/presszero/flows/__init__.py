"""A desk's dialogues: reading `flows/*.yaml` into the core's model, with every fault named and placed.

The folder `flows/` of a desk is read only here. ``load`` is the one loader of check, test, chat, run and the editor.
"""

from presszero.flows.load import load, load_files, within
from presszero.flows.model import FlowPhrase, Known, Loaded

__all__ = ["FlowPhrase", "Known", "Loaded", "load", "load_files", "within"]
