"""The results of dialogue tests as JUnit XML, for whoever shows them in a pipeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from presszero.check.dialogues import Played

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(played: Sequence[Played], seconds: float, lang: str) -> str:
    """One suite for each file of tests."""
    failed = sum(p.failure is not None for p in played)
    top = ET.Element("testsuites", tests=str(len(played)), failures=str(failed), time=f"{seconds:.3f}")
    suites: dict[str, list[Played]] = {}
    for one in played:
        suites.setdefault(one.script.place.file, []).append(one)
    for file, tests in suites.items():
        wrong = sum(p.failure is not None for p in tests)
        suite = ET.SubElement(top, "testsuite", name=file, tests=str(len(tests)), failures=str(wrong))
        for one in tests:
            _case(suite, one, lang)
    ET.indent(top, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(top, encoding="unicode")


def _case(suite: ET.Element, played: Played, lang: str) -> None:
    place = played.script.place
    named = {"name": _clean(played.script.name), "classname": place.file, "file": place.file, "line": str(place.line)}
    case = ET.SubElement(suite, "testcase", named)
    if played.failure:
        failure = ET.SubElement(case, "failure", message=_clean(played.failure.line(lang)))
        failure.text = _clean("\n".join(played.log))


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _UNPRINTABLE.sub("\ufffd", text)
