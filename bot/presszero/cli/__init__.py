"""The `presszero` command. Each subcommand is a module that is imported only when it is called.

Exit codes: 0 no errors, 1 errors in the desk's files or tests, 2 cannot run.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from presszero.cli.parser import parser
from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError, PressZeroError


def run(argv: Sequence[str]) -> int:
    """Runs a command; gives the exit code."""
    arguments = parser().parse_args(argv)
    if arguments.command is None:
        parser().print_help()
        return 2
    command = importlib.import_module(f"presszero.cli.{arguments.command}_")
    try:
        code: int = command.run(arguments)
    except ContentError as error:
        lang = tongue(arguments)
        for finding in error.findings:
            print(finding.line(lang), file=sys.stderr)
        return 2
    except (ConfigError, PressZeroError) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return 130
    return code
