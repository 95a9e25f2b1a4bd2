"""A long run needs no more memory than a short one."""

import subprocess
import sys
from pathlib import Path

import pytest

MEASURE = """
import random, sys
from pathlib import Path
from stageclf import StageClassifier
from stageclf.scoring import score_files

folder = Path(sys.argv[1])
rng = random.Random(1)
letters = "abcdefghijklmnopqrstuvwxyz"

def write(name, count):
    words = lambda: " ".join("".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(rng.randint(3, 12)))
    (folder / name).write_text("\\n".join(words() for _ in range(count)))

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

write("short.txt", 1500)
write("long.txt", 6000)
classifier = StageClassifier.from_pretrained()
score_files(folder / "short.txt", folder / "a.csv", classifier=classifier)
after_short = resident()
score_files(folder / "long.txt", folder / "b.csv", classifier=classifier)
print(resident() - after_short)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_memory_does_not_grow_with_the_number_of_texts(tmp_path):
    done = subprocess.run([sys.executable, "-c", MEASURE, str(tmp_path)], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 60
