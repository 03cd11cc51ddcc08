"""How a column is declared: a type, a description and, where the vocabulary is closed, its codes.

A table is a dataclass whose fields are ``Annotated[<type>, Column("…")]``. The Arrow schema, the record that extractors
make and the documentation page of tables all come from that one declaration.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """What a column means (`doc`), its Arrow type where the Python type leaves it open, its closed codes if any."""

    doc: str
    arrow: pa.DataType | None = None
    codes: frozenset[str] | None = None


@dataclass(frozen=True)
class ColumnInfo:
    """A declared column as writers and documentation read it."""

    name: str
    arrow: pa.DataType
    nullable: bool
    doc: str
    codes: frozenset[str] | None


DEFAULT_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def column_info(record: type, name: str, annotation: object) -> ColumnInfo:
    """Read one ``Annotated`` field of a record class.

    Raises TypeError when the field is not declared with a `Column`, naming the record and the field.
    """
    if typing.get_origin(annotation) is not typing.Annotated:
        raise TypeError(f"{record.__name__}.{name}: declare the field as Annotated[type, Column(...)]")
    python_type, column = typing.get_args(annotation)[:2]
    nullable = False
    if isinstance(python_type, types.UnionType):
        inner = [t for t in typing.get_args(python_type) if t is not type(None)]
        nullable = len(inner) < len(typing.get_args(python_type))
        python_type = inner[0]
    arrow = column.arrow or DEFAULT_ARROW.get(python_type)
    if arrow is None:
        raise TypeError(f"{record.__name__}.{name}: no Arrow type for {python_type!r}")
    return ColumnInfo(name, arrow, nullable, column.doc, column.codes)


def columns_of(record: type, last: typing.Collection[str] = ()) -> list[ColumnInfo]:
    """The declared columns of a record class, in order, those named in `last` moved to the end."""
    hints = typing.get_type_hints(record, include_extras=True)
    names = [f.name for f in dataclasses.fields(record)]
    ordered = [n for n in names if n not in last] + [n for n in names if n in last]
    return [column_info(record, n, hints[n]) for n in ordered]
