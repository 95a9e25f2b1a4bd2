"""Scoring a table in memory: pandas, Polars, Arrow and `datasets` in, the same kind out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stageclf.inbox import InputError, ReadOptions, Record
from stageclf.inbox.exports import Layout, layout_of
from stageclf.inbox.reader import Reader
from stageclf.labeller import Labeller, as_labeller
from stageclf.scoring.chunks import CHUNK_RECORDS, label_chunk
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.sinks.values import without_surrogates

if TYPE_CHECKING:
    from stageclf.classifier import StageClassifier

SAMPLE_ROWS = 100


def score(table: Any, text_column: str | None = None, classifier: Labeller | StageClassifier | None = None) -> Any:
    """Label every row of a table and give it back with our columns added, as the same kind of table.

    table: a pandas or Polars DataFrame, a pyarrow.Table or a datasets.Dataset; it is not changed itself. One of
        its columns that has the name of ours becomes "input_…".
    text_column: the column that holds the text; found as in files if None.
    classifier: the shipped model if None.

    A row without text gets the status "empty". Raises TypeError for other kinds of tables, InputError where no
    column is known to hold the text.
    """
    frame = _frame_of(table)
    layout = frame.layout(text_column)
    labeller = as_labeller(classifier)
    own = dict.fromkeys(frame.columns, pa.string())
    columns = OutputColumns(own, labeller.spec.labels, False, None, Privacy())
    ours: dict[str, list[Any]] = {name: [] for name in columns.ours}
    for chunk in _chunks(frame, layout):
        for row in label_chunk(chunk, labeller, columns)[0]:
            for name, values in ours.items():
                values.append(row[name])
    added = pa.table({name: pa.array(values, columns.ours[name]) for name, values in ours.items()})
    return frame.extended({old: new for old, new in columns.renamed.items() if new != old}, added)


def _chunks(frame: _Frame, layout: Layout) -> Iterator[list[Record]]:
    position = 0
    for rows in frame.rows(layout):
        records = [layout.record(row, position + at, columns={}) for at, row in enumerate(rows, start=1)]
        position += len(rows)
        yield records


class _Frame(ABC):
    """A table of some kind."""

    what = ""

    def __init__(self, table: Any) -> None:
        self.table = table

    @property
    @abstractmethod
    def columns(self) -> list[str]:
        """The names of its columns."""

    @abstractmethod
    def part(self, names: list[str], start: int, count: int) -> pa.Table:
        """The named columns of `count` rows from row `start` on, counted from 0; fewer at the end."""

    @abstractmethod
    def extended(self, renamed: dict[str, str], added: pa.Table) -> Any:
        """A table of the same kind with the added columns; `renamed` gives new names of columns by old ones."""

    def layout(self, text_column: str | None) -> Layout:
        """What the columns are for; raises InputError where none is known to hold the text."""
        layout = layout_of(_Named(self.what, text_column), self.columns)
        name = layout.text_column
        kind = self.part([name], 0, SAMPLE_ROWS).schema.field(0).type
        if not _is_text(kind):
            raise InputError(f"{self.what}: column {name!r} is {kind}, not text; name another with text_column=…")
        return layout.learn(next(self.rows(layout, SAMPLE_ROWS), []))

    def rows(self, layout: Layout, count: int = CHUNK_RECORDS) -> Iterator[list[dict[str, Any]]]:
        """The columns that are looked at, some rows at a time."""
        names = [name for name in dict.fromkeys((*layout.text, *layout.columns.values())) if name in self.columns]
        for start in range(0, len(self.table), count):
            yield self.part(names, start, count).to_pylist()


class _Named(Reader):
    """Stands for a table where its columns are looked for."""

    def __init__(self, what: str, text_column: str | None) -> None:
        self.path, self.options = Path(what), ReadOptions(text_column)

    def schema(self) -> dict[str, pa.DataType]:
        return {}

    def records(self) -> Iterator[Record]:
        return iter(())


class _Arrow(_Frame):
    what = "the table"

    @property
    def columns(self) -> list[str]:
        return self.table.column_names

    def part(self, names: list[str], start: int, count: int) -> pa.Table:
        return self.table.select(names).slice(start, count)

    def extended(self, renamed: dict[str, str], added: pa.Table) -> pa.Table:
        names = [renamed.get(name, name) for name in self.columns]
        table = self.table.rename_columns(names)
        for field, values in zip(added.schema, added.columns, strict=True):
            table = table.append_column(field, values)
        return table


class _Pandas(_Frame):
    what = "the DataFrame"

    @property
    def columns(self) -> list[str]:
        return [name for name in self.table.columns if isinstance(name, str)]

    def part(self, names: list[str], start: int, count: int) -> pa.Table:
        rows = self.table[names].iloc[start : start + count]
        return pa.table({name: _array_of(rows[name]) for name in names})

    def extended(self, renamed: dict[str, str], added: pa.Table) -> Any:
        frame = self.table.rename(columns=renamed)
        ours = added.to_pandas()
        ours["needs_review"] = ours["needs_review"].astype("boolean")
        return frame.assign(**{name: ours[name].array for name in ours})


class _Polars(_Frame):
    what = "the DataFrame"

    @property
    def columns(self) -> list[str]:
        return self.table.columns

    def part(self, names: list[str], start: int, count: int) -> pa.Table:
        return self.table.select(names).slice(start, count).to_arrow()

    def extended(self, renamed: dict[str, str], added: pa.Table) -> Any:
        import polars

        frame = self.table.rename(renamed)
        return frame.hstack(polars.from_arrow(added))


class _Dataset(_Frame):
    what = "the dataset"

    @property
    def columns(self) -> list[str]:
        return self.table.column_names

    def part(self, names: list[str], start: int, count: int) -> pa.Table:
        columns = self.table.with_format(None).select_columns(names)[start : start + count]
        return pa.table({name: pa.array(columns[name]) for name in names})

    def extended(self, renamed: dict[str, str], added: pa.Table) -> Any:
        import datasets

        own = self.table.rename_columns(renamed) if renamed else self.table
        return datasets.concatenate_datasets([own, datasets.Dataset(added)], axis=1)


_KINDS: dict[tuple[str, str], type[_Frame]] = {
    ("pyarrow", "Table"): _Arrow,
    ("pandas", "DataFrame"): _Pandas,
    ("polars", "DataFrame"): _Polars,
    ("datasets", "Dataset"): _Dataset,
}
_INSTEAD = {
    ("pyarrow", "RecordBatch"): "pyarrow.Table.from_batches([batch])",
    ("pandas", "Series"): "series.to_frame()",
    ("polars", "Series"): "series.to_frame()",
    ("polars", "LazyFrame"): "frame.collect()",
    ("datasets", "DatasetDict"): 'one of its splits, as in dataset["train"]',
    ("datasets", "IterableDataset"): "a datasets.Dataset, or use StageClassifier.label in its map()",
}


def _frame_of(table: Any) -> _Frame:
    """The table by the names of its classes, so that no package is imported that is not there already."""
    kinds = [(kind.__module__.partition(".")[0], kind.__name__) for kind in type(table).__mro__]
    for kind in kinds:
        if kind in _KINDS:
            return _KINDS[kind](table)
    hint = next((f"; give {_INSTEAD[kind]}" for kind in kinds if kind in _INSTEAD), "")
    raise TypeError(
        "a pandas or Polars DataFrame, a pyarrow.Table or a datasets.Dataset is needed, "
        f"found {kinds[0][0]}.{kinds[0][1]}{hint}"
    )


def _array_of(series: Any) -> pa.Array:
    """A pandas column; what is missing is null, and other values among texts become texts."""
    values = series.astype(object).where(series.notna(), None)
    try:
        return pa.array(values.tolist())
    except (pa.ArrowException, UnicodeEncodeError):
        return pa.array([None if value is None else without_surrogates(str(value)) for value in values])


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(test(kind) for test in tests)
