"""The memory of `stageclf score` on ever longer inputs: it should stay the same.

    python scripts/benchmark_memory.py 10000 1000000
    python scripts/benchmark_memory.py 10000 100000 --format parquet --folder /big/disk

For each number an input of so many short texts is written: the shortest texts of the labelled set, round robin, each
with a running number, so that no two are equal. The command reads it in a process of its own, whose memory is read
from outside.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from speed.machine import describe, memory_mb

ROOT = Path(__file__).resolve().parents[1]
DISTINCT = 2000
EVERY_S = 0.2
MOST_MB, MOST_GROWTH = 700, 1.1


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the command: seconds, and its resident memory in MB from start to end."""

    texts: int
    seconds: float
    peak: float
    curve: Sequence[float]


def short_texts() -> list[str]:
    """The shortest texts of the labelled set."""
    files = sorted(ROOT.glob("data/*/*.jsonl"))
    texts = {json.loads(line)["text"] for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    return sorted(texts, key=lambda text: (len(text), text))[:DISTINCT]


def numbered(texts: Sequence[str], count: int) -> Iterator[tuple[int, str]]:
    """`count` texts round robin, none equal to another."""
    for number, text in enumerate(itertools.islice(itertools.cycle(texts), count), start=1):
        yield number, f"{text} {number}"


def write_input(target: Path, texts: Sequence[str], count: int) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows(numbered(texts, count))


def score(source: Path, target: Path, count: int, threads: int) -> Run:
    """Run the command on `source` and watch it. Raises RuntimeError if it fails."""
    options = ["-o", str(target), "--quiet", "--threads", str(threads)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = time.monotonic()
        command = [sys.executable, "-m", "stageclf", "score", str(source), *options]
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
        memory, peak = watch(process)
        seconds = time.monotonic() - started
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"stageclf score failed with exit code {process.returncode}:\n{said.read()[-2000:]}")
    return Run(count, seconds, peak, memory)


def watch(process: subprocess.Popen) -> tuple[list[float], float]:
    """The memory of the process over time and its peak, in MB, until it ends."""
    status = Path(f"/proc/{process.pid}/status")
    memory, peak = [], 0.0
    while process.poll() is None:
        memory.append(memory_mb(status, "VmRSS"))
        peak = max(peak, memory_mb(status, "VmHWM"))
        time.sleep(EVERY_S)
    return [value for value in memory if value], peak


def tenths(curve: Sequence[float]) -> str:
    """The largest value in each tenth of a run."""
    bounds = [len(curve) * part // 10 for part in range(11)]
    parts = (curve[a : max(b, a + 1)] for a, b in itertools.pairwise(bounds))
    return " ".join(f"{max(part):.0f}" for part in parts if part)


def verdict(runs: Sequence[Run]) -> str:
    """Whether the targets are met."""
    peaks = [run.peak for run in runs]
    growth = max(peaks) / min(peaks)
    met = growth <= MOST_GROWTH and max(peaks) < MOST_MB
    largest = f"largest peak {max(peaks):.0f} MB (must stay under {MOST_MB})"
    growth_said = f"{100 * (growth - 1):.1f} % above the smallest (at most {100 * (MOST_GROWTH - 1):.0f} %)"
    return f"{largest}, {growth_said}: {'met' if met else 'NOT met'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("texts", type=int, nargs="+", help="how many texts each input has")
    parser.add_argument("--format", default="parquet", help="suffix of the output")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the inputs and outputs lie meanwhile")
    args = parser.parse_args()
    if not Path("/proc/self/status").exists():
        parser.error("the memory of another process is read from /proc: this needs Linux")
    os.environ["PYTHONPATH"] = str(ROOT)
    print("\n".join(f"{name}: {value}" for name, value in describe().items()))
    print("\n| texts | s | texts/s | peak MB | MB in each tenth of the run |\n|---|---|---|---|---|")
    texts, runs = short_texts(), []
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for count in args.texts:
            source, target = Path(folder) / "in.csv", Path(folder) / f"out-{count}.{args.format}"
            write_input(source, texts, count)
            run = score(source, target, count, args.threads)
            target.unlink()
            cells = (f"{count:,}", f"{run.seconds:,.0f}", f"{count / run.seconds:,.0f}", f"{run.peak:.0f}")
            print("| " + " | ".join([*cells, tenths(run.curve)]) + " |", flush=True)
            runs.append(run)
    print(f"\n{verdict(runs)}")


if __name__ == "__main__":
    main()
