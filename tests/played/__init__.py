"""Dialogue tests themselves: how they are written, played, covered, shown, and made from conversations."""
