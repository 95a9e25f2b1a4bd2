"""Labelling texts on a CPU: what one would use instead, and stageclf, on the same texts and the same cores.

    python scripts/benchmark_speed.py                        # all, 2,000 texts
    python scripts/benchmark_speed.py --repeat 3             # each process three times, the middle one counts
    python scripts/benchmark_speed.py --texts 200 --only pipeline ours --no-cold
    python scripts/benchmark_speed.py --json speed.json      # the figures also as JSON

Every contestant runs in a process of its own, one after the other, on the same number of cores. A process loads its
model, labels one text (start-up ends here), then 30 medium texts of the test split one by one (latency), then all
texts in one call (speed; peak memory is read here), then the test split (accuracy). What is prepared beforehand -
exports, heads fitted on the training split - is not measured. Needs the extra `train`, the base encoder in
models/base (scripts/build_base_model.py) and, for its row, sentence-transformers. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from speed.contestants import CONTESTANTS, Setting
from speed.machine import describe
from speed.targets import Figures, targets
from speed.texts import HOW, Sized, draw, medium, sized

ROOT = Path(__file__).resolve().parents[1]
FIRST = "Can anyone recommend a good vet near the station?"
SINGLE = 30
PIPELINE_SCRIPT = (
    "import sys; from transformers import pipeline; "
    'print(pipeline("text-classification", sys.argv[1], truncation=True)(sys.argv[2]))'
)


def limit_cores(cores: int) -> None:
    """Let this process and those it starts use `cores` cores only."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    os.environ |= {name: str(cores) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}
    os.environ |= {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "scripts")]), "HF_HUB_OFFLINE": "1"}


def write_material(count: int, test_texts: int | None, target: Path) -> list[Sized]:
    """Write the texts that all contestants label; returns those whose speed is measured."""
    from stageclf.data import load

    texts, test = draw(count), sized(load("test"))
    measured = random.Random(0).sample(test, test_texts or len(test))
    material = {
        "texts": [text.text for text in texts],
        "medium": [text.text for text in medium(test, SINGLE)],
        "test": [text.text for text in measured],
        "labels": [text.label for text in measured],
    }
    target.write_text(json.dumps(material), encoding="utf-8")
    return texts


def run_worker(name: str, task: str, setting: Setting) -> dict[str, float]:
    """Start the process of a contestant and return what it measured."""
    job = setting.work / f"{name}.json"
    content = {"contestant": name, "task": task, "first": FIRST, "texts": str(setting.work / "material.json")}
    content["setting"] = {key: str(v) if isinstance(v, Path) else v for key, v in dataclasses.asdict(setting).items()}
    job.write_text(json.dumps(content | {"started": time.time()}), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "speed.worker", str(job)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name} failed to {task}:\n{done.stderr[-3000:]}")
    return json.loads(job.with_suffix(".result").read_text(encoding="utf-8"))


def measure(name: str, setting: Setting, texts: Sequence[Sized], repeat: int) -> Figures:
    """The figures of one contestant, each the middle one of `repeat` processes."""
    run_worker(name, "prepare", setting)
    runs = [run_worker(name, "measure", setting) for _ in range(repeat)]
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    seconds = middle.pop("seconds")
    return Figures(len(texts) / seconds, sum(text.tokens for text in texts) / seconds, **middle)


def cold_starts(setting: Setting, times: int = 5) -> dict[str, float]:
    """Seconds from a command to its end, the middle one of `times` runs after one that fills the disk cache."""
    run_worker("pipeline", "prepare", setting)
    ours = ["-m", "stageclf", "predict", FIRST, "--model", str(setting.model)]
    commands = {"pipeline": ["-c", PIPELINE_SCRIPT, str(setting.float_model), FIRST], "ours": ours}
    return {name: statistics.median(_command_seconds(c, times)) for name, c in commands.items()}


def _command_seconds(command: Sequence[str], times: int) -> list[float]:
    seconds = []
    for _ in range(times + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=ROOT)
        seconds.append(time.perf_counter() - started)
    return seconds[1:]


def show_texts(texts: Sequence[Sized]) -> None:
    lengths = [text.tokens for text in texts]
    shape = f"median {statistics.median(lengths):.0f}, mean {statistics.mean(lengths):.0f}, longest {max(lengths)}"
    print(f"\n{len(texts):,} texts, tokens: {shape}. {HOW}\n", flush=True)


def show_row(name: str, found: Figures, results: dict[str, Figures]) -> None:
    base = results.get("pipeline")
    ratio = f"{found.texts / base.texts:.1f} ×" if base else ""
    cells = (f"{found.texts:,.0f}", f"{found.tokens:,.0f}", ratio, f"{found.memory:,.0f}", f"{found.start:.1f}")
    row = (CONTESTANTS[name].title, *cells, f"{found.latency:.1f}", f"{found.accuracy:.1f}")
    print("| " + " | ".join(row) + " |", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--only", nargs="*", choices=CONTESTANTS, default=list(CONTESTANTS))
    parser.add_argument("--threads", type=int, default=2, help="cores that every contestant may use")
    parser.add_argument("--repeat", type=int, default=1, help="processes of each contestant")
    parser.add_argument("--no-cold", action="store_true", help="leave out the cold start of the commands")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--train-texts", type=int, help="fit the heads on so many texts only (for a quick try)")
    parser.add_argument("--test-texts", type=int, help="measure accuracy on so many texts only (for a quick try)")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def run(args: argparse.Namespace, setting: Setting) -> tuple[dict[str, Figures], dict[str, float]]:
    """Measure and print row by row; returns the figures by contestant, and the cold starts."""
    texts = write_material(args.texts, args.test_texts, setting.work / "material.json")
    show_texts(texts)
    print("| | texts/s | tokens/s | × pipeline | peak MB | start s | one text, ms | accuracy, test |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    results: dict[str, Figures] = {}
    for name in args.only:
        package = CONTESTANTS[name].package
        if package and not importlib.util.find_spec(package):
            print(f"| {CONTESTANTS[name].title} | left out: {package} is not installed |", flush=True)
            continue
        results[name] = measure(name, setting, texts, args.repeat)
        show_row(name, results[name], results)
    return results, {} if args.no_cold else cold_starts(setting)


def main() -> None:
    args = arguments()
    limit_cores(args.threads)
    machine = describe()
    print("\n".join(f"{name}: {value}" for name, value in machine.items()))
    with tempfile.TemporaryDirectory() as work:
        model, base = args.model.resolve(), args.base.resolve()
        results, cold = run(args, Setting(Path(work), model, base, args.threads, args.train_texts))
    print("\n| target | reached | must reach | aim | met |\n|---|---|---|---|---|")
    for row in targets(results, cold):
        print(f"| {row.what} | {row.reached} | {row.must} | {row.aim} | {'yes' if row.met else 'NO'} |")
    if args.json:
        figures = {name: dataclasses.asdict(found) for name, found in results.items()}
        content = {"machine": machine, "texts": args.texts, "contestants": figures, "cold_start_s": cold}
        args.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
