"""Scripts that are shown to users."""

import csv
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*arguments):
    command = [sys.executable, *map(str, arguments)]
    here = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=here).stdout


def test_batch_score_labels_evaluates_and_writes(tmp_path):
    table = tmp_path / "in.csv"
    table.write_text(
        "id,text,gold\n1,Where is my parcel?,post_purchase\n2,,none\n3,Wir nehmen das Angebot an.,purchase_decision\n"
        "4,Πόσο κοστίζει;,\n",
        encoding="utf-8",
    )
    printed = run("scripts/batch_score.py", table, "-o", tmp_path / "out.csv", "--label-column", "gold")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:4] == ["id", "text", "gold", "predicted_stage"]
    assert [row["predicted_stage"] for row in rows[:3]] == ["post_purchase", "", "purchase_decision"]
    assert [row["status"] for row in rows] == ["ok", "empty", "ok", "ok"]
    assert [row["language"] for row in rows] == ["en", "", "de", "el"]
    assert "1.00         2" in printed  # two rows have both a text and a label
    assert printed.splitlines()[-1] == "3 ok, 1 empty, 0 unreadable"


def test_batch_score_needs_no_labels(tmp_path, example_inbox):
    printed = run("scripts/batch_score.py", example_inbox, "-o", tmp_path / "out.csv")
    assert len(printed.splitlines()) == 1 and printed.endswith(" unreadable\n")


def test_plan_cluster_prints_what_a_run_needs():
    printed = run("scripts/plan_cluster.py", "--rate", "50", "--texts", "1e9", "--nodes", "10", "--cores", "16")
    assert "10 nodes of 16 cores: 50 × 160 = 8,000 texts/s, 34.7 hours" in printed
    assert "in 8 hours: 44 nodes of 16 cores" in printed
