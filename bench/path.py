"""The whole path over HTTP: durable turns a second beside a bare echo, CPU per turn, start, memory, what imports cost.

    uv run python -m bench.path [--seconds 5] [--rounds 3] [--clients 32]

Everything is measured on real processes on loopback, the desk being this repository's own, with understanding on. Rounds of
desk and echo alternate and the best of each is shown: only ratios mean anything on another machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from presszero.check.script import Script
from presszero.check.script import load as load_scripts
from presszero.dialogue.text import show
from tests.running import ROOT, Server, demo_server, free_port

HOOK = "/webhooks/rest/webhook"
PEERS = 1000
TICK = os.sysconf("SC_CLK_TCK")
GOALS = {
    "turns_to_echo": (0.35, "≥"),
    "cpu_ms_dialogues": (2.5, "≤"),
    "cpu_ms_articles": (8.0, "≤"),
    "start_s": (3.0, "≤"),
    "idle_mb": (160.0, "≤"),
}


def cpu(pid: int) -> float:
    """Seconds of processor time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


class Talk:
    """A front end of Rasa's kind: one connection, one sender at a time."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._mark = os.urandom(4).hex()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The answer to a POST."""
        data = json.dumps(body, ensure_ascii=False).encode()
        self._connection.request("POST", path, data, {"content-type": "application/json"})
        answer = self._connection.getresponse()
        read = answer.read()
        assert answer.status == 200, read
        return json.loads(read)

    def say(self, sender: str, text: str, lang: str = "ru") -> list[dict[str, Any]]:
        """A message and the items of its answer."""
        body = {"sender": f"{self._mark}-{sender}", "message": text, "metadata": {"lang": lang}}
        found: list[dict[str, Any]] = self.post(HOOK, body)
        return found


# throughput


def thanks(talk: Talk) -> list[str]:
    """Ways to say thank you that are understood so: no two turns in a row parse the same text."""
    ways = [
        f"{a} {b}".strip()
        for a in ("спасибо", "большое спасибо", "благодарю", "спс")
        for b in ("", "вам", "за помощь", "за ответ", "всё понятно", "очень помогли")
    ]
    parses = [(w, talk.post("/model/parse", {"text": w})) for w in ways]
    found = [w for w, p in parses if p["intent"]["name"] == "thanks" and p["metadata"]["band"] == "act"]
    assert len(found) > 5, found
    return found


def load(port: int, path: str, bodies: list[Any], clients: int, seconds: float) -> dict[str, Any]:
    """What the client process measured."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(bodies, file, ensure_ascii=False)
        file.flush()
        command = [sys.executable, "-m", "bench.client", str(port), path, file.name, str(clients), str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)
    assert not found["bad"], found["example"]
    return found


def measured(pid: int, *given: Any) -> dict[str, Any]:
    """A load, with the processor time of the process that took it."""
    before = cpu(pid)
    found = load(*given)
    return {
        "per_s": round(found["requests"] / found["seconds"]),
        "cpu_ms": round(1000 * (cpu(pid) - before) / found["requests"], 3),
        "p50_ms": found["p50_ms"],
        "p99_ms": found["p99_ms"],
        "client_cpu_share": round(found["cpu_s"] / found["seconds"], 2),
    }


@contextmanager
def echoing() -> Iterator[tuple[int, int]]:
    """The echo: its pid and port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.echo", str(port)], cwd=ROOT)
    try:
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=1)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.02)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(10)


def throughput(server: Server, clients: int, seconds: float, rounds: int) -> dict[str, Any]:
    """Turns a second on a trivial flow beside the echo."""
    ways = thanks(Talk(server.port))
    bodies = [{"sender": f"p{n % PEERS}", "message": ways[n % len(ways)]} for n in range(PEERS * len(ways))]
    rows: dict[str, list[dict[str, Any]]] = {"echo": [], "turns": []}
    with echoing() as (pid, port):
        for _ in range(rounds):
            rows["echo"].append(measured(pid, port, "/echo", bodies, clients, seconds))
            rows["turns"].append(measured(server.pid, server.port, HOOK, bodies, clients, seconds))
    best = {name: max(found, key=lambda row: row["per_s"]) for name, found in rows.items()}
    for name, row in best.items():
        print(json.dumps({"row": name, "clients": clients} | row))
    return {"turns_to_echo": round(best["turns"]["per_s"] / best["echo"]["per_s"], 3)}


# CPU a turn


def dialogues(server: Server) -> dict[str, float]:
    """CPU of a turn averaged over what customers say in the desk's own dialogue tests, eight dialogues at a time."""
    scripts, faults = load_scripts(ROOT)
    assert scripts
    assert not faults

    def play(numbered: tuple[int, Script]) -> int:
        n, script = numbered
        talk = Talk(server.port)
        said = [line for line in script.talk if line.kind in {"user", "press", "digits"}]
        for line in said:
            talk.say(f"d{n}", show(line.value) or "-", script.lang or "ru")
        return len(said)

    before, began = cpu(server.pid), time.perf_counter()
    with ThreadPoolExecutor(8) as people:
        turns = sum(people.map(play, enumerate(scripts)))
    used, took = cpu(server.pid) - before, time.perf_counter() - began
    row = {"scripts": len(scripts), "turns": turns, "wall_ms": round(1000 * took / turns, 2)}
    print(json.dumps({"row": "dialogues"} | row))
    return {"cpu_ms_dialogues": round(1000 * used / turns, 2)}


def articles(server: Server) -> dict[str, float]:
    """CPU of a turn that searches the articles: questions of their own front matter that no flow takes."""
    talk = Talk(server.port)
    asked = [q for path in sorted((ROOT / "kb" / "ru").glob("*.md")) for q in _questions(path)]
    found = [q for n, q in enumerate(asked) if "/kb/" in json.dumps(talk.say(f"k{n}", q))]
    assert found
    before = cpu(server.pid)
    for n, question in enumerate(found):
        talk.say(f"s{n}", question)
    used = cpu(server.pid) - before
    print(json.dumps({"row": "articles", "asked": len(asked), "answered_from_articles": len(found)}))
    return {"cpu_ms_articles": round(1000 * used / len(found), 2)}


def _questions(path: Path) -> list[str]:
    line = next((x for x in path.read_text().splitlines() if x.startswith("questions:")), "")
    return re.findall(r'"([^"]+)"', line)


# the start, memory and imports


def start(folder: Path, rounds: int) -> dict[str, float]:
    """From the command to the first answered message, with models in the cache."""
    found: list[float] = []
    rss = 0.0
    for n in range(rounds):
        server = Server(folder / f"start{n}", ROOT)
        began = time.perf_counter()
        with server:
            assert Talk(server.port).say("first", "спасибо")
            found.append(time.perf_counter() - began)
            rss = max(rss, memory(server.pid))
    return {"start_s": round(statistics.median(found), 2), "idle_mb": round(rss, 1)}


def imports(folder: Path) -> None:
    """What each package costs a starting desk: the time of its own modules, in milliseconds."""
    server = Server(folder / "imports", ROOT, {"PYTHONPROFILEIMPORTTIME": "1"})
    with server:
        pass
    own: dict[str, list[int]] = defaultdict(list)
    for took, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", server.said()):
        own[name.partition(".")[0]].append(int(took))
    total = sum(map(sum, own.values()))
    print(json.dumps({"row": "imports", "modules": sum(map(len, own.values())), "total_ms": round(total / 1000)}))
    for name, took in sorted(own.items(), key=lambda item: -sum(item[1]))[:15]:
        print(json.dumps({"import": name, "modules": len(took), "ms": round(sum(took) / 1000, 1)}))


def main() -> int:
    """Prints a JSON object a line; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=32)
    given = parser.parse_args()
    print(json.dumps({"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": sys.version.split()[0]}))
    numbers: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="presszero-bench-") as folder:
        root = Path(folder)
        with demo_server(root / "desk") as server:
            numbers |= dialogues(server)
            numbers |= articles(server)
            numbers |= throughput(server, given.clients, given.seconds, given.rounds)
            print(json.dumps({"row": "memory after load", "mb": round(memory(server.pid), 1)}))
        numbers |= start(root, given.rounds)
        imports(root)
    missed = [name for name, (goal, sign) in GOALS.items() if (numbers[name] > goal) == (sign == "≤")]
    for name, (goal, sign) in GOALS.items():
        print(
            json.dumps(
                {"goal": name, "is": numbers[name], "wanted": f"{sign} {goal}", "met": name not in missed},
                ensure_ascii=False,
            )
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
