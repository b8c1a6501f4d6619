"""Where a lead edits: the desk's files with drafts over them, judged, completed, tried out and tested before anything is saved."""

from presszero.workshop.workshop import Workshop

__all__ = ["Workshop"]
