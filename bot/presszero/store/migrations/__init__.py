"""Alembic's revisions; run when a database of an older revision is opened, and checked against the tables by a test."""
