"""stageclf evaluate: the model and a baseline on labelled texts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stageclf.cli import options

if TYPE_CHECKING:
    from rich.table import Table

    from stageclf.evaluation.compare import Comparison


@click.command("evaluate")
@click.argument("data", default="test")
@options.model
@options.text_column
@options.exact
@click.option(
    "--label-column", metavar="NAME", default="label", show_default=True, help="Column with the true labels."
)
@click.option("--errors", type=click.Path(path_type=Path), help="Write the wrong ones to this CSV file.")
def command(
    data: str, model: str | None, text_column: str | None, exact: bool, label_column: str, errors: Path | None
) -> None:
    """Measure the model on labelled texts.

    DATA is a labelled file (.jsonl, .csv, .parquet), a folder of them, or one of our own splits: test (which is
    taken without it) or validation. A TF-IDF baseline trained on our own training split is measured beside the model.
    """
    from stageclf.classifier import StageClassifier
    from stageclf.evaluation.compare import compare, read_labelled

    texts, left_out = read_labelled(data, text_column, label_column)
    comparison = compare(StageClassifier.from_pretrained(model, exact=exact), texts, left_out)
    _show(comparison)
    if errors:
        with errors.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["id", "language", "label", "predicted", "confidence", "text"])
            writer.writeheader()
            writer.writerows(comparison.errors)
        click.echo(f"{len(comparison.errors)} errors written to {errors}")


def _show(comparison: Comparison) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    scores = comparison.model
    console.print(scores.report, markup=False, highlight=False)
    confusion = Table(title="Confusion matrix (rows true, columns predicted)")
    confusion.add_column("", no_wrap=True)
    for label in scores.labels:
        confusion.add_column(label[:4], justify="right", no_wrap=True)
    for label, row in zip(scores.labels, scores.confusion, strict=True):
        confusion.add_row(label, *map(str, row))
    console.print(confusion)
    if len(comparison.by_language) > 1:
        cells = [f"{lang} {f1:.3f} ({n})" for lang, (f1, n) in comparison.by_language.items()]
        console.print("Macro F1 by language (texts): " + ", ".join(cells), highlight=False)
    console.print(_against_baseline(comparison))
    if comparison.seen:
        console.print(
            f"Beware: {comparison.seen} of these texts stand in our training split, too; "
            "figures on them prove nothing.",
            style="bold red",
        )
    if comparison.left_out:
        console.print(f"{comparison.left_out} rows were left out: no text or no label")


def _against_baseline(comparison: Comparison) -> Table:
    from rich.table import Table

    from stageclf.evaluation.metrics import with_interval

    model, baseline = comparison.model, comparison.baseline
    table = Table(title=f"On {model.texts:,} texts, with 95 % intervals")
    table.add_column("")
    for column in ("stageclf", "TF-IDF + logistic regression"):
        table.add_column(column, no_wrap=True)
    rows = {
        "accuracy": lambda s: with_interval(s.accuracy, s.accuracy_interval),
        "macro F1": lambda s: with_interval(s.macro_f1, s.macro_f1_interval),
        "expected calibration error": lambda s: f"{s.calibration_error:.3f}",
        "accuracy on the surest 80 %": lambda s: f"{s.confident_accuracy:.3f}",
    }
    for name, figure in rows.items():
        table.add_row(name, figure(model), figure(baseline))
    return table
