"""Alembic's environment. `app.store.migrate` hands over a connection; there is no alembic.ini and no offline mode.

A new revision: change app/store/schema.py, raise its REVISION, write versions/<number>_<what>.py by hand after
script.py.mako, with a line on going back. One that the program before it can go on using is called
<number>_from_<oldest> and takes nothing away (docs/operations.md, Upgrades). The tests compare both ways of making the
tables and upgrade every earlier revision with rows in it.
"""

from alembic import context

from app.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
