"""The commands as a user types them."""

import json
import subprocess
import sys

import pytest

from stageclf.stages import LABELS


def run(*arguments, stdin="", code=0):
    command = [sys.executable, "-c", "from stageclf.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT)
    assert done.returncode == code, done.stderr + done.stdout
    return done.stderr if code else done.stdout


ENVIRONMENT = {**__import__("os").environ, "COLUMNS": "160", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def test_scoring_ends_with_a_table_and_the_counts(tmp_path, example_inbox):
    (tmp_path / "extra.txt").write_text("Where is my parcel?\n\n")
    printed = run("score", example_inbox, tmp_path / "extra.txt", "-o", tmp_path / "out.csv")
    assert "Stages by language" in printed
    assert all(label in printed for label in LABELS)
    counts, written = printed.strip().splitlines()[-2:]
    assert " read: " in counts and counts.endswith("unreadable")
    assert written.endswith(f"written to {tmp_path / 'out.csv'}")
    assert (tmp_path / "out.csv").is_file()


def test_files_of_unknown_kinds_are_counted(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Where is my parcel?\n")
    for name in ("b.jpg", "c.JPG", "d.docx"):
        (folder / name).write_text("x")
    printed = run("score", folder, "-o", tmp_path / "out.csv")
    assert "left aside: 3 files of kinds that stageclf does not read (.jpg 2, .docx 1)" in printed


def test_scoring_quietly_prints_nothing(tmp_path, example_inbox):
    assert run("score", example_inbox, "-o", tmp_path / "out.csv", "--quiet") == ""


def test_predicting_arguments_and_lines():
    printed = run("predict", "Where is my parcel?", "Wir nehmen das Angebot an.").splitlines()
    assert printed[0].startswith("post_purchase") and printed[1].startswith("purchase_decision")
    lines = run(
        "predict", "--json", "--stage-model", "aida", stdin="Where is my parcel?\n\nWe\u2028take it.\n"
    ).split("\n")[:-1]
    rows = [json.loads(line) for line in lines]
    assert [row["text"] for row in rows] == ["Where is my parcel?", "We\u2028take it."]
    assert list(rows[0]["probabilities"]) == list(LABELS)
    assert "aida_stage" in rows[0]


def test_stages_are_shown_in_greek():
    printed = run("stages", "--language", "el", "--stage-model", "awareness-consideration-decision-retention")
    assert "Αξιολόγηση" in printed and "consideration" in printed


def test_evaluating_a_labelled_file(tmp_path):
    path = tmp_path / "labelled.jsonl"
    rows = [
        ("Where is my parcel?", "post_purchase"),
        ("We take it, send the contract.", "purchase_decision"),
        ("", "none"),
    ]
    path.write_text("\n".join(json.dumps({"text": text, "label": label}) for text, label in rows))
    printed = run("evaluate", path, "--errors", tmp_path / "errors.csv")
    assert (tmp_path / "errors.csv").read_text().startswith("id,language,label,predicted,confidence,text\n")
    assert "errors written to" in printed
    assert "Confusion matrix" in printed and "TF-IDF + logistic regression" in printed
    assert "macro avg" in printed
    assert "1 rows were left out: no text or no label" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score", "nowhere.csv", "-o", "x.csv"], "Error: no such file: nowhere.csv"),
        (["predict", "x", "--model", "./nowhere"], "Error: no model folder nowhere: give the folder that"),
        (["predict", "-"], "Error: no text: give texts as arguments, or one a line on standard input"),
        (["stages", "-l", "xx"], "Error: no names in 'xx'; there are: el, de, en"),
        (["stages", "--stage-model", "aidaa"], "Error: no stage model 'aidaa' (did you mean 'aida'?)"),
    ],
)
def test_errors_are_one_clear_line(tmp_path, arguments, message):
    printed = run(*arguments, code=1)
    assert printed.startswith(message)
    assert "Traceback" not in printed


def test_unknown_labels_are_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a", "label": "bought"}\n')
    assert "Error: unknown labels in the data: bought; known: need_recognition" in run("evaluate", path, code=1)
    assert f"Error: {path}: no column 'gold' with the true labels; its columns are: text, label. " in run(
        "evaluate", path, "--label-column", "gold", code=1
    )


def test_when_nothing_is_readable_the_exit_code_says_so(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.parquet").write_bytes(b"PAR1")
    printed = run("score", tmp_path / "in", "-o", tmp_path / "out.csv", code=1)
    assert "nothing could be scored: all records are unreadable; the notes say why" in printed


def test_the_main_job_needs_no_network(tmp_path, example_inbox):
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise RuntimeError('network used')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        f"sys.argv = ['stageclf', 'score', {str(example_inbox)!r}, '-o', {str(tmp_path / 'o.csv')!r}, '-q']\n"
        "from stageclf.cli import main; main()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (tmp_path / "o.csv").is_file()


def test_inspect_shows_what_is_cut_and_counts_everything(tmp_path):
    mail = (
        "From a@b.de Mon Mar  3 10:12:00 2025\nFrom: Anna <a@b.de>\nTo: shop@laden.example\nSubject: Paket\n"
        "Date: Mon, 3 Mar 2025 10:12:00 +0100\n\nWo bleibt mein Paket? Ich warte seit zwei Wochen.\n\n> gestern versandt\n\n"
    )
    (tmp_path / "in.mbox").write_text(mail + mail.replace("Anna", "Ben").replace("3 Mar", "5 Mar"), encoding="utf-8")
    printed = run("inspect", tmp_path / "in.mbox", "-n", "1", "--own-domain", "laden.example")
    lines = [line.rstrip() for line in printed.splitlines()]
    assert "            Wo bleibt mein Paket? Ich warte seit zwei Wochen." in lines
    assert "quote       > gestern versandt" in lines
    assert "kind        email, incoming" in lines
    assert not any("Ben" in line for line in lines)
    table = [[cell.strip() for cell in line.strip("│").split("│")] for line in lines if line.startswith("│")]
    assert ["dates", "2025-03-03 to 2025-03-05"] in table
    assert ["language", "de 2"] in table


def test_options_of_the_other_engine_are_refused(tmp_path, example_inbox):
    printed = run("score", example_inbox, "-o", tmp_path / "out.csv", "--workers", "2", code=1)
    assert printed == "Error: --address and --workers belong to --engine ray: add it, or leave them out\n"
