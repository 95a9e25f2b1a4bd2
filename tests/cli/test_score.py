"""stageclf score as a user runs it: stopped, continued, in pipes, strictly."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

ENVIRONMENT = {**os.environ, "COLUMNS": "160", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
COMMAND = [sys.executable, "-c", "from stageclf.cli import main; main()", "score"]


def run(*arguments, stdin=""):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    )


def lines_of(done):
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_events_are_one_object_a_line(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "Where is my parcel?"}\n{broken\n{"text": ""}\n')
    done = run(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv", "--log-json", "--strict")
    assert (done.returncode, done.stdout) == (3, "")
    started, progress, finished = lines_of(done)
    out = str(tmp_path / "out.csv")
    assert started == {"event": "started", "inputs": 1, "output": out, "finished": 0}
    assert progress["event"] == "progress" and progress["rate"] > 0
    assert [progress[name] for name in ("share", "read", "scored", "unreadable", "remaining")] == [1.0, 3, 1, 1, 0.0]
    assert finished.pop("seconds") >= 0 and finished.pop("needs_review") in (0, 1)
    assert finished == {
        "event": "finished",
        "output": out,
        "read": 3,
        "scored": 1,
        "empty": 1,
        "unreadable": 1,
        "resumed": 0,
    }
    assert (tmp_path / "out.csv").is_file()


def test_errors_are_objects_too_where_those_are_wanted(tmp_path):
    done = run(tmp_path / "none.txt", "-o", tmp_path / "out.csv", "--log-json")
    assert done.returncode == 1
    assert lines_of(done) == [{"event": "error", "text": f"no such file: {tmp_path / 'none.txt'}", "finished": 0}]


def test_in_a_pipe_rows_go_to_one_side_and_tables_to_the_other():
    rows = '{"text": "Where is my parcel?", "n": 7}\n{"text": "Wir nehmen das Angebot an."}\n'
    done = run("-", "-o", "-", stdin=rows)
    assert done.returncode == 0
    assert [json.loads(line)["stage"] for line in done.stdout.splitlines()] == ["post_purchase", "purchase_decision"]
    assert "Stages by language" in done.stderr
    assert done.stderr.rstrip().endswith("written to standard output")


def _heed_ctrl_c() -> None:
    """A program started in the background ignores Ctrl-C, and so would this one if the tests run there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_says_how_to_continue_and_continuing_gives_the_rest(tmp_path):
    texts = [f"Where is my parcel number {number}?" for number in range(600)]
    (tmp_path / "in.txt").write_text("\n".join(texts) + "\n")
    out, journal = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.stageclf" / "journal"
    arguments = [str(tmp_path / "in.txt"), "-o", str(out)]
    environment = ENVIRONMENT | {"STAGECLF_CHUNK_RECORDS": "5"}
    stopped = subprocess.Popen(
        [*COMMAND, *arguments], stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=_heed_ctrl_c
    )
    while not journal.exists() or not journal.stat().st_size:
        assert stopped.poll() is None
        time.sleep(0.01)
    stopped.send_signal(signal.SIGINT)
    said = stopped.communicate()[1].splitlines()
    assert stopped.returncode == 130
    count = int(said[0].split()[1])
    assert said == [f"Stopped: {count} records are finished and kept; the same command with --resume continues"]
    assert not out.exists() and 0 < count < 600
    done = subprocess.run(
        [*COMMAND, *arguments, "--resume"], capture_output=True, text=True, check=True, env=environment
    )
    assert [json.loads(line)["text"] for line in out.open()] == texts
    assert f"({count} of them finished before); written to {out}" in done.stdout
    assert done.stderr == f"Note: continuing after {count} records\n"


@pytest.mark.parametrize("name", ["out.xls", "no/out.csv"])
def test_an_output_that_cannot_be_written_is_one_line_and_code_1(tmp_path, name):
    (tmp_path / "in.txt").write_text("Wo?\n")
    done = run(tmp_path / "in.txt", "-o", tmp_path / name)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: cannot write {tmp_path / name}: ") and done.stderr.count("\n") == 1


def test_a_closed_pipe_is_one_line(tmp_path):
    (tmp_path / "in.txt").write_text("Wo?\n" * 20)
    command = subprocess.Popen(
        [*COMMAND, str(tmp_path / "in.txt"), "-o", "-", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    command.stdout.close()
    assert command.stderr.read() == "Error: standard output was closed before all was written\n"
    assert command.wait() == 1


def test_exit_codes_stand_in_the_help():
    said = " ".join(run("--help").stdout.split())
    for words in ("Exit codes: 0 all went well", "1 an error", "3 with --strict", "130 stopped by Ctrl-C"):
        assert words in said
