"""From a fine-tuned model to the folder that ships: graph, tokenizer, calibration, golden predictions."""

from __future__ import annotations

import json
import math
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from stageclf.data import LabelledText
from stageclf.labeller import Labeller
from stageclf.model.artefact import GOLDEN, SPEC, TOKENIZER, Artefact, Exit, ModelSpec, graph_files
from stageclf.model.calibration import fit_calibration, review_threshold
from stageclf.model.encoder import Encoder
from stageclf.stages import LABELS
from stageclf.text.language import detect_language
from stageclf.training.augment import Augmentation, Augmenter
from stageclf.training.exits import exit_layers
from stageclf.training.export import export_int8
from stageclf.training.fine_tune import TrainingConfig, encode, fine_tune
from stageclf.training.read_back import write_checkpoint

REVIEW_RISK = 0.05
EXIT_RISK = 0.001  # the share of the texts leaving at an exit that the whole model labels otherwise
_HARDER = Augmentation(0.12, 0.1, 0.06, 0.2, greeklish=0.0, greeting=0.1, closing=0.1, signature=0.1, small_talk=0.5)
GOLDEN_TEXTS = 24
SAMPLES = 300


def build_artefact(
    model: PreTrainedModel,
    tokenizer: Tokenizer,
    train: Sequence[LabelledText],
    validation: Sequence[LabelledText],
    folder: Path,
    config: TrainingConfig,
    facts: dict[str, int | list[int]] | None = None,
) -> ModelSpec:
    """Write the model folder; calibration and review threshold are fitted on the validation texts alone.

    They are fitted on the logits of the quantized graph, the one that users run. `facts` about the training are
    kept in the description, with the number of texts and the languages.
    """
    folder.mkdir(parents=True, exist_ok=True)
    some = validation[:: max(1, len(validation) // SAMPLES)]
    samples = encode(tokenizer, [text.text for text in some], config)
    exits = exit_layers(model)
    for old in (folder / SPEC, *folder.glob("model*.onnx")):
        old.unlink(missing_ok=True)
    export_int8(model, graph_files(folder, len(exits)), samples)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    packages = ("torch", "transformers", "onnx", "onnxruntime", "tokenizers", "stageclf")
    spec = ModelSpec(
        prefix=config.prefix,
        max_tokens=config.max_tokens,
        exits=(Exit(),) * len(exits),
        prepare_text=True,
        versions={name: _version(name) for name in packages},
        training={
            "texts": len(train),
            "languages": sorted({text.language for text in train}),
            "seeds": [config.seed],
            **(facts or {}),
        },
    )
    return calibrate(spec, folder, validation)


def calibrate(spec: ModelSpec, folder: Path, validation: Sequence[LabelledText]) -> ModelSpec:
    """Fit calibration and review threshold on the validation texts; write them and new golden predictions."""
    spec = calibrated(spec, folder, validation)
    (folder / SPEC).write_text(spec.to_json(), encoding="utf-8")
    write_golden(folder, validation)
    return spec


def calibrated(spec: ModelSpec, folder: Path, validation: Sequence[LabelledText]) -> ModelSpec:
    """The description with calibration, exits and review threshold from the validation texts.

    Calibration and exits are fitted on a harder copy of each text as well (`_HARDER`): real texts are less clear than
    written ones. The threshold is that of the validation texts as they are.
    """
    both = [*validation, *harder(validation)]
    texts = [text.text for text in both]
    targets = np.array([LABELS.index(text.label) for text in both])
    logits = Encoder(Artefact(folder, spec)).score(texts, exact=True).logits
    spec = replace(spec, calibration=fit_calibration(logits, targets))
    answers = spec.calibration.probabilities(logits).argmax(axis=1)
    spec = replace(spec, exits=_exits(spec, folder, texts, targets, answers))
    texts, targets = texts[: len(validation)], targets[: len(validation)]
    probabilities, _ = Labeller(Artefact(folder, spec)).probabilities(texts)
    correct = probabilities.argmax(axis=1) == targets
    threshold, risk, _ = review_threshold(probabilities.max(axis=1), correct, REVIEW_RISK)
    return replace(spec, review_threshold=round(threshold, 4), review_risk=round(risk, 4))


def harder(texts: Sequence[LabelledText]) -> list[LabelledText]:
    """A copy of each text, changed as texts in training are, only more often; the same ones in every call."""
    augment = Augmenter(_HARDER, [t.text for t in texts], [t.label for t in texts], [t.language for t in texts])
    return [replace(text, text=augment(text.text, text.label, text.language, text.id)) for text in texts]


def _exits(
    spec: ModelSpec, folder: Path, texts: Sequence[str], targets: np.ndarray, answers: np.ndarray
) -> tuple[Exit, ...]:
    """The rules of the exits, from below: from which confidence on one says what the whole model says (`answers`).

    Each is fitted on the texts that the exits below it leave to it.
    """
    rules: list[Exit] = []
    for at in range(len(spec.exits)):
        above = [Exit(threshold=0.0)] + [Exit()] * (len(spec.exits) - at - 1)  # all that is left leaves here
        scores = Encoder(Artefact(folder, replace(spec, exits=(*rules, *above)))).score(texts)
        here = scores.parts == at
        if not here.any():
            rules.append(Exit())
            continue
        calibration = fit_calibration(scores.logits[here], targets[here])
        probabilities = calibration.probabilities(scores.logits[here])
        agree = probabilities.argmax(axis=1) == answers[here]
        threshold, _, share = review_threshold(probabilities.max(axis=1), agree, EXIT_RISK)
        rules.append(Exit(calibration, math.ceil(threshold * 1e4) / 1e4) if share else Exit(calibration))
    return tuple(rules)


def write_golden(folder: Path, texts: Sequence[LabelledText]) -> None:
    """Store the probabilities of some texts, so that a copy of the model can check itself."""
    chosen = random.Random(0).sample(list(texts), min(GOLDEN_TEXTS, len(texts)))
    labeller = Labeller.from_pretrained(folder, threads=1)
    rows = [
        {"text": text.text, "probabilities": {k: round(v, 6) for k, v in prediction.probabilities.items()}}
        for text, prediction in zip(chosen, labeller.label([text.text for text in chosen]), strict=True)
    ]
    (folder / GOLDEN).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def fit_folder(texts: list[str], labels: list[str], base: Path, epochs: int, learning_rate: float, seed: int) -> Path:
    """Fine-tune on nine tenths of the texts, calibrate on the rest, and return the folder of the model.

    base: folder of an encoder, or of a model of ours, which then learns on from what it knows.
    """
    rows = [
        LabelledText(str(row), text, str(label), detect_language(text))
        for row, (text, label) in enumerate(zip(texts, labels, strict=True))
    ]
    random.Random(seed).shuffle(rows)
    held_out = max(1, len(rows) // 10)
    config = TrainingConfig(epochs=epochs, learning_rate=learning_rate, seed=seed)
    with tempfile.TemporaryDirectory() as checkpoint:
        if (base / SPEC).is_file():
            artefact = Artefact.open(base)
            write_checkpoint(artefact, Path(checkpoint))
            base = Path(checkpoint)
            config = replace(config, head_first=0.0, prefix=artefact.spec.prefix, max_tokens=artefact.spec.max_tokens)
        model, tokenizer = fine_tune(base, rows[held_out:], {}, config, log=lambda line: None)
    folder = Path(tempfile.mkdtemp(prefix="stageclf-"))
    build_artefact(model, tokenizer, rows[held_out:], rows[:held_out], folder, config)
    return folder


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return "unknown"
