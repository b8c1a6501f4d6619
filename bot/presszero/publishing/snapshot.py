"""A desk's files as one value: of its folder, of a publication, of a commit. Only what a desk is made of, nothing beside it."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from presszero import desk
from presszero.errors import ConfigError
from presszero.runtime.versions import Files, Refused

FOLDERS = ("flows", "nlu", "kb", "handoff", "tests/dialogues")
MOST = 16 * 1024 * 1024
MOST_FILES = 5000
_NAME = re.compile(r"[\w .()+-]+(?:/[\w .()+-]+){0,8}")


def belongs(name: str) -> bool:
    """Whether a file of this name is part of a desk."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part.endswith("~") for part in path.parts)
    return (
        not hidden
        and len(name) <= 300
        and _NAME.fullmatch(name) is not None
        and (name == "config.yaml" or any(name.startswith(f"{folder}/") for folder in FOLDERS))
    )


def of_folder(root: Path) -> dict[str, bytes]:
    """The files of a desk's folder."""
    paths = [root / "config.yaml", *(p for folder in FOLDERS for p in sorted((root / folder).rglob("*")))]
    found = {
        name: path.read_bytes()
        for path in paths
        if path.is_file() and not path.is_symlink() and belongs(name := path.relative_to(root).as_posix())
    }
    return bounded(found)


def bounded(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, unless they are too many or too large, or some are no part of a desk. Raises Refused."""
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST:
        raise Refused(
            "too_large",
            f"A desk is at most {MOST_FILES} files and {MOST // 1024 // 1024} MiB.",
            f"Файлов не больше {MOST_FILES}, вместе не больше {MOST // 1024 // 1024} МиБ.",
        )
    stray = next((name for name in files if not belongs(name)), None)
    if stray is not None:
        raise Refused("stray", f"{stray[:100]!r} is no file of a desk.", f"«{stray[:100]}» — не файл бота.")
    if "config.yaml" not in files:
        raise Refused("no_config", "There is no config.yaml.", "Нет config.yaml.")
    return dict(files)


def of_git(root: Path, revision: str) -> dict[str, bytes]:
    """The files of a desk as they were in a commit. Raises ConfigError."""
    command = ["git", "-C", str(root), "archive", "--format=tar", f"{revision}:./", "--"]
    kept = [name for name in ("config.yaml", *FOLDERS) if _there(root, revision, name)]
    if revision.startswith("-") or not kept:
        raise ConfigError(f"{revision}: no folder, no number of a publication, no commit with a desk in it.")
    done = subprocess.run([*command, *kept], capture_output=True, check=False)  # noqa: S603 - a fixed program, no shell
    if done.returncode:
        raise ConfigError(f"{revision}: {done.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        members = [m for m in archive if m.isfile() and belongs(m.name)]
        return bounded({m.name: part.read() for m in members if (part := archive.extractfile(m))})


def _there(root: Path, revision: str, name: str) -> bool:
    if revision.startswith("-"):
        return False
    command = ["git", "-C", str(root), "cat-file", "-e", f"{revision}:./{name}"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - a fixed program
    except OSError:
        return False


def mark(files: Files) -> str:
    """A short name of exactly these files."""
    digest = hashlib.sha256()
    for name, body in sorted(files.items()):
        digest.update(f"{len(name)}:{name}:{len(body)}:".encode() + body)
    return digest.hexdigest()[:24]


@contextmanager
def laid_out(files: Files) -> Iterator[Path]:
    """A folder with these files, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="presszero-") as folder:
        root = Path(folder)
        for name, body in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        yield root


def read(files: Files, env: Mapping[str, str]) -> desk.Desk:
    """The desk that these files are."""
    with laid_out(files) as root:
        return desk.read(root, env)
