"""The shipped labelled texts keep the promises of their card."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from stageclf.data import SPLITS, load

ROOT = Path(__file__).resolve().parents[2]


def test_unknown_splits_and_languages_are_explained():
    with pytest.raises(ValueError, match="unknown split 'dev'; there are: train, validation, test"):
        load("dev")
    with pytest.raises(ValueError, match="no texts in language 'xx'; there are: "):
        load("train", "xx")


def test_the_files_load_with_datasets(tmp_path):
    from datasets import load_dataset

    files = {split: str(ROOT / "data" / split / "el.jsonl") for split in SPLITS}
    loaded = load_dataset("json", data_files=files, cache_dir=str(tmp_path))
    assert {split: len(rows) for split, rows in loaded.items()} == {split: len(load(split, "el")) for split in SPLITS}
    assert loaded["train"][0] == asdict(load("train", "el")[0])


def test_the_check_of_the_data_passes():
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "check_data.py")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_the_mails_are_whole_and_no_test_mail_is_a_training_mail():
    mails = {
        split: [json.loads(line) for line in (ROOT / f"data/mails/{split}.jsonl").read_text("utf-8").splitlines()]
        for split in ("train", "test")
    }
    for rows in mails.values():
        assert all(set(row) == {"language", "kind", "subject", "text"} for row in rows)
        assert {row["kind"] for row in rows} == {"auto", "bulk", "person"}
        assert all(row["subject"].strip() or row["text"].strip() for row in rows)
    words = {split: {" ".join(row["text"].lower().split()) for row in rows} for split, rows in mails.items()}
    assert not words["train"] & words["test"] - {""}
