"""Labelling a column of texts in PySpark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stageclf.extras import require

if TYPE_CHECKING:
    import pandas as pd

    from stageclf.labeller import Labeller

SCHEMA = (
    "stage string, confidence double, probabilities map<string,double>, language string, needs_review boolean, "
    "status string, note string"
)


def label_udf(model: str | Path | None = None, threads: int = 1, exact: bool = False) -> Callable[..., Any]:
    """A pandas UDF that turns a column of texts into a struct with the columns of `stageclf score`.

    model: a model folder or Hugging Face Hub id; the shipped model if None. Executors need it on the same path.
    threads: cores a Python worker uses; Spark starts one Python worker a core.
    exact: whether every text goes through the whole model.

    Every Python worker loads the model once and keeps it. A null or blank text gives status "empty".
    Raises MissingExtraError without PySpark or pandas, ArtefactError for a model that is none.

    >>> from stageclf.spark import label_udf  # doctest: +SKIP
    >>> labelled = df.withColumn("stageclf", label_udf()("text"))  # doctest: +SKIP
    >>> labelled.select("id", "stageclf.stage", "stageclf.confidence")  # doctest: +SKIP
    """
    require("pyspark", "spark")
    pandas = require("pandas", "spark")
    from pyspark.sql.functions import pandas_udf

    from stageclf.labeller import Labeller, model_folder

    place = str(model_folder(model).absolute()) if model is not None else None
    Labeller.from_pretrained(place)

    def stageclf(batches):  # noqa: ANN001, ANN202 (PySpark reads the hints below)
        for texts in batches:
            yield _labelled(texts, _labeller(place, threads, exact))

    stageclf.__annotations__ = {"batches": Iterator[pandas.Series], "return": Iterator[pandas.DataFrame]}
    return pandas_udf(stageclf, SCHEMA)


@lru_cache(maxsize=2)
def _labeller(model: str | None, threads: int, exact: bool) -> Labeller:
    """The model of this Python worker."""
    from stageclf.labeller import Labeller

    return Labeller.from_pretrained(model, threads=threads, exact=exact)


def _labelled(texts: pd.Series, labeller: Labeller) -> pd.DataFrame:
    """A row for each text, with the columns of SCHEMA."""
    import pandas as pd

    from stageclf.inbox import EMPTY
    from stageclf.scoring.columns import SCORED

    columns = [field.split()[0] for field in SCHEMA.split(", ")]
    empty = dict.fromkeys(columns) | {"status": EMPTY, "note": ""}
    readable = [isinstance(text, str) and bool(text.strip()) for text in texts]
    found = iter(labeller.label([text for text, ok in zip(texts, readable, strict=True) if ok]))
    rows = [{**next(found).to_dict(), "status": SCORED} if ok else empty for ok in readable]
    return pd.DataFrame(rows, columns=columns, dtype=object)
