"""What a cluster needs for many texts, from the rate that is measured here on one core.

python scripts/plan_cluster.py --texts 1e9 --nodes 20 --cores 16
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import time

from stageclf import StageClassifier
from stageclf.resources import resource_path
from stageclf.scoring.chunks import CHUNK_RECORDS


def sample(count: int) -> list[str]:
    """Texts of the test split, drawn with a fixed seed."""
    files = sorted(resource_path("data/test").glob("*.jsonl"))
    texts = [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return random.Random(7).choices(texts, k=count)


def measure(count: int) -> float:
    """Texts a second that one core labels, languages included, after warming up."""
    classifier = StageClassifier.from_pretrained(threads=1)
    texts = sample(count)
    classifier.label(texts[:16])
    started = time.process_time()
    for at in range(0, count, CHUNK_RECORDS):
        classifier.label(texts[at : at + CHUNK_RECORDS])
    rate = count / (time.process_time() - started)
    mean = sum(map(len, texts)) / count
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"measured with {count:,} test texts, mean {mean:.0f} characters, on one core:")
    print(f"{rate:.0f} texts/s of processor time; {memory:.0f} MB at most, which every worker needs")
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=float, default=1e9)
    parser.add_argument("--nodes", type=int, default=10)
    parser.add_argument("--cores", type=int, default=16, help="of a node")
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--rate", type=float, help="texts/s of one core; measured without it")
    parser.add_argument("--sample", type=int, default=1024, help="texts to measure with")
    arguments = parser.parse_args()
    rate = arguments.rate or measure(arguments.sample)
    cores = arguments.nodes * arguments.cores
    print("hours = texts / (3600 × texts/s of a core × cores of a node × nodes)")
    print(
        f"{arguments.nodes} nodes of {arguments.cores} cores: {rate:.0f} × {cores} = {rate * cores:,.0f} texts/s, "
        f"{arguments.texts / (3600 * rate * cores):.1f} hours for {arguments.texts:,.0f} texts"
    )
    nodes = math.ceil(arguments.texts / (3600 * arguments.hours * rate * arguments.cores))
    print(f"in {arguments.hours:g} hours: {nodes} nodes of {arguments.cores} cores")


if __name__ == "__main__":
    main()
