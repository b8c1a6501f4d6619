"""A desk's folder is taken before options and after them, by every command that takes one."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

import pytest

from presszero.cli.parser import parser


def commands(top: ArgumentParser, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], ArgumentParser]]:
    below = [action for action in top._actions if isinstance(action, _SubParsersAction)]
    for action in below:
        for name, command in action.choices.items():
            yield from commands(command, (*names, name))
    if not below:
        yield names, top


def test_a_folder_may_follow_the_options() -> None:
    taken = 0
    for names, command in commands(parser()):
        own = [action for action in command._actions if not action.option_strings]
        if not any(action.dest == "dir" and action.nargs == "?" for action in own):
            continue
        words = ["x" for action in own if action.nargs is None]
        for option in (action for action in command._actions if action.option_strings and action.nargs == 0):
            if option.dest == "help":
                continue
            for order in ([*words, "desk", option.option_strings[0]], [*words, option.option_strings[0], "desk"]):
                assert parser().parse_args([*names, *order]).dir == "desk", order
            taken += 1
    assert taken > 10


@pytest.mark.parametrize(
    "wrong", ["nlu parse", "check a b", "fly", "nlu", "operator fly", "check --fly", "nlu evaluate x"]
)
def test_what_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(wrong.split())
    assert ended.value.code == 2


def test_a_text_may_begin_with_a_hyphen() -> None:
    found = parser().parse_args(["nlu", "parse", "--why", "--", "-5 рублей", "desk"])
    assert (found.text, found.dir, found.why) == ("-5 рублей", "desk", True)
