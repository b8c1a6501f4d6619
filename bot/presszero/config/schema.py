"""JSON Schema of `config.yaml`, learned from its reader."""

from __future__ import annotations

from presszero.config.load import LANGUAGES, settings_of
from presszero.source.read import read_text
from presszero.source.record import Recording
from presszero.source.schema import FORMAT, Schema, document, yes

# Every map that the file may have: the reader asks in each of them for what it knows.
EXAMPLE = """\
languages: [ru]
channels:
  web: {files: {}}
  callback: {}
  telegram: [{}]
  telegram_desk: {groups: [-1001], queues: {care: -1001}}
services:
  billing: {calls: {line: {takes: {contract: digits}, gives: {debt: number}}}}
nlu: {}
kb: {llm: {}}
data: {}
severity: {PZ302: warning}
"""


def settings() -> Schema:
    """`config.yaml`."""
    node = read_text(EXAMPLE, "config.yaml")
    faults = Recording(node, languages=LANGUAGES)
    settings_of(node, {}, faults)
    made = faults.schema(node)
    made["properties"]["format"] = FORMAT
    channels = made["properties"]["channels"]["properties"]
    for name, kind in channels.items():  # each may also be just ``on`` or ``off``
        channels[name] = {"if": {"type": ["string", "boolean"]}, "then": yes(), "else": kind}
    return document("config.yaml", made)
