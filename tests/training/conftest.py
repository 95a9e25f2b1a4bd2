from collections.abc import Sequence

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertForSequenceClassification, BertModel

from stageclf.resources import resource_path
from stageclf.stages import LABELS
from stageclf.training.exits import add_exits
from stageclf.training.vocabulary import trim_tokenizer


@pytest.fixture(scope="session")
def small_bert():
    """Makes a small classifier of so many layers, with exits above some, whose weights are large enough to tell."""

    def make(layers: int, exits: Sequence[int] = ()) -> BertForSequenceClassification:
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=512,
            num_labels=len(LABELS),
            pad_token_id=1,
            hidden_size=64,
            num_hidden_layers=layers,
            num_attention_heads=4,
            intermediate_size=128,
        )
        model = BertForSequenceClassification(config)
        if exits:
            add_exits(model, exits)
        with torch.no_grad():  # random weights are so small that nearly nothing would reach the logits
            for name, weight in model.named_parameters():
                if weight.ndim == 2 and "embeddings" not in name:
                    weight.mul_(5)
                if weight.ndim == 1:  # as training leaves them; equal ones would share a place in the graph
                    weight.add_(torch.rand(weight.shape) / 50)
        return model.eval()

    return make


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory):
    """A two-layer encoder with a small cut of the shipped tokenizer."""
    folder = tmp_path_factory.mktemp("base")
    shipped = Tokenizer.from_file(str(resource_path("models/default") / "tokenizer.json"))
    tokenizer, kept = trim_tokenizer(shipped, lambda piece: piece.isascii() or piece.strip("▁").isascii())
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=300,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
