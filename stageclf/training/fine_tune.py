"""Fine-tuning a multilingual encoder on labelled texts, on a CPU in reasonable time.

What makes it quick: batches of equal length, filled up to a number of tokens; bfloat16 autocast; no dropout
in the body; frozen word embeddings (which also keeps their four-bit form exact).
"""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import accuracy_score, f1_score
from tokenizers import Tokenizer
from transformers import AutoConfig, PreTrainedModel

from stageclf.data import LabelledText
from stageclf.model.artefact import ModelSpec
from stageclf.model.batching import by_token_budget
from stageclf.model.reading import as_read
from stageclf.model.windows import readable_part
from stageclf.stages import LABELS
from stageclf.training.augment import Augmentation, Augmenter
from stageclf.training.exits import add_exits, exit_layers, load_classifier, staged_logits, staged_loss

EXITS = -1  # the depth of the exits' parameters: apart from all layers


@dataclass(frozen=True)
class TrainingConfig:
    """What a training run depends on; with the data and the base model it determines the result.

    head_first: share of the steps in which only the new head learns, at `head_learning_rate`, so that its first
        random steps do not bend the features of the body (Kumar et al., ICLR 2022).
    average_last: share of the steps whose weights are averaged into the result.
    head_seed: decides the first weights of the head; runs that share it can be averaged with one another.
    last_rate: share of the learning rate that is left at the last step; what another run goes on from wants more than
        0.02.
    exits: layers above which a clear text may be decided, see stageclf.training.exits; `exit_weight` is that of
        each exit's loss beside the last layer's.
    """

    epochs: int = 5
    learning_rate: float = 1.2e-4
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.08
    last_rate: float = 0.02
    label_smoothing: float = 0.05
    batch_tokens: int = 2048
    batch_texts: int = 32
    max_tokens: int = 256
    head_dropout: float = 0.1
    average_last: float = 0.5
    head_first: float = 0.05
    head_learning_rate: float = 1e-3
    seed: int = 7
    head_seed: int = 7
    exits: tuple[int, ...] = ()
    exit_weight: float = 0.3
    prefix: str = ""
    augmentation: Augmentation = field(default_factory=Augmentation)


def load_base(folder: Path, config: TrainingConfig) -> tuple[PreTrainedModel, Tokenizer]:
    """The base encoder with a fresh classification head, and its tokenizer."""
    torch.manual_seed(config.head_seed)
    model_config = AutoConfig.from_pretrained(
        folder,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: row for row, label in enumerate(LABELS)},
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        classifier_dropout=config.head_dropout,
    )
    # On a CPU the backward pass of fused attention costs more than the plain products for texts this short.
    model = load_classifier(folder, model_config, attn_implementation="eager")
    if set(config.exits) - set(exit_layers(model)):
        add_exits(model, config.exits)
    model.get_input_embeddings().weight.requires_grad_(False)
    return model, Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))


def encode(tokenizer: Tokenizer, texts: Sequence[str], config: TrainingConfig) -> list[list[int]]:
    """Token ids of each text, as the model reads it, with prefix and special tokens, cut to `max_tokens`."""
    tokenizer.enable_truncation(config.max_tokens)
    parts = (readable_part(text, config.max_tokens, ModelSpec.max_windows)[0] for text in texts)
    return [e.ids for e in tokenizer.encode_batch([config.prefix + as_read(part) for part in parts])]


def collate(rows: Sequence[list[int]]) -> dict[str, torch.Tensor]:
    """Pad token ids to the longest row; shapes (texts, tokens)."""
    width = max(map(len, rows))
    ids = torch.tensor([row + [1] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return {"input_ids": ids, "attention_mask": mask}


@torch.inference_mode()
def predict_logits(
    model: PreTrainedModel, rows: Sequence[list[int]], budget: int = 4096, autocast: bool = True
) -> np.ndarray:
    """Float32 logits, shape (texts, labels), in the order of `rows`; computed in bfloat16 with `autocast`."""
    model.eval()
    logits = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for batch in by_token_budget([len(row) for row in rows], budget):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
            output = model(**collate([rows[i] for i in batch])).logits
        logits[batch] = output.float().numpy()
    return logits


def parameter_groups(model: PreTrainedModel, config: TrainingConfig) -> list[dict]:
    """Parameters with a learning rate that falls from the head down to the embeddings."""
    layers = model.config.num_hidden_layers
    groups: dict[tuple[int, bool], list] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = layers + 1
        if name.startswith("exits."):
            depth = EXITS
        elif ".layer." in name:
            depth = int(name.split(".layer.")[1].split(".")[0]) + 1
        elif "embeddings" in name:
            depth = 0
        plain = parameter.ndim < 2
        groups.setdefault((depth, plain), []).append(parameter)
    return [
        {
            "params": parameters,
            "lr": config.head_learning_rate
            if depth == EXITS
            else config.learning_rate * config.layer_decay ** (layers + 1 - depth),
            "weight_decay": 0.0 if plain else config.weight_decay,
            "is_head": depth == layers + 1,
        }
        for (depth, plain), parameters in groups.items()
    ]


def shuffled_batches(lengths: Sequence[int], config: TrainingConfig, seed: str) -> Iterator[list[int]]:
    """Batches of similar length in random order, another composition for every seed."""
    rng = random.Random(seed)
    noisy = [length * rng.uniform(0.93, 1.07) for length in lengths]
    batches = by_token_budget(lengths, config.batch_tokens, config.batch_texts, order_by=noisy)
    batches = list(batches)
    rng.shuffle(batches)
    return iter(batches)


class WeightAverage:
    """The running mean of the trainable weights over the last steps of a run."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.mean: dict[str, torch.Tensor] = {}

    def add(self, model: PreTrainedModel) -> None:
        for name, parameter in model.named_parameters():
            if parameter.requires_grad:
                self.counts[name] += 1
                mean = self.mean.setdefault(name, torch.zeros_like(parameter.data))
                mean += (parameter.data - mean) / self.counts[name]

    def apply(self, model: PreTrainedModel) -> None:
        for name, parameter in model.named_parameters():
            if name in self.mean:
                parameter.data.copy_(self.mean[name])


def evaluate(
    model: PreTrainedModel, tokenizer: Tokenizer, data: Sequence[LabelledText], config: TrainingConfig
) -> dict[str, float]:
    """Accuracy and macro F1 of the float model on labelled texts."""
    logits = predict_logits(model, encode(tokenizer, [d.text for d in data], config))
    found = [LABELS[i] for i in logits.argmax(axis=1)]
    true = [d.label for d in data]
    return {
        "accuracy": float(accuracy_score(true, found)),
        "macro_f1": float(f1_score(true, found, average="macro")),
    }


def fine_tune(
    base: Path,
    train: Sequence[LabelledText],
    watch: dict[str, Sequence[LabelledText]],
    config: TrainingConfig,
    log: Callable[[str], None] = print,
) -> tuple[PreTrainedModel, Tokenizer]:
    """Fine-tune the encoder in `base`; after every epoch log the figures on the `watch` sets.

    The watch sets are for reading only: nothing here stops early or selects by them.
    """
    model, tokenizer = load_base(base, config)
    labels = torch.tensor([LABELS.index(d.label) for d in train])
    augment = Augmenter(
        config.augmentation, [d.text for d in train], [d.label for d in train], [d.language for d in train]
    )
    optimizer = torch.optim.AdamW(parameter_groups(model, config), betas=(0.9, 0.98), fused=True)
    plans = [_epoch_plan(train, tokenizer, augment, config, epoch) for epoch in range(config.epochs)]
    total = sum(len(batches) for _, batches in plans)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _schedules(optimizer, total, config))
    average, step, start = WeightAverage(), 0, time.monotonic()
    for epoch, (rows, batches) in enumerate(plans):
        model.train()
        losses = []
        for batch in batches:
            losses.append(_step(model, [rows[i] for i in batch], labels[batch], optimizer, config))
            schedule.step()
            step += 1
            if step > total * (1 - config.average_last):
                average.add(model)
        if epoch == config.epochs - 1 and average.mean:
            average.apply(model)
        figures = {name: evaluate(model, tokenizer, data, config) for name, data in watch.items()}
        shown = "  ".join(f"{n} acc {f['accuracy']:.4f} F1 {f['macro_f1']:.4f}" for n, f in figures.items())
        minutes = (time.monotonic() - start) / 60
        log(f"epoch {epoch + 1}: {minutes:.1f} min, loss {np.mean(losses):.4f}  {shown}")
    return model, tokenizer


def average_models(models: Iterable[PreTrainedModel]) -> PreTrainedModel:
    """The last model with the mean of all models' weights (a soup: Wortsman et al., ICML 2022).

    What only some of them train or have, such as an exit that was added on the way, is the mean of those.
    """
    average = WeightAverage()
    for model in models:
        average.add(model)
    average.apply(model)
    return model


def _epoch_plan(
    train: Sequence[LabelledText], tokenizer: Tokenizer, augment: Augmenter, config: TrainingConfig, epoch: int
) -> tuple[list[list[int]], list[list[int]]]:
    """Token ids of the texts as augmented for this epoch, and its batches."""
    texts = [augment(d.text, d.label, d.language, f"{config.seed}/{epoch}/{d.id}") for d in train]
    rows = encode(tokenizer, texts, config)
    return rows, list(shuffled_batches([len(row) for row in rows], config, f"{config.seed}/{epoch}"))


def _schedules(optimizer: torch.optim.Optimizer, total: int, config: TrainingConfig) -> list[Callable[[int], float]]:
    """One schedule a parameter group: the head begins at once, the body when the head has settled."""
    waiting = int(total * config.head_first)

    def body(step: int) -> float:
        return 0.0 if step < waiting else _schedule(step - waiting, total - waiting, config.warmup, config.last_rate)

    def head(step: int) -> float:
        alone = config.head_learning_rate / config.learning_rate
        return alone if step < waiting else _schedule(step - waiting, total - waiting, 0.0, config.last_rate)

    return [head if group["is_head"] else body for group in optimizer.param_groups]


def _schedule(step: int, total: int, warmup: float, last: float) -> float:
    """Linear warm-up, then a cosine down to the share `last` of the learning rate."""
    start = max(1, int(total * warmup))
    if step < start:
        return (step + 1) / start
    return last + (1 - last) * 0.5 * (1 + math.cos(math.pi * (step - start) / max(1, total - start)))


def _step(
    model: PreTrainedModel,
    rows: list[list[int]],
    labels: torch.Tensor,
    optimizer: torch.optim.Optimizer,
    config: TrainingConfig,
) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        stages = staged_logits(model, collate(rows))
    loss = staged_loss(stages, labels, config.exit_weight, config.label_smoothing)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()
