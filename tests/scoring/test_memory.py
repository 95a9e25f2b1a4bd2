"""A long run needs no more memory than a short one."""

import subprocess
import sys

# Counts what Python and NumPy hold at most during a run, which is nearly equal from run to run, unlike the memory of the
# process (for that see scripts/benchmark_memory.py).
MEASURE = """
import os, random, sys, tracemalloc
from pathlib import Path
os.environ["STAGECLF_CHUNK_RECORDS"] = "100"
from stageclf import StageClassifier
from stageclf.scoring import score_files

folder = Path(sys.argv[1])
rng = random.Random(1)
letters = "abcdefghijklmnopqrstuvwxyz"
words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(200)]  # so few that all are remembered soon

def write(name, count):
    (folder / name).write_text("\\n".join(" ".join(rng.choices(words, k=rng.randint(3, 12))) for _ in range(count)))

classifier = StageClassifier.from_pretrained()
write("warm.txt", 300)
write("short.txt", 300)
write("long.txt", 1500)
score_files(folder / "warm.txt", folder / "out.csv", classifier=classifier)
tracemalloc.start()
for name in ("short.txt", "long.txt"):
    tracemalloc.reset_peak()
    score_files(folder / name, folder / name.replace("txt", "csv"), classifier=classifier)
    print(tracemalloc.get_traced_memory()[1] / 1e6)
"""


def test_memory_does_not_grow_with_the_number_of_texts(tmp_path):
    done = subprocess.run([sys.executable, "-c", MEASURE, str(tmp_path)], capture_output=True, text=True, check=True)
    short, long = map(float, done.stdout.split())
    assert long - short < 1.5
