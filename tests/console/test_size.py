"""What a browser has to load for the console stays small."""

from __future__ import annotations

import gzip

from presszero.console.pages import STATIC

MOST = 60 * 1024


def test_all_files_together_are_at_most_60_kb_gzipped() -> None:
    files = [p for p in STATIC.rglob("*") if p.suffix in {".js", ".css", ".svg"}]
    assert len(files) > 10
    assert sum(len(gzip.compress(p.read_bytes(), 9)) for p in files) <= MOST
