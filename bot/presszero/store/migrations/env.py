"""What Alembic runs: it is handed an open connection whose transaction is ours, so that a migration is all or nothing.

Batch mode, because SQLite cannot alter a table in place; foreign keys are off there while tables are rebuilt.
"""

from alembic import context

from presszero.store.tables import Table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
