"""Tables in memory: the same kind comes back, with our columns."""

import subprocess
import sys

import pyarrow as pa
import pytest

import stageclf
from stageclf.inbox import InputError
from stageclf.scoring import score_files
from stageclf.stages import LABELS

OURS = ["stage", "confidence", *(f"p_{label}" for label in LABELS), "language", "needs_review", "status", "note"]
TABLE = pa.table({"n": [1, 2, 3, 4], "message": ["We take it", None, "Wo?", " "], "stage": list("abcd")})


def frame(kind):
    if kind == "pandas":
        return pytest.importorskip("pandas").DataFrame(TABLE.to_pandas(), index=None).set_index(pa_index())
    if kind == "polars":
        return pytest.importorskip("polars").from_arrow(TABLE)
    if kind == "datasets":
        return pytest.importorskip("datasets").Dataset(TABLE)
    return TABLE


def pa_index():
    return pytest.importorskip("pandas").Index([9, 9, 7, 6])


def rows_of(table):
    name = type(table).__module__.partition(".")[0]
    if name == "pandas":
        return table.astype(object).where(table.notna(), None).to_dict("records")
    return table.to_pylist() if name == "pyarrow" else table.to_dicts() if name == "polars" else table.to_list()


@pytest.mark.parametrize("kind", ["arrow", "pandas", "polars", "datasets"])
def test_every_kind_gets_our_columns(fake, kind):
    table = frame(kind)
    before = rows_of(table)
    scored = stageclf.score(table, classifier=fake)
    assert type(scored) is type(table)
    rows = rows_of(scored)
    assert list(rows[0]) == ["n", "message", "input_stage", *OURS]
    assert [row["status"] for row in rows] == ["scored", "empty", "scored", "empty"]
    assert [row["stage"] is None for row in rows] == [False, True, False, True]
    assert [row["input_stage"] for row in rows] == list("abcd")
    assert rows[0]["confidence"] == 0.9
    assert rows_of(table) == before
    if kind == "pandas":
        assert scored.index.tolist() == [9, 9, 7, 6]


def test_the_labels_are_those_of_a_file(tmp_path, fake):
    rows = ['1,Offer,"We take it"', "2,,Where?", "3,Title,"]
    (tmp_path / "in.csv").write_text("\n".join(["id,title,review_text", *rows]))
    score_files(tmp_path / "in.csv", tmp_path / "out.parquet", classifier=fake)
    expected = pytest.importorskip("pyarrow.parquet").read_table(tmp_path / "out.parquet")
    scored = stageclf.score(expected.select(["id", "title", "review_text"]), classifier=fake)
    assert scored["stage"].to_pylist() == expected["stage"].to_pylist()


def test_a_column_can_be_named(fake):
    table = pa.table({"a": ["x"], "b": ["y"]})
    stageclf.score(table, "b", fake)
    assert fake.seen == ["y"]
    with pytest.raises(InputError) as caught:
        stageclf.score(table, classifier=fake)
    assert str(caught.value) == (
        "the table: no column that is known to hold the text; its columns are: a, b. "
        "Name one with --text-column (text_column=… in Python)"
    )


def test_a_column_of_numbers_is_no_text(fake):
    for table in (pa.table({"text": [1]}), pytest.importorskip("pandas").DataFrame({"text": [1]})):
        with pytest.raises(InputError, match="column 'text' is int64, not text; name another with text_column=…"):
            stageclf.score(table, classifier=fake)


def test_columns_of_nothing_and_tables_of_nothing_go_through(fake):
    pandas = pytest.importorskip("pandas")
    for table in (
        pa.table({"text": pa.nulls(2)}),
        pandas.DataFrame({"text": [None, float("nan")]}),
        pandas.DataFrame({"text": []}),
        pa.table({"text": pa.array([], pa.string())}),
    ):
        assert len(stageclf.score(table, classifier=fake)) == len(table)


def test_mixed_values_in_pandas_are_passed_through(fake):
    pandas = pytest.importorskip("pandas")
    scored = stageclf.score(pandas.DataFrame({"text": ["a", 7, None, "\ud800"]}), classifier=fake)
    assert scored["status"].tolist() == ["scored", "scored", "empty", "scored"]


def test_other_kinds_are_refused_with_what_to_give_instead(fake):
    series = pytest.importorskip("pandas").Series(["a"])
    with pytest.raises(TypeError, match=r"found pandas.Series; give series.to_frame\(\)$"):
        stageclf.score(series, classifier=fake)
    with pytest.raises(TypeError, match=r"is needed, found builtins.list$"):
        stageclf.score(["a"], classifier=fake)


def test_nothing_is_imported_that_was_not_given():
    # pandas is: pyarrow looks for it by itself
    code = (
        "import pyarrow, stageclf, sys\n"
        "print(stageclf.score(pyarrow.table({'text': ['We take it.']}))['stage'].to_pylist(),\n"
        "      {'polars', 'datasets', 'torch'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['purchase_decision'] set()\n"
