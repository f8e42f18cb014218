"""Called by Alembic: runs the migrations on the connection that `migrating` passes, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
