"""A model folder as a Hugging Face transformers model: the same weights, read back out of the int8 graph.

Prefix, temperature and offsets are built in, so that `pipeline("text-classification", …)` gives the same labels, but
for close calls, since activations are floats there and eight bits here and no exit is taken there, for long texts,
which a pipeline does not read in windows, and for texts that are not read as they are written
(stageclf.model.reading). Its probabilities lack the sharpness of the calibration: they are near ours, not equal.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, normalizers
from transformers import BertForSequenceClassification, PreTrainedTokenizerFast

from stageclf.model.artefact import Artefact, ModelSpec
from stageclf.training.exits import exit_layers
from stageclf.training.read_back import read_back


def export_transformers(source: str | Path, target: str | Path) -> Path:
    """Write the model in the folder `source` to `target` in the form of transformers; returns `target`.

    Raises ArtefactError for a folder that holds no model of stageclf.
    """
    artefact, target = Artefact.open(source), Path(target)
    model = read_back(artefact)
    _take_exits_away(model)
    _build_in_calibration(model, artefact.spec)
    model.save_pretrained(target)
    _tokenizer(artefact).save_pretrained(target)
    return target


def _take_exits_away(model: BertForSequenceClassification) -> None:
    if exit_layers(model):
        del model.exits
        model.config.exits = []


@torch.no_grad()
def _build_in_calibration(model: BertForSequenceClassification, spec: ModelSpec) -> None:
    """Temperature and offsets become part of the last layer; sharpness, which is no linear thing, is left out."""
    model.classifier.weight /= spec.calibration.temperature
    model.classifier.bias /= spec.calibration.temperature
    model.classifier.bias += torch.tensor(spec.calibration.offsets or [0.0] * len(spec.labels))


def _tokenizer(artefact: Artefact) -> PreTrainedTokenizerFast:
    """The tokenizer with the prefix built in, cutting at the length of a window when asked to truncate."""
    tokenizer = Tokenizer.from_file(str(artefact.tokenizer))
    steps = [tokenizer.normalizer] if tokenizer.normalizer else []
    if artefact.spec.prefix:
        steps.insert(0, normalizers.Prepend(artefact.spec.prefix))
    tokenizer.normalizer = normalizers.Sequence(steps)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=artefact.spec.max_tokens,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        model_input_names=["input_ids", "attention_mask"],
    )
