"""The examples in the README run."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from stageclf.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What needs a cluster engine is run by tests/engines, which does not belong to the environment of these tests.
PYTHON = [code for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "stageclf.spark" not in code]
COMMANDS = [line for line in re.findall(r"^stageclf .*$", README, re.MULTILINE) if "--engine ray" not in line]


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_python_examples_run(number, tmp_path, monkeypatch, capsys):
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    exec(compile(PYTHON[number], f"README example {number}", "exec"), {})
    assert capsys.readouterr().out


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_run(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox.mbox").write_text("From a@b.org Mon Mar  3 10:12:00 2025\nSubject: Hi\n\nWe take it.\n")
    (tmp_path / "reviews.csv").write_text("review\nBest oven we ever had.\n")
    (tmp_path / "chats").mkdir()
    (tmp_path / "chats" / "a.txt").write_text("two lattes please\n")
    (tmp_path / "my_labelled.csv").write_text("message,stage\nWhere is my parcel?,post_purchase\n")
    command, _, stdin = line.partition(" < ")
    done = CliRunner().invoke(app, shlex.split(command)[1:], input="Where is my parcel?\n" if stdin else None)
    assert done.exit_code == 0, done.output
    assert done.output.strip()
