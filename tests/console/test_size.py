"""What a browser has to load for the console stays small."""

from __future__ import annotations

import gzip

from presszero.console.pages import STATIC

MOST, EDITOR = 60 * 1024, 150 * 1024
OF_THE_EDITOR = {"codemirror.js", "edit.js", "edit.css", "tryout.js"}  # loaded on its page alone


def _packed(*, editor: bool) -> int:
    files = [p for p in STATIC.rglob("*") if p.suffix in {".js", ".css", ".svg"}]
    chosen = [p for p in files if (p.name in OF_THE_EDITOR) == editor]
    assert len(chosen) >= len(OF_THE_EDITOR)
    return sum(len(gzip.compress(p.read_bytes(), 9)) for p in chosen)


def test_all_files_together_are_at_most_60_kb_gzipped() -> None:
    assert _packed(editor=False) <= MOST


def test_the_editor_adds_at_most_150_kb() -> None:
    assert _packed(editor=True) <= EDITOR
