"""Runs that are killed at any moment and continued."""

import functools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fakes import FakeClassifier

from stageclf.inbox import InputError
from stageclf.scoring import OutputError, plan, resume, score_files
from stageclf.stages import load_stage_model

ENDINGS = [".csv", ".jsonl", ".parquet", ".sqlite"]


def inbox(path, rows=10):
    lines = [f'{row},2025-03-{row % 27 + 1:02},"Wo ist Paket {row}?\nΓεια"' for row in range(rows)]
    path.write_text("\n".join(["number,date,text", *lines]) + "\n", encoding="utf-8")
    return path


def uninterrupted(source, fake, ending):
    path = source.parent / f"whole{ending}"
    score_files(source, path, classifier=fake)
    return path.read_bytes()


def journalled(folder):
    journal = folder / "journal"
    lines = journal.read_bytes().splitlines(keepends=True) if journal.exists() else []
    return sum(json.loads(line)["records"] for line in lines if line.endswith(b"\n"))


def killed_at(step, half, run):
    """Run in a process of its own that is killed at one of its steps on the disk; False if it has fewer steps."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    left = step

    def dying(function):
        @functools.wraps(function)
        def wrapped(*arguments, **options):
            nonlocal left
            left -= 1
            if left == 0:
                if half and function is write:
                    write(arguments[0], arguments[1][: len(arguments[1]) // 2])
                elif half and function is rmtree:
                    for name in ("log", "result"):
                        unlink(arguments[0] / name, missing_ok=True)
                elif half:
                    function(*arguments, **options)
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return wrapped

    try:
        write, rmtree, unlink = resume._write, shutil.rmtree, Path.unlink
        resume._write, os.fsync = dying(write), dying(os.fsync)
        Path.replace, Path.unlink, shutil.rmtree = map(dying, (Path.replace, Path.unlink, shutil.rmtree))
        run()
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("ending", ENDINGS)
def test_killed_at_every_step_and_continued_the_output_is_the_same(tmp_path, fake, small_chunks, ending, half):
    source = inbox(tmp_path / "in.csv")
    expected = uninterrupted(source, fake, ending)
    out, folder = tmp_path / f"out{ending}", tmp_path / f".out{ending}.stageclf"
    steps = 1
    while killed_at(steps, half, lambda: score_files(source, out, classifier=fake)):
        finished = journalled(folder) if (folder / "plan.json").exists() else 0
        assert not out.exists() or out.read_bytes() == expected
        report = score_files(source, out, classifier=fake, resume=True)
        assert out.read_bytes() == expected
        assert (report.resumed, report.read.total, report.scored) == (finished, 10, 10)
        assert not folder.exists()
        out.unlink()
        steps += 1
    assert steps > 15
    assert out.read_bytes() == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_killed_again_and_again_the_output_is_the_same(tmp_path, fake, small_chunks, ending):
    source = inbox(tmp_path / "in.csv", rows=30)
    expected = uninterrupted(source, fake, ending)
    out = tmp_path / f"out{ending}"
    chance = random.Random(3)
    kills = 0
    for _ in range(8):
        while killed_at(chance.randint(3, 9), True, lambda: score_files(source, out, classifier=fake, resume=True)):
            kills += 1
        assert out.read_bytes() == expected
        out.unlink()
    assert kills > 15


REAL = """
import sys
from stageclf import StageClassifier
from stageclf.scoring import score_files
score_files(sys.argv[1], sys.argv[2], classifier=StageClassifier.from_pretrained(threads=1), resume=True)
"""


def test_killed_at_random_with_the_real_model(tmp_path, classifier, monkeypatch):
    monkeypatch.setenv("STAGECLF_CHUNK_RECORDS", "5")
    source = inbox(tmp_path / "in.csv", rows=60)
    chance = random.Random(5)
    for ending in (".csv", ".jsonl", ".parquet"):
        expected = uninterrupted(source, classifier, ending)
        out, journal = tmp_path / f"out{ending}", tmp_path / f".out{ending}.stageclf" / "journal"
        run = subprocess.Popen([sys.executable, "-c", REAL, str(source), str(out)], env=os.environ)
        wanted = chance.randint(1, 9)
        while run.poll() is None and (not journal.exists() or len(journal.read_bytes().splitlines()) < wanted):
            time.sleep(0.005)
        time.sleep(chance.random() / 20)
        run.kill()
        run.wait()
        assert score_files(source, out, classifier=classifier, resume=True).scored == 60
        assert out.read_bytes() == expected


class Interrupt:
    """Ends a run after some chunks, as Ctrl-C does."""

    def __init__(self, chunks):
        self.chunks = chunks

    def __call__(self, share, records):
        self.chunks -= 1
        if not self.chunks:
            raise KeyboardInterrupt


def interrupted(source, out, fake, **options):
    with pytest.raises(KeyboardInterrupt):
        score_files(source, out, classifier=fake, on_progress=Interrupt(2), **options)


def test_finished_texts_are_not_scored_again_and_counted_all_the_same(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    whole = score_files(source, tmp_path / "whole.csv", classifier=fake)
    interrupted(source, out, fake)
    fake.seen.clear()
    report = score_files(source, out, classifier=fake, resume=True)
    assert len(fake.seen) == 4
    assert (report.stages, report.notes, report.needs_review) == (whole.stages, whole.notes, whole.needs_review)
    assert report.remarks == ["continuing after 6 records"]


def test_without_resume_an_unfinished_run_is_replaced(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    interrupted(source, out, fake)
    fake.seen.clear()
    report = score_files(source, out, classifier=fake)
    assert (len(fake.seen), report.resumed) == (10, 0)
    assert report.remarks == [f"replacing an unfinished run to {out}; --resume would have continued it"]


def test_a_command_that_fails_at_once_leaves_an_unfinished_run_alone(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    interrupted(source, out, fake)
    with pytest.raises(InputError, match="no such file"):
        score_files(tmp_path / "on.csv", out, classifier=fake)
    assert score_files(source, out, classifier=fake, resume=True).resumed == 6


def test_resume_without_an_unfinished_run_begins(tmp_path, fake):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    report = score_files(source, out, classifier=fake, resume=True)
    assert report.remarks == [f"there is no unfinished run to {out}: beginning at the first record"]
    assert report.scored == 10


def test_nothing_finished_leaves_nothing(tmp_path, fake):
    def broken(texts):
        raise KeyboardInterrupt

    fake.label = broken
    with pytest.raises(KeyboardInterrupt):
        score_files(inbox(tmp_path / "in.csv"), tmp_path / "out.csv", classifier=fake)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "model"]


def refused(source, out, fake, **options):
    with pytest.raises(OutputError) as caught:
        score_files(source, out, classifier=fake, resume=True, **options)
    begin, end = (
        f"cannot resume {out}: ",
        ". Give what the first run was given, or leave out --resume to begin anew",
    )
    assert str(caught.value).startswith(begin) and str(caught.value).endswith(end)
    return str(caught.value)[len(begin) : -len(end)]


def test_other_options_are_refused_by_name(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    interrupted(source, out, fake)
    assert refused(source, out, fake, text_column="number") == "text column was not given, is number"
    aida = refused(source, out, fake, stage_model=load_stage_model("aida"), own_domains=["a.de"])
    assert aida.startswith("own domains was not given, is a.de; stage model was not given, is aida")
    other = FakeClassifier(tmp_path / "other", "other")
    assert refused(source, out, other).startswith("id was model, is other; sha256 was ")
    assert score_files(source, out, classifier=fake, resume=True).resumed == 6


def test_other_inputs_are_refused_by_name(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    interrupted(source, out, fake)
    other = inbox(tmp_path / "other.csv")
    assert refused([source, other], out, fake) == f"{other} was not an input"
    assert refused(other, out, fake) == f"{other} was not an input; {source} was an input"
    os.utime(source, (10**9, 10**9))
    size = source.stat().st_size
    assert refused(source, out, fake).startswith(f"{source} has changed: it had {size} bytes of ")
    assert refused(source, out, fake).endswith(f" UTC, has {size} bytes of 2001-09-09 01:46:40 UTC")


def test_records_that_changed_unnoticed_are_found_out(tmp_path, fake, small_chunks, monkeypatch):
    monkeypatch.setattr(plan, "SAMPLE", 8)
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    interrupted(source, out, fake)
    times = source.stat()
    source.write_bytes(source.read_bytes().replace(b"Paket 4", b"Ofen 44"))
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(InputError) as caught:
        score_files(source, out, classifier=fake, resume=True)
    assert str(caught.value) == "cannot resume: the inputs hold other records than before; leave out --resume"


def test_an_input_that_grew_between_two_runs_is_read_as_at_first(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    expected = uninterrupted(source, fake, ".csv")
    interrupted(source, out, fake)
    size = source.stat().st_size
    with source.open("a") as file:
        file.write("10,2025-04-01,another one\n")
    report = score_files(source, out, classifier=fake, resume=True)
    assert out.read_bytes() == expected
    assert report.remarks[-1] == f"{source} has grown: it was read up to the {size:,} bytes that it had at first"


def test_a_living_run_is_left_alone(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"
    messages = []

    def second(share, records):
        with pytest.raises(OutputError) as caught:
            score_files(source, out, classifier=fake, resume=bool(messages))
        messages.append(str(caught.value))

    score_files(source, out, classifier=fake, on_progress=second)
    host = os.uname().nodename
    assert set(messages) == {
        f"another run is writing to {out}: process {os.getpid()} on {host}. "
        "Wait for it, stop it, or write to another file"
    }
    assert len(out.read_text().splitlines()) == 21


FULL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from fakes import FakeClassifier
from stageclf.scoring import OutputError, score_files
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    score_files(sys.argv[1], sys.argv[2], classifier=FakeClassifier(Path(sys.argv[1]).parent / "model"))
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of Unix")
def test_a_full_disk_keeps_what_is_finished(tmp_path, fake, small_chunks):
    source, out = inbox(tmp_path / "in.csv", rows=60), tmp_path / "out.csv"
    expected = uninterrupted(source, fake, ".csv")
    command = [sys.executable, "-c", FULL, str(source), str(out), str(Path(__file__).parent)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    folder = tmp_path / ".out.csv.stageclf"
    finished = journalled(folder)
    assert said == (
        f"cannot write {out}: File too large (in {folder}). {finished} records are finished and kept: "
        "make room and continue with --resume"
    )
    assert finished > 0
    assert score_files(source, out, classifier=fake, resume=True).resumed == finished
    assert out.read_bytes() == expected


def test_a_folder_that_takes_no_files_is_explained(tmp_path, fake, monkeypatch):
    source, out = inbox(tmp_path / "in.csv"), tmp_path / "out.csv"

    def refuse(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError) as caught:
        score_files(source, out, classifier=fake)
    assert str(caught.value) == f"cannot write {out}: the folder {tmp_path} takes no new files (Permission denied)"


def test_an_input_that_vanishes_stops_the_run_and_keeps_what_is_finished(tmp_path, fake, small_chunks):
    first, second = inbox(tmp_path / "in.csv"), inbox(tmp_path / "later.csv")
    content, times = second.read_bytes(), second.stat()
    out = tmp_path / "out.csv"
    with pytest.raises(InputError) as caught:
        score_files([first, second], out, classifier=fake, on_progress=lambda *a: second.unlink(missing_ok=True))
    assert str(caught.value) == (
        f"{second} is gone: it was there when the run began. Put it back and continue with --resume"
    )
    second.write_bytes(content)
    os.utime(second, ns=(times.st_atime_ns, times.st_mtime_ns))
    report = score_files([first, second], out, classifier=fake, resume=True)
    assert (report.resumed, report.scored) == (9, 20)


def test_a_file_that_grows_while_it_is_read_is_read_up_to_its_first_size(tmp_path, fake, small_chunks):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.csv"
    source.write_text("".join(json.dumps({"text": f"text {row}"}) + "\n" for row in range(10)))
    size = source.stat().st_size

    def grow(share, records):
        with source.open("a") as file:
            file.write('{"text": "more", "new": 1}\n')

    report = score_files(source, out, classifier=fake, on_progress=grow)
    assert report.scored == 10
    assert report.remarks == [f"{source} has grown: it was read up to the {size} bytes that it had at first"]
