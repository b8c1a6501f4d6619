"""Lessons: operators' corrections of categories, until and after a lead decides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What operators corrected."""
    op.create_table(
        "lesson",
        sa.Column("ticket_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guess", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("taught_text", sa.Text(), nullable=False),
        sa.Column("taught_as", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_lesson_ticket_number_ticket")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_lesson_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("ticket_number", name=op.f("pk_lesson")),
    )
    op.create_index(op.f("ix_lesson_conversation_id"), "lesson", ["conversation_id"])
    op.create_index(op.f("ix_lesson_state_at"), "lesson", ["state", "at"])


def downgrade() -> None:
    """Forgets it."""
    op.drop_table("lesson")
