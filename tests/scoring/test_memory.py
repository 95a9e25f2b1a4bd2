"""A long run needs no more memory than a short one."""

import subprocess
import sys
from pathlib import Path

import pytest

PREPARE = """
import os, random, sys, tracemalloc
from pathlib import Path
from stageclf import StageClassifier
from stageclf.scoring import score_files

folder = Path(sys.argv[1])
rng = random.Random(1)
word = lambda: "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9)))
classifier = StageClassifier.from_pretrained()
"""

# Words that were never seen before are what fills the caches.
PROCESS = """
def write(name, count):
    texts = (" ".join(word() for _ in range(rng.randint(3, 12))) for _ in range(count))
    (folder / name).write_text("\\n".join(texts))

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

write("short.txt", 1500)
write("long.txt", 6000)
score_files(folder / "short.txt", folder / "a.csv", classifier=classifier)
after_short = resident()
score_files(folder / "long.txt", folder / "b.csv", classifier=classifier)
print(resident() - after_short)
"""

# What Python and NumPy hold after each chunk is nearly the same from run to run, unlike the memory of the process. All
# words and tables are known from a first run over the same texts; the long notes make what is kept of a text weigh 8 kB.
HELD = """
os.environ["STAGECLF_CHUNK_RECORDS"] = "25"
words = [word() for _ in range(200)]

def write(name, count):
    rows = (" ".join(rng.choices(words, k=rng.randint(3, 12))) + "," + rng.randbytes(4000).hex() for _ in range(count))
    (folder / name).write_text("\\n".join(["text,remark", *rows]))

def after_chunk(share, records):
    held.append(tracemalloc.get_traced_memory()[0] / 1e6)

held = []
write("long.csv", 400)
score_files(folder / "long.csv", folder / "warm.jsonl", classifier=classifier)
tracemalloc.start()
score_files(folder / "long.csv", folder / "long.jsonl", classifier=classifier, on_progress=after_chunk)
print(*held)
"""


def measured(what: str, folder: Path) -> list[float]:
    command = [sys.executable, "-c", PREPARE + what, str(folder)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [float(line) for line in printed.split()]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_the_process_does_not_grow_with_the_number_of_texts(tmp_path):
    (grown,) = measured(PROCESS, tmp_path)
    assert grown < 60


def test_no_record_and_no_row_is_kept(tmp_path):
    held = measured(HELD, tmp_path)
    assert len(held) == 16
    assert held[-1] - held[7] < 0.5  # 1.7 if the rows of these eight chunks were kept
