"""`presszero schema`: JSON Schema of a desk's files, for editors."""

from __future__ import annotations

import sys
from argparse import Namespace

from presszero import schemas
from presszero.errors import ConfigError
from presszero.folders import desk_folder


def run(arguments: Namespace) -> int:
    """Prints one schema, or writes all of them into a desk's `schema/`."""
    if arguments.write:
        count = schemas.write(desk_folder(arguments.dir))
        print(f"{schemas.FOLDER}/: {count}")
        return 0
    if not arguments.name:
        for name, (files, _) in schemas.SCHEMAS.items():
            print(f"{name:12} {files}")
        return 0
    if arguments.name not in schemas.SCHEMAS:
        raise ConfigError(f"{arguments.name}: there is no such schema; there are {', '.join(schemas.SCHEMAS)}.")
    sys.stdout.write(schemas.text(arguments.name))
    return 0
