"""The process of one contestant: `python -m speed.worker JOB`, where JOB is a JSON file; the result goes beside it.

Nothing heavy is imported here, so that start-up and memory are the contestant's own.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from speed.contestants import CONTESTANTS, Predict, Setting
from speed.machine import peak_mb


def main() -> None:
    job_file = Path(sys.argv[1])
    job = json.loads(job_file.read_text(encoding="utf-8"))
    paths = {name: Path(job["setting"][name]) for name in ("work", "model", "base")}
    setting = Setting(**(job["setting"] | paths))
    contestant = CONTESTANTS[job["contestant"]]
    if job["task"] == "prepare":
        contestant.prepare(setting)
        result = {}
    else:
        predict = contestant.load(setting)
        predict([job["first"]])
        result = {"start": time.time() - job["started"], **measure(predict, Path(job["texts"]))}
    job_file.with_suffix(".result").write_text(json.dumps(result), encoding="utf-8")


def measure(predict: Predict, texts: Path) -> dict[str, float]:
    """Latency in ms, seconds for all texts, peak memory in MB after these, accuracy on the test split in percent."""
    material = json.loads(texts.read_text(encoding="utf-8"))
    latencies = [[_seconds(predict, [text]) for text in material["medium"]] for _ in range(2)]
    latency = statistics.median(latencies[-1])  # warm: the second time
    predict(material["medium"])  # what a contestant needs for batches alone belongs to its start, not to its pace
    seconds = _seconds(predict, material["texts"])
    memory = peak_mb()
    true = material["labels"]
    found = predict(material["test"])
    right = sum(a == b for a, b in zip(found, true, strict=True))
    return {"latency": 1000 * latency, "seconds": seconds, "memory": memory, "accuracy": 100 * right / len(true)}


def _seconds(predict: Predict, texts: list[str]) -> float:
    started = time.perf_counter()
    predict(texts)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
