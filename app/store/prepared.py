"""Questions that every page asks: built and compiled once, then handed to the driver as they are.

SQLAlchemy takes 60 to 100 microseconds from a question that it has met before to the driver and back, most of it for
lists of values that it spells out anew; a page that asks five such questions has spent its time there. What is compiled
here says the same on both databases, and goes through the same events and errors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select
from sqlalchemy.engine import Dialect

Raw = tuple[Any, ...]
"""A row as the driver has it."""
_Convert = Callable[[Any], Any]
_WHOLE = {"stream_results": False}
"""Whoever streamed on this connection before: SQLAlchemy would take the first rows out of the cursor for itself."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A question as one driver takes it. `order`: names of its values where they go by place, else None; `given`: the
    values that stand in the question itself; `into`, `out`: what changes a value on the way in and out (by place)."""

    text: str
    order: tuple[str, ...] | None
    given: dict[str, Any]
    into: dict[str, _Convert]
    out: tuple[tuple[int, _Convert], ...]


class Prepared:
    """A question with named parameters that all have a default (`bindparam(name, None, type_)`). Safe to share between
    threads."""

    __slots__ = ("_forms", "_question")

    def __init__(self, question: Select[Any] | CompoundSelect[Any]) -> None:
        self._question = question
        self._forms: dict[str, _Form] = {}

    def raw(self, connection: Connection, **values: Any) -> list[Raw]:
        """The rows as the driver has them; `values` by the names of the parameters."""
        return self._asked(connection, self._form(connection.dialect), values)

    def rows(self, connection: Connection, **values: Any) -> list[Raw]:
        """The rows with days, instants and the like as Python has them."""
        form = self._form(connection.dialect)
        found = self._asked(connection, form, values)
        return [_converted(row, form.out) for row in found] if form.out else found

    def converted(self, connection: Connection, row: Raw) -> Raw:
        """One row that came `raw`, as `rows` would have it."""
        return _converted(row, self._form(connection.dialect).out)

    def _asked(self, connection: Connection, form: _Form, values: dict[str, Any]) -> list[Raw]:
        into = form.into
        named = {**form.given, **{name: into[name](v) if name in into else v for name, v in values.items()}}
        parameters = named if form.order is None else tuple(map(named.__getitem__, form.order))
        result = connection.exec_driver_sql(form.text, parameters, _WHOLE)
        found = [] if result.cursor is None else list(result.cursor.fetchall())
        result.close()
        return found

    def _form(self, dialect: Dialect) -> _Form:
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _compiled(self._question, dialect)
        return form


def _compiled(question: Select[Any] | CompoundSelect[Any], dialect: Dialect) -> _Form:
    compiled = question.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    order = getattr(compiled, "positiontup", None)
    binds = getattr(compiled, "binds", {})
    types = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    into = {name: convert for name, convert in types.items() if convert is not None}
    given = {name: value for name, value in compiled.params.items() if value is not None}
    columns = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in question.selected_columns
    ]
    return _Form(
        str(compiled),
        None if order is None else tuple(order),
        {name: into[name](value) if name in into else value for name, value in given.items()},
        into,
        tuple((place, convert) for place, convert in enumerate(columns) if convert is not None),
    )


def _converted(row: Raw, out: tuple[tuple[int, _Convert], ...]) -> Raw:
    values = list(row)
    for place, convert in out:
        values[place] = convert(values[place])
    return tuple(values)
