"""Labelling a column with PySpark on this machine, a Python worker killed. Needs Java 17 and the extra:

pip install -e ".[spark,dev]" && python -m pytest tests/engines/test_spark.py
"""

import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from engine_inputs import TEXTS

from stageclf.model.artefact import ArtefactError
from stageclf.stages import LABELS

pytest.importorskip("pyspark", reason='PySpark is not installed: pip install -e ".[spark]"')
pytest.importorskip("pandas", reason='pandas is not installed: pip install -e ".[spark]"')
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless", allow_module_level=True)

from stageclf.spark import label_udf

ROWS = 240


@pytest.fixture(scope="module")
def spark():
    """Two cores, tasks tried again up to four times, as on a cluster."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "10")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def texts():
    return [*(TEXTS[n % len(TEXTS)].format(n=n) for n in range(ROWS)), None, "  \n", "Where is my parcel? " * 3000]


@pytest.fixture(scope="module")
def expected(texts, classifier):
    """The labels of the local classifier, in the batches that Spark makes of two partitions."""
    half = (len(texts) + 1) // 2
    found = []
    for part in (texts[:half], texts[half:]):
        for at in range(0, len(part), 10):
            batch = [text for text in part[at : at + 10] if text and text.strip()]
            labels = iter(classifier.label(batch))
            found += [next(labels) if text and text.strip() else None for text in part[at : at + 10]]
    return found


def frame(spark, texts):
    """The texts in two partitions, half each, in order."""
    half = (len(texts) + 1) // 2
    rows = spark.sparkContext.parallelize(list(enumerate(texts)), 1).map(lambda row: (row[0] // half, row))
    return rows.partitionBy(2, int).values().toDF("id int, text string")


def same(rows, expected):
    assert [row.id for row in rows] == list(range(len(expected)))
    for row, prediction in zip(rows, expected, strict=True):
        label = row.label
        if prediction is None:
            assert (label.status, label.stage, label.confidence, label.note) == ("empty", None, None, "")
            continue
        assert label.status == "scored"
        assert {name: label[name] for name in ("stage", "language", "needs_review", "note")} == {
            name: getattr(prediction, name) for name in ("stage", "language", "needs_review", "note")
        }
        assert label.probabilities == pytest.approx(prediction.probabilities, abs=1e-6)
        assert label.confidence == max(label.probabilities.values())
        assert set(label.probabilities) == set(LABELS)


def test_the_column_holds_what_the_classifier_says(spark, texts, expected):
    rows = frame(spark, texts).withColumn("label", label_udf()("text")).orderBy("id").collect()
    same(rows, expected)
    assert rows[-1].label.note == "read in part: the text has 60,000 characters, its middle was left out"


def test_fields_can_be_selected(spark):
    labelled = spark.createDataFrame([("Where is my parcel?",)], "text string").select(label_udf()("text").alias("l"))
    rows = labelled.selectExpr("l.stage", "l.probabilities['none'] < 0.5", "l.language").collect()
    assert [tuple(row) for row in rows] == [("post_purchase", True, "en")]


def python_workers():
    """Process ids of Spark's Python workers below this process; their fork server, the eldest, is left out."""
    parents, daemons = {}, set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if b"pyspark.daemon" in (folder / "cmdline").read_bytes():
                daemons.add(int(folder.name))
        except OSError:
            continue

    def below(pid):
        while pid in parents and pid != os.getpid():
            pid = parents[pid]
        return pid == os.getpid()

    return [pid for pid in daemons if parents[pid] in daemons and below(pid)]


def test_a_killed_worker_loses_nothing(spark, texts, expected, tmp_path):
    killed = []
    started = tmp_path / "started"

    def kill():
        while not killed:
            time.sleep(0.05)
            if started.exists() and (workers := python_workers()):
                os.kill(workers[0], signal.SIGKILL)
                killed.append(workers[0])

    def mark(batches):
        for batch in batches:
            yield batch
            started.touch()
            time.sleep(0.1)

    watcher = threading.Thread(target=kill, daemon=True)
    watcher.start()
    marked = frame(spark, texts).mapInPandas(mark, "id int, text string")
    rows = marked.withColumn("label", label_udf()("text")).orderBy("id").collect()
    watcher.join(1)
    assert killed
    same(rows, expected)


def test_a_model_that_is_none_is_refused_before_the_run(tmp_path):
    with pytest.raises(ArtefactError) as caught:
        label_udf(tmp_path / "nowhere")
    assert str(caught.value).startswith(f"no model folder {tmp_path / 'nowhere'}")
