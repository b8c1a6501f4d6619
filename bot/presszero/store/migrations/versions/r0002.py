"""Channels: what a pushed channel keeps beside messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ranks in the outbox, what messages are called elsewhere, held messages, blocked peers, links, topics."""
    with op.batch_alter_table("outbox", recreate="always") as outbox:
        outbox.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("outbox", recreate="always") as outbox:
        outbox.alter_column("rank", server_default=None)
    op.create_table(
        "trace",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("peer", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_trace_message_id_message")),
        sa.PrimaryKeyConstraint("channel", "peer", "external_id", name=op.f("pk_trace")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_trace_message_id"), "trace", ["message_id"])
    op.create_table(
        "held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("peer", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("incoming", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_held_channel_external_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_held_channel_peer_id"), "held", ["channel", "peer", "id"])
    op.create_table(
        "blocked",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("peer", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "peer", name=op.f("pk_blocked")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("peer", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_link_customer_id_customer")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link")),
    )
    op.create_table(
        "topic",
        sa.Column("conversation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("sent_seq", sa.Integer(), nullable=False),
        sa.Column("begun_seq", sa.Integer(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_topic")),
        sa.UniqueConstraint("account", "chat_id", "thread_id", name=op.f("uq_topic_account_chat_id_thread_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_topic_conversation_id_conversation")
        ),
    )
    op.create_table(
        "handle",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_handle_operator_id_operator")),
        sa.PrimaryKeyConstraint("channel", "external_id", name=op.f("pk_handle")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_handle_operator_id"), "handle", ["operator_id"])


def downgrade() -> None:
    """Back to channels that keep nothing."""
    for table in ("handle", "topic", "link", "blocked", "held", "trace"):
        op.drop_table(table)
    with op.batch_alter_table("outbox", recreate="always") as outbox:
        outbox.drop_column("rank")
