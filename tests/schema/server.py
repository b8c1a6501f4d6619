"""The real yaml-language-server over stdio: opens files, gives what it underlines and what it offers.

`make system` installs it into `.cache/`; without it the tests fail and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".cache" / "yaml-language-server"
PROGRAM = HOME / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def program() -> list[str]:
    """The command. Raises AssertionError where it is not installed."""
    node = shutil.which("node")
    assert node, "there is no node: run `make system`"
    assert PROGRAM.is_file(), "the YAML language server is not installed: run `make system`"
    return [node, str(PROGRAM), "--stdio"]


class Server:
    """One server for many files; every answer is awaited, so nothing sleeps."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._number = 0
        self._shown: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(program(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self._root)
        abilities = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
        self.ask("initialize", {"processId": None, "rootUri": self._root.as_uri(), "capabilities": abilities})
        self._tell("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate(timeout=10)

    def underlined(self, texts: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
        """What is wrong in each text, by the file it stands in: all at once, for the server waits a little for more typing."""
        files = {self._open(file, text): file for file, text in texts.items()}
        while files.keys() - self._shown.keys():
            self._take()
        return {file: self._shown.pop(uri) for uri, file in files.items()}

    def offered(self, file: str, text: str, line: int, column: int) -> list[str]:
        """What can be typed at a place (from 1)."""
        uri = self._open(file, text)
        where = {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        found = self.ask("textDocument/completion", where)
        return [item["label"] for item in found["items"]]

    def ask(self, method: str, params: Any) -> Any:
        """A request and its answer."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            said = self._take()
            if said.get("id") == number and "method" not in said:
                assert "error" not in said, said
                return said["result"]

    def _open(self, file: str, text: str) -> str:
        uri = (self._root / file).as_uri()
        self._shown.pop(uri, None)
        self._number += 1
        opened = {"uri": uri, "languageId": "yaml", "version": self._number, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": opened})
        return uri

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, what: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **what}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        out = self._process.stdout
        assert out
        length = 0
        while line := out.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        assert length, "the server has ended"
        said: dict[str, Any] = json.loads(out.read(length))
        if said.get("method") == "textDocument/publishDiagnostics":
            self._shown[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif "method" in said and "id" in said:  # what it asks of an editor
            self._send({"id": said["id"], "result": self._answer(said)})
        return said

    def _answer(self, said: dict[str, Any]) -> Any:
        if said["method"] == "workspace/configuration":
            own = {"validate": True, "completion": True, "schemaStore": {"enable": False}, "yamlVersion": "1.2"}
            return [own if item.get("section") == "yaml" else {} for item in said["params"]["items"]]
        return None
