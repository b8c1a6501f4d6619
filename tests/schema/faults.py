"""Faults in every kind of file: what stood there, what stands there now. The loader and the server judge them alike."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Fault(NamedTuple):
    """One slip in a file of the demo desk."""

    file: str
    old: str
    new: str
    code: str


FLOW, TESTS = "flows/no_connection.yaml", "tests/dialogues/no_connection.yaml"
HOURS, QUEUES, SLA = "handoff/hours.yaml", "handoff/queues.yaml", "handoff/sla.yaml"
CATEGORIES, TEMPLATES = "handoff/categories.yaml", "handoff/templates.yaml"
PHRASES, CONFIG, COMMON = "nlu/ru/account.yml", "config.yaml", "flows/_common.yaml"

FORM = [  # of YAML itself
    Fault(FLOW, "queue: tech\n", "queue: tech\nqueue: care\n", "PZ102"),
    Fault(FLOW, "queue: tech\n", 'queue: "tech\n', "PZ117"),
    Fault(FLOW, "queue: tech\n", "queue: 'te'ch\n", "PZ128"),
    Fault(FLOW, "queue: tech\n", "queue: [tech\n", "PZ118"),
    Fault(FLOW, "queue: tech\n", "queue: te: ch\n", "PZ112"),
    Fault(FLOW, "queue: tech\n", "  queue: tech\n", "PZ120"),
    Fault(FLOW, "queue: tech\n", "queue: @tech\n", "PZ119"),
    Fault(FLOW, "queue: tech\n", "queue: *tech\n", "PZ103"),
    Fault(FLOW, "queue: tech\n", "queue: !tech x\n", "PZ104"),
    Fault(FLOW, "queue: tech\n", "queue\n", "PZ121"),
    Fault(FLOW, "queue: tech\n", 'queue: "te\\ch"\n', "PZ127"),
    Fault(FLOW, "queue: tech\n", "queue: - tech\n", "PZ126"),
    Fault(FLOW, "queue: tech\n", "\tqueue: tech\n", "PZ105"),
    Fault(FLOW, "queue: tech\n", "<<<<<<< ours\nqueue: tech\n=======\nqueue: care\n>>>>>>> theirs\n", "PZ111"),
]
KEYS = [  # of the files' own form
    Fault(CONFIG, "languages: [ru, en]", "langauges: [ru, en]", "PZ181"),
    Fault(CONFIG, "    accent: ", "    acent: ", "PZ181"),
    Fault(CONFIG, "  rest: on", "  rest: perhaps", "PZ187"),
    Fault(CONFIG, "keep_days: 365", "keep_days: 99999", "PZ185"),
    Fault(CONFIG, "        timeout: 4s", "        timeout: soon", "PZ186"),
    Fault(CONFIG, "        retry: 2", "        retry: 9", "PZ185"),
    Fault(CONFIG, "takes: {contract: digits}", "takes: {contract: didgits}", "PZ184"),
    Fault(CONFIG, "zone: Europe/Moscow\n", "", "PZ182"),
    Fault(QUEUES, "  limit: ", "  limt: ", "PZ181"),
    Fault(QUEUES, "  limit: 6", "  limit: 600", "PZ185"),
    Fault(SLA, "reply: 30m", "reply: soon", "PZ186"),
    Fault(SLA, "  calendar: ", "  calender: ", "PZ181"),
    Fault(CATEGORIES, "  sla: ", "  slas: ", "PZ181"),
    Fault(CATEGORIES, "  priority: high", "  priority: hihg", "PZ184"),
    Fault(TEMPLATES, "  title: ", "  tilte: ", "PZ181"),
    Fault(HOURS, "  holidays: RU", "  holidays: Russia", "PZ184"),
    Fault(HOURS, "  week:", "  weak:", "PZ181"),
    Fault(COMMON, "  chat: 30m", "  chat: half an hour", "PZ186"),
    Fault(COMMON, "  restart:\n", "  restrat:\n", "PZ181"),
    Fault(COMMON, "home: welcome", "hoem: welcome", "PZ181"),
    Fault(PHRASES, "    examples:", "    exmaples:", "PZ402"),
    Fault(PHRASES, "  - intent: account_password", "  - intend: account_password", "PZ410"),
    Fault(TESTS, "    lang: ru", "    lnag: ru", "PZ801"),
    Fault(TESTS, '      - user: "555666"', '      - usr: "555666"', "PZ801"),
]
