"""The real process: it starts, refuses to start in the words of `check`, and ends in order."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import httpx

from tests.running import ROOT, Server, copy_desk


def test_it_starts_answers_and_ends(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    with server:
        assert httpx.get(server.url + "/healthz", trust_env=False).json()["status"] == "ok"
        said = server.said()
        assert server.stop() == 0
    assert server.url in said
    assert "Traceback" not in server.said()
    assert (tmp_path / "data" / "presszero.db").exists()


def test_the_data_stays_where_it_was_told(tmp_path: Path) -> None:
    desk = copy_desk(tmp_path / "desk")
    with Server(tmp_path / "data", desk) as server:
        token = httpx.post(server.url + "/web/hello", json={}, trust_env=False).json()["token"]
    assert not (desk / "data").exists()
    with server:
        headers = {"authorization": f"Bearer {token}"}
        kept = httpx.get(server.url + "/web/messages", headers=headers, trust_env=False)
        assert len(kept.json()["messages"]) == 1


BROKEN = {
    "flows/count.yaml": "format: 1\nflow: count\nsteps:\n  - id: a\n    say: {ru: Привет, en: Hello}\n    go: nowhere\n",
    "flows/thanks.yaml": "format: 1\nflow: thanks\n\tsteps: []\n",
    "config.yaml": "format: 1\nname: Desk\nlanguages: [xx]\n",
    "handoff/queues.yaml": "format: 1\ncare: {title: Care, hours: never}\n",
    "kb/en/opening.md": "no front matter\n",
}


def test_a_broken_desk_does_not_start_and_says_what_check_says(tmp_path: Path) -> None:
    tried = 0
    for n, (name, text) in enumerate(BROKEN.items()):
        desk = copy_desk(tmp_path / f"desk{n}")
        (desk / name).write_text(text)
        server = Server(tmp_path / f"data{n}", desk)
        run = server.presszero("run", "--desk", str(desk), "--port", str(server.port))
        check = server.presszero("check", str(desk), "--format", "json")
        found = [f for f in json.loads(check.stdout) if f["severity"] == "error"]
        assert (run.returncode, check.returncode) == (2, 1), name
        assert found, name
        for finding in found:
            place = f"{finding['file']}:{finding['line']}:{finding['column']}" if finding["line"] else finding["file"]
            assert f"{place}  {finding['code']}  {finding['message']}" in run.stderr, (name, run.stderr)
        assert "Traceback" not in run.stderr
        assert not (tmp_path / f"data{n}" / "presszero.db").exists()
        tried += 1
    assert tried == len(BROKEN)


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    environment = {k: v for k, v in server.environment.items() if k != "BOOKS_URL"}
    done = subprocess.run(
        [*_presszero(), "run", "--desk", str(server.desk), "--port", str(server.port)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "BOOKS_URL" in done.stderr
    assert "Traceback" not in done.stderr


def _presszero() -> list[str]:
    import sys

    return [sys.executable, "-m", "presszero"]


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Server(tmp_path / "data")
        done = server.presszero("run", "--desk", str(server.desk), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_one_process_a_database(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        second = Server(tmp_path / "data")
        done = second.presszero("run", "--desk", str(second.desk), "--port", str(second.port))
        assert done.returncode == 2
        assert f"pid {server.pid}" in done.stderr
        assert "Traceback" not in done.stderr
        assert server.healthy()


def test_doctor_beside_a_running_desk(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        done = server.presszero("doctor", "--desk", str(server.desk))
        assert done.returncode == 0, done.stdout
        assert "✗" not in done.stdout
        copy = tmp_path / "copy.db"
        assert server.presszero("backup", str(copy)).returncode == 0
        assert copy.stat().st_size > 0


def test_the_repository_is_where_tests_think_it_is() -> None:
    assert (ROOT / "bot" / "presszero" / "app.py").is_file()
