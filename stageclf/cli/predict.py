"""stageclf predict: the stage of single texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from stageclf.cli import options
from stageclf.stages import StageModel, load_stage_model

if TYPE_CHECKING:
    from stageclf.prediction import Prediction

WIDTH = 80  # characters of a text that are shown


@click.command("predict")
@click.argument("texts", nargs=-1)
@options.model
@options.stage_model
@options.exact
@click.option("--json", "as_json", is_flag=True, help="One JSON object a text, with all probabilities.")
def command(texts: tuple[str, ...], model: str | None, stage_model: str | None, exact: bool, as_json: bool) -> None:
    """Label single texts.

    TEXTS are taken from standard input without any, one a line; blank lines are left out.
    A text that is "-" stands for everything on standard input as one text.
    """
    mapping = load_stage_model(stage_model) if stage_model else None
    texts = _texts(texts)
    from stageclf.labeller import Labeller

    predictions = Labeller.from_pretrained(model, exact=exact).label(texts)
    for text, prediction in zip(texts, predictions, strict=True):
        if as_json:
            row = {"text": text, **prediction.to_dict()}
            if mapping:
                row[f"{mapping.name}_stage"] = mapping.map(prediction.stage)
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(_line(text, prediction, mapping))


def _texts(arguments: Sequence[str]) -> Sequence[str]:
    if arguments and arguments != ("-",):
        return arguments
    data = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    texts = [data] if arguments else [line.removesuffix("\r") for line in data.split("\n")]
    texts = [text for text in texts if text.strip()]
    if not texts:
        raise ValueError("no text: give texts as arguments, or one a line on standard input")
    return texts


def _line(text: str, prediction: Prediction, mapping: StageModel | None) -> str:
    other = mapping.map(prediction.stage) if mapping else None
    mapped = f" = {other}" if other else ""
    review = f"  (look at it: {prediction.note or 'not sure'})" if prediction.needs_review else ""
    shown = " ".join(text.split())
    shown = shown if len(shown) <= WIDTH else shown[: WIDTH - 1] + "…"
    stage = f"{prediction.stage}{mapped}"
    return f"{stage:<20} {prediction.confidence:4.0%}  {prediction.language:<3}  {shown}{review}"
