"""YAML's own parse errors in the words of a support lead: which trap it was, where it stands, what to write instead.

The table is by libyaml's sentences (0.2.5); an unknown one still gives a place and PZ101. It must never show a
parser's sentence.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from presszero.errors import Finding, Place
from presszero.source.build import LOADER

_KEYED = re.compile(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s:#"'{}\[\]][^:#]*): +(?=\S)""")
_GLUED = re.compile(r"\s*([a-z_]+):(\S+)")
_HOLE = re.compile(r"""(?:^|[\s,{\[:])(\$?\{[\w.|]+\})""")
_BY_CONTEXT = {
    "while scanning a tag": "PZ104",
    "while scanning an alias": "PZ119",
    "while scanning an anchor": "PZ119",
    "while scanning a block scalar": "PZ119",
    "while scanning a quoted scalar": "PZ117",
    "while scanning a simple key": "PZ121",
}
_BY_PROBLEM = {
    "found undefined tag handle": "PZ104",
    "mapping keys are not allowed in this context": "PZ116",
    "block sequence entries are not allowed in this context": "PZ126",
    "found unknown escape character": "PZ127",
    "did not find expected hexdecimal number": "PZ127",
    "did not find expected '-' indicator": "PZ120",
    "did not find expected <document start>": "PZ106",
    "found character that cannot start any token": "PZ119",
}
_AT_CONTEXT = {"PZ104", "PZ117", "PZ121"}  # where it began tells more than where the parser gave up


class Diagnosis:
    """One parse error beside the text it came from."""

    def __init__(self, error: yaml.YAMLError, lines: list[str], file: str, quoted: tuple[Place, int] | None) -> None:
        self.lines, self.file, self.quoted = lines, file, quoted
        self.context = str(getattr(error, "context", "") or "")
        self.problem = str(getattr(error, "problem", "") or "")
        self._from: Any = getattr(error, "context_mark", None)
        self._at: Any = getattr(error, "problem_mark", None) or self._from

    def finding(self) -> Finding:
        """The finding; its place is where the author's mistake is likeliest to be."""
        code = _BY_PROBLEM.get(self.problem) or _BY_CONTEXT.get(self.context)
        if code:
            return self._plain(code)
        if self.problem == "mapping values are not allowed in this context":
            return self._colon()
        if self.context.startswith("while parsing a flow"):
            return self._brackets()
        if self.problem == "did not find expected key":
            return self._after_value()
        return Finding(self._place(self._at), "PZ101")

    def _place(self, mark: Any) -> Place:
        if mark is None:
            return Place(self.file)
        line = min(mark.line, len(self.lines) - 1)
        while line > 0 and mark.line > line - 1 and not self.lines[line].strip() and mark.column == 0:
            line -= 1  # the end of the file: its last written line
        if line != mark.line:
            return Place(self.file, line + 1, len(self.lines[line].rstrip()) or 1)
        return Place(self.file, line + 1, mark.column + 1)

    def _line(self, mark: Any) -> str:
        return self.lines[min(mark.line, len(self.lines) - 1)] if mark else ""

    def _plain(self, code: str) -> Finding:
        mark = (
            self._from
            if (code in _AT_CONTEXT or self.context.startswith("while scanning a")) and self._from
            else self._at
        )
        rest = self._line(mark)[mark.column :] if mark else ""
        values = {"char": rest[:1], "text": rest.strip(), "tag": rest.split(" ")[0], "key": rest.split(":")[0].strip()}
        return Finding(self._place(mark), code, values)

    def _colon(self) -> Finding:
        """``ru: Цена: 100``, or a line that stands deeper than it should."""
        line = self._line(self._at)
        keyed = _KEYED.match(line)
        if keyed and keyed.end() <= self._at.column:
            value = line[keyed.end() :].rstrip()
            return Finding(Place(self.file, self._at.line + 1, keyed.end() + 1), "PZ112", {"text": value})
        start = len(line) - len(line.lstrip())
        return Finding(Place(self.file, self._at.line + 1, start + 1), "PZ120")

    def _brackets(self) -> Finding:
        lost = self._lost_quote()
        if lost:
            return Finding(lost, "PZ117")
        line = self._line(self._at)
        column = self._at.column if self._at.line < len(self.lines) else 0
        if self._at.line == getattr(self._from, "line", -1) or line[column : column + 1]:
            found = self._inside(line, column)
            if found and self._same_value(line, column):
                return found
        return self._unclosed()

    def _lost_quote(self) -> Place | None:
        """Where a quoted text began that ran over lines up to the place: its own closing quote is missing."""
        start, last = self.quoted or (Place(self.file), 0)
        return start if start.line < last == self._at.line + 1 else None

    def _inside(self, line: str, column: int) -> Finding | None:
        """A fault within the brackets, on the line where the parser stopped."""
        at = Place(self.file, min(self._at.line, len(self.lines) - 1) + 1, column + 1)
        if line[column : column + 1] == "?" or line[max(column - 2, 0) : column].endswith("?"):
            return Finding(at, "PZ116")
        hole = next((h for h in _HOLE.finditer(line) if h.start(1) <= column < h.end()), None)
        if hole:
            return Finding(Place(self.file, at.line, hole.start(1) + 1), "PZ113", {"hole": hole[1]})
        before = line[:column].rstrip()
        if line[column : column + 1] == ":":
            start = max(before.rfind(": "), before.rfind("{"), before.rfind(", ")) + 1
            text = line[start:].strip().rstrip("}], ")
            return Finding(
                Place(self.file, at.line, len(line) - len(line[start:].lstrip()) + 1), "PZ112", {"text": text}
            )
        if before.endswith(('"', "'")):
            return Finding(at, "PZ128", {"char": before[-1]})
        if line[column : column + 1] in set(",}]"):
            return Finding(at, "PZ129")
        return None

    def _same_value(self, line: str, column: int) -> bool:
        """Whether the stop is inside the brackets' own lines rather than at the next key below an open bracket."""
        return self._from is None or self._at.line == self._from.line or line[column : column + 1] != ":"

    def _unclosed(self) -> Finding:
        """An open bracket; perhaps a `` #`` hid its end."""
        opened = self._from or self._at
        line = self._line(opened)
        comment = line.find(" #", opened.column)
        if comment >= 0 and any(c in line[comment:] for c in "}]"):
            return Finding(
                Place(self.file, opened.line + 1, comment + 2), "PZ130", {"text": line[comment + 1 :].strip()}
            )
        char = line[opened.column : opened.column + 1]
        if char not in {"[", "{"} and (mark := self._last_open()):
            opened, char = mark, self._line(mark)[mark.column]
        return Finding(self._place(opened), "PZ118", {"char": char})

    def _last_open(self) -> Any:
        """The innermost bracket that is open where the parser stopped: its own mark may stand behind it."""
        stack: list[Any] = []
        try:
            for token in yaml.scan("\n".join(self.lines), LOADER):
                if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                    stack.append(token.start_mark)
                elif stack and isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
                    stack.pop()
        except yaml.YAMLError:
            pass
        return stack[-1] if stack else None

    def _after_value(self) -> Finding:
        """Something follows a value that had ended: words after a quote or a bracket, or a wrong indent."""
        at, line = self._at, self._line(self._at)
        before = line[: at.column].rstrip()
        lost = self._lost_quote()
        if lost and before:
            return Finding(lost, "PZ117")
        if before.endswith(('"', "'")):
            return Finding(self._place(at), "PZ128", {"char": before[-1]})
        hole = before.rfind("{")
        if before.endswith("}") and ": " not in before[hole:]:
            return Finding(Place(self.file, at.line + 1, hole + 1), "PZ113", {"hole": before[hole:]})
        if before:
            return Finding(self._place(at), "PZ101")
        glued = _GLUED.match(line)
        if glued:
            return Finding(self._place(at), "PZ121", {"key": glued[1], "value": glued[2]})
        return Finding(self._place(at), "PZ120")
