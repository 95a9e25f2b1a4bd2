"""Exits: small heads on the way through the encoder, at which a clear text is decided without the layers above.

Every exit learns from the labels and from what the last layer says (BranchyNet, Teerapittayanon et al. 2016;
DeeBERT, Xin et al. 2020). Where a text may leave is decided later, on validation texts (stageclf.training.build).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedModel

LOOKS = 4  # ways of weighing the tokens of a text against one another


class ExitHead(torch.nn.Module):
    """Logits from the tokens of one layer: weighed in several learned ways, then one hidden layer."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.score = torch.nn.Linear(width, LOOKS)
        self.dense = torch.nn.Linear(width * LOOKS, width)
        self.out = torch.nn.Linear(width, labels)

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """hidden: (texts, tokens, width); mask: (texts, tokens), 0 where there is no token."""
        # Transposed first: the fusion of attention in the exported graph wants no other product of the same tensor.
        columns = hidden.float().transpose(1, 2)
        scores = self.score.weight @ columns + self.score.bias[:, None] + (1.0 - mask[:, None].float()) * -1e4
        pooled = columns @ scores.softmax(dim=2).transpose(1, 2)
        return self.out(torch.nn.functional.gelu(self.dense(pooled.flatten(1))))


def add_exits(model: PreTrainedModel, layers: Sequence[int]) -> PreTrainedModel:
    """Give the model an exit above each of `layers` (counted from 1); it keeps them when it is saved.

    Exits that it has already stay as they are. Raises ValueError for a layer that it does not have, or that has none
    above it.
    """
    layers, most = sorted({*layers, *exit_layers(model)}), model.config.num_hidden_layers - 1
    if not all(1 <= layer <= most for layer in layers):
        raise ValueError(f"exits above layers {layers}: the model has room for them above layers 1 to {most}")
    width, labels = model.config.hidden_size, model.config.num_labels
    heads = dict(model.exits.items()) if hasattr(model, "exits") else {}
    model.exits = torch.nn.ModuleDict({str(at): heads.get(str(at)) or ExitHead(width, labels) for at in layers})
    model.config.exits = list(layers)
    return model


def staged_logits(model: PreTrainedModel, inputs: dict[str, torch.Tensor]) -> list[torch.Tensor]:
    """The logits of every exit, from below, and of the last layer; each of shape (texts, labels)."""
    layers = exit_layers(model)
    output = model(**inputs, output_hidden_states=bool(layers))
    early = [model.exits[str(layer)](output.hidden_states[layer], inputs["attention_mask"]) for layer in layers]
    return [*early, output.logits]


def exit_layers(model: PreTrainedModel) -> list[int]:
    """The layers above which the model has exits, from below."""
    return list(getattr(model.config, "exits", None) or [])


def staged_loss(
    stages: Sequence[torch.Tensor], labels: torch.Tensor, weight: float, smoothing: float
) -> torch.Tensor:
    """Cross entropy of the last layer, and of the exits, half by the labels and half by the last layer's answer."""

    def loss(logits: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)

    last = stages[-1].float()
    answer = last.detach().softmax(dim=1)
    total = loss(last)
    for logits in stages[:-1]:
        logits = logits.float()
        total = total + weight / 2 * (loss(logits) + torch.nn.functional.cross_entropy(logits, answer))
    return total


def load_classifier(folder: str | Path, config: AutoConfig | None = None, **options: str) -> PreTrainedModel:
    """A transformers classifier with the exits it was saved with."""
    model = AutoModelForSequenceClassification.from_pretrained(folder, config=config, **options)
    layers = exit_layers(model)
    if layers:
        add_exits(model, layers)
        state = load_file(Path(folder) / "model.safetensors")
        exits = {name.removeprefix("exits."): table for name, table in state.items() if name.startswith("exits.")}
        model.exits.load_state_dict(exits)
    return model
