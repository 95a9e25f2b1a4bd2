"""Scoring with Ray on this machine, several workers, some of them killed. Needs the extra:

pip install -e ".[ray,dev]" && python -m pytest tests/engines/test_ray.py
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from engine_inputs import write_inputs

from stageclf.inbox import InputError
from stageclf.scoring import OutputError, score_files
from stageclf.stages import load_stage_model

ray = pytest.importorskip("ray", reason='Ray is not installed: pip install -e ".[ray]"')
pytest.importorskip("ray.data", reason='Ray Data is not installed: pip install -e ".[ray]"')

from stageclf.engines import EngineError, score_files_on_ray  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def a_part_a_file():
    """Every file is a part of its own, however small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["stageclf.inbox.read"], "PART_BYTES", 1)
        yield


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    mailbox = Path(__file__).parents[2] / "data" / "examples" / "inbox.mbox"
    return write_inputs(tmp_path_factory.mktemp("engines") / "in", mailbox)


@pytest.fixture(scope="module")
def local(inputs, tmp_path_factory):
    """The local engine's folder of outputs, and its report."""
    folder = tmp_path_factory.mktemp("local")
    for ending in (".jsonl", ".csv", ".parquet"):
        report = score_files(inputs, folder / f"out{ending}", stage_model=load_stage_model("aida"))
    return folder, report


@pytest.fixture
def started():
    """Ray with two cores, left running for the next test."""
    if not ray.is_initialized():
        ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False)


@pytest.fixture(scope="module", autouse=True)
def stopped_at_the_end():
    yield
    ray.shutdown()


def counts(report):
    return report.read.counts, report.stages, report.notes, report.needs_review


def workers_of(parent):
    """Process ids of the Ray actors below a process."""
    parents, names = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            names[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue

    def below(pid):
        while pid in parents and pid != parent:
            pid = parents[pid]
        return pid == parent

    return [pid for pid, name in names.items() if name.startswith("ray::") and "MapWorker" in name and below(pid)]


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_the_file_is_byte_for_byte_the_local_engines(tmp_path, inputs, local, ending):
    seen = []
    report = score_files_on_ray(
        inputs,
        tmp_path / f"out{ending}",
        workers=2,
        stage_model=load_stage_model("aida"),
        on_progress=lambda *progress: seen.append(progress),
    )
    assert (tmp_path / f"out{ending}").read_bytes() == (local[0] / f"out{ending}").read_bytes()
    assert counts(report) == counts(local[1])
    assert seen == sorted(seen) and len(seen) > 20
    assert seen[-1] == (pytest.approx(1.0), report.read.total)


@pytest.mark.usefixtures("started")
def test_a_folder_of_parquet_files_holds_the_same_rows_in_order(tmp_path, inputs, local, monkeypatch):
    monkeypatch.setattr("stageclf.engines.ray.CHUNKS_A_FILE", 8)
    report = score_files_on_ray(inputs, tmp_path / "out", workers=2, stage_model=load_stage_model("aida"))
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) >= 3 and all(file.name.startswith("part-") for file in files)
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    expected = pq.read_table(local[0] / "out.parquet")
    assert rows == expected.to_pylist()
    assert pq.read_schema(files[0]) == expected.schema
    assert counts(report) == counts(local[1])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("started")
def test_a_run_that_broke_off_is_continued_by_the_local_engine(tmp_path, inputs, local):
    def stop(share, records):
        if share > 0.2:
            raise KeyboardInterrupt

    aida = load_stage_model("aida")
    with pytest.raises(KeyboardInterrupt):
        score_files_on_ray(inputs, tmp_path / "out.jsonl", workers=2, stage_model=aida, on_progress=stop)
    report = score_files(inputs, tmp_path / "out.jsonl", stage_model=aida, resume=True)
    assert 0 < report.resumed < report.read.total
    assert (tmp_path / "out.jsonl").read_bytes() == (local[0] / "out.jsonl").read_bytes()
    assert counts(report) == counts(local[1])


def test_killed_workers_lose_nothing(tmp_path, inputs, local):
    ray.shutdown()
    killed = []

    def kill(share, records):
        if not killed and share > 0.2:
            killed.append(share)
            for victim in workers_of(os.getpid()):
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

    score_files_on_ray(
        inputs, tmp_path / "out.jsonl", workers=2, stage_model=load_stage_model("aida"), on_progress=kill
    )
    assert killed[0] < 0.9 and len(killed) == 3
    assert (tmp_path / "out.jsonl").read_bytes() == (local[0] / "out.jsonl").read_bytes()


def test_a_lost_machine_loses_nothing(tmp_path, inputs, local):
    from ray.cluster_utils import Cluster

    ray.shutdown()
    quick = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_failure_threshold": 4}
    head = {"num_cpus": 1, "include_dashboard": False, "_system_config": quick}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        other = cluster.add_node(num_cpus=1)
        lost = []

        def lose(share, records):
            if not lost and share > 0.2:
                cluster.remove_node(other, allow_graceful=False)
                lost.append(share)

        score_files_on_ray(
            inputs,
            tmp_path / "out.jsonl",
            address=cluster.address,
            stage_model=load_stage_model("aida"),
            on_progress=lose,
        )
        assert lost and lost[0] < 0.9
    finally:
        ray.shutdown()
        cluster.shutdown()
    assert (tmp_path / "out.jsonl").read_bytes() == (local[0] / "out.jsonl").read_bytes()


def test_the_command_line(tmp_path, inputs):
    command = "from stageclf.cli import main; main()"
    options = ["--engine", "ray", "--workers", "2", "-o", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", command, "score", str(inputs / "00.csv"), *options], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "21 read: 20 scored" in done.stdout
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["part-000000-000000.parquet"]


@pytest.mark.usefixtures("started")
def test_what_cannot_be_done_is_explained(tmp_path, inputs):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    for output, options, error, message in (
        (
            tmp_path / "full",
            {},
            OutputError,
            f"cannot write {tmp_path / 'full'}: it is there already; give another folder, or remove it",
        ),
        (
            tmp_path / "no" / "out",
            {},
            OutputError,
            f"cannot write {tmp_path / 'no' / 'out'}: No such file or directory",
        ),
        (
            tmp_path / "out",
            {"workers": 9},
            EngineError,
            "9 workers with 1 threads each need 9 cores, and the Ray cluster has 2: ask for at most 2 workers, or add "
            "machines",
        ),
    ):
        with pytest.raises(error) as caught:
            score_files_on_ray(inputs / "00.csv", output, **options)
        assert str(caught.value) == message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full"]


@pytest.mark.usefixtures("started")
def test_an_input_that_a_worker_cannot_see_stops_the_run(tmp_path, inputs, monkeypatch):
    gone = tmp_path / "gone.csv"
    gone.write_text("text\nHallo\n")
    real = score_files_on_ray.__globals__["_pipeline"]
    monkeypatch.setattr("stageclf.engines.ray._pipeline", lambda *a: (real(*a), gone.unlink())[0])
    with pytest.raises(InputError) as caught:
        score_files_on_ray(gone, tmp_path / "out.csv")
    assert str(caught.value) == (
        f"{gone} is not there on the machine {os.uname().nodename}: every machine of the cluster needs the inputs on "
        "the same path, on a shared file system"
    )
    assert list(tmp_path.iterdir()) == []
