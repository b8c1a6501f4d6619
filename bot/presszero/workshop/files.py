"""The desk's files as an editor sees them: read with a mark, saved whole, and never over somebody else's change.

Only files that a lead may edit (`FOLDERS`); `config.yaml` belongs to the administrator. It must never leave the desk's folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from presszero.publishing import snapshot
from presszero.runtime.editing import FileText, Taken
from presszero.runtime.versions import Refused
from presszero.source.read import MAX_BYTES

FOLDERS = ("flows/", "tests/dialogues/", "handoff/", "nlu/", "kb/")
ENDINGS = (".yaml", ".yml", ".md")
FLAT = ("flows/", "handoff/")  # what lies deeper in these is read by nobody


def editable(name: str) -> bool:
    """Whether a lead edits a file of this name."""
    return snapshot.belongs(name) and name.startswith(FOLDERS) and name.endswith(ENDINGS)


def mark(data: bytes) -> str:
    """A short name of exactly these bytes; nothing is nothing."""
    return hashlib.sha256(data).hexdigest()[:16] if data else ""


class DeskFiles:
    """The folder, and who saved what last in this process."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last: dict[str, str] = {}

    def names(self) -> list[str]:
        """Every file that can be edited, in the order of the folders."""
        found = [
            path.relative_to(self._root).as_posix()
            for folder in FOLDERS
            for path in sorted((self._root / folder).rglob("*"))
            if path.is_file() and not path.is_symlink()
        ]
        return [name for name in found if editable(name)]

    def known(self, *names: str) -> None:
        """Only files that may be edited. Raises Refused."""
        for name in names:
            self._path(name)

    def read(self, name: str) -> FileText:
        """A file; one that is not there yet is empty. Raises Refused."""
        path = self._path(name)
        data = path.read_bytes() if path.is_file() else b""
        if len(data) > MAX_BYTES:
            raise Refused("too_large", "The file is larger than 1 MiB.", "Файл больше 1 МиБ.")
        return FileText(
            name, data.decode("utf-8", "replace").replace("\r\n", "\n"), mark(data), self._last.get(name, "")
        )

    def save(self, name: str, text: str, base: str, author: str) -> FileText:
        """Writes a file whole; ``base`` is the mark it was read with. Raises Taken and Refused."""
        path, data = self._path(name), text.encode("utf-8", "surrogatepass")
        if len(data) > MAX_BYTES or "\ud800" <= max(text, default="") <= "\udfff":
            raise Refused("too_large", "The file is larger than 1 MiB.", "Файл больше 1 МиБ.")
        now = self.read(name)
        if now.mark != base:
            raise Taken(now)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, data)
        except OSError as error:
            why = error.strerror or ""
            raise Refused("not_written", f"The file cannot be written: {why}.", f"Файл не записать: {why}.") from error
        self._last[name] = author
        return FileText(name, text, mark(data), author)

    def remove(self, name: str, base: str) -> None:
        """Removes a file; ``base`` is the mark it was read with. Raises Taken and Refused."""
        path, now = self._path(name), self.read(name)
        if now.mark != base:
            raise Taken(now)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            why = error.strerror or ""
            raise Refused("not_written", f"The file cannot be removed: {why}.", f"Файл не удалить: {why}.") from error
        self._last.pop(name, None)

    def over(self, drafts: Mapping[str, str]) -> dict[str, bytes]:
        """The whole desk with drafts in place of files. Raises Refused."""
        self.known(*drafts)
        texts = {name: text.encode("utf-8", "surrogatepass") for name, text in drafts.items()}
        return snapshot.bounded({**snapshot.of_folder(self._root), **texts})

    def _path(self, name: str) -> Path:
        path = self._root / name
        if not editable(name) or path.is_symlink() or path.is_dir() or not self._inside(path):
            raise Refused("stray", f"{name[:100]!r} is no file to edit here.", f"«{name[:100]}» здесь не редактируют.")
        folder = next((f for f in FLAT if name.startswith(f) and "/" in name.removeprefix(f)), "")
        if folder and not path.exists():  # one that is there already must be read to be moved or removed
            there = folder + path.name
            raise Refused(
                "stray",
                f"{name[:100]} would be read by nobody: files of {folder} lie in it directly. Name it {there[:100]}.",
                f"{name[:100]} никто не прочитает: файлы из {folder} лежат прямо в ней. Назовите его {there[:100]}.",
            )
        return path

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._root.resolve())


def _replace(path: Path, data: bytes) -> None:
    """The whole file or nothing of it, also when the power goes."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)
