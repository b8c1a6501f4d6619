"""One process per SQLite file: a lock that ends with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from presszero.errors import ConfigError


class Lock:
    """An exclusive lock beside the database; taken when made."""

    def __init__(self, database: Path) -> None:
        self._file = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = os.read(self._file, 20).decode("ascii", "replace").strip() or "?"
            os.close(self._file)
            raise ConfigError(
                f"{database} is in use by another Press Zero process (pid {who}). A SQLite file serves one process; "
                "to run several processes or machines, use PostgreSQL."
            ) from error
        os.truncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Lets another process in."""
        os.close(self._file)
