"""From a fine-tuned transformers model to the int8 ONNX graph that the core runs without torch.

Matrices become int8 (one scale an output channel, activations with fixed scales); the word embeddings stay
in blocks of four bits, so nothing is lost there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from transformers import PreTrainedModel

from stageclf.training.attention import use_standard_attention
from stageclf.training.exits import exit_layers
from stageclf.training.four_bits import pack_embeddings
from stageclf.training.last_layer import compute_first_token_only
from stageclf.training.layer_norm import use_plain_norm
from stageclf.training.quantize import activation_maxima, join_products, quantize
from stageclf.training.split import exit_name, split


class _Stages(torch.nn.Module):
    """The model as a function of two tensors, for tracing: what every exit needs and gives, then the logits."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        output = self.model(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        early = [
            self.model.exits[str(layer)](output.hidden_states[layer], attention_mask)
            for layer in exit_layers(self.model)
        ]
        return *early, output.logits


def export_float(model: PreTrainedModel, path: Path) -> None:
    """Write the float32 graph: inputs input_ids, attention_mask (int64), outputs logits and those of the exits."""
    model.eval()
    model.set_attn_implementation("eager")
    ids = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    early = [exit_name(layer) for layer in exit_layers(model)]
    torch.onnx.export(
        _Stages(model),
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=[*early, "logits"],
        dynamic_axes={
            **dict.fromkeys(("input_ids", "attention_mask"), axes),
            **{name: {0: "texts"} for name in (*early, "logits")},
        },
        opset_version=18,
        dynamo=False,
    )


def fuse(source: Path, target: Path, heads: int, hidden: int) -> None:
    """Fuse attention, layer norm and the parts of GELU with the optimizer of ONNX Runtime."""
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # the embeddings stay a Gather of their own, see four_bits
    options.enable_bias_gelu = False  # the product adds the bias at no cost, see quantize.join_products
    fused = optimize_model(
        str(source),
        model_type="bert",
        num_heads=heads,
        hidden_size=hidden,
        optimization_options=options,
        opt_level=0,
    )
    fused.save_model_to_file(str(target))


def export_int8(model: PreTrainedModel, targets: Sequence[Path], samples: Sequence[Sequence[int]]) -> None:
    """Write the quantized graph that the core runs to `targets`: one file, and one more for each exit of the model.

    `samples` are token ids of some texts, by which activations are evened out and their scales found.
    """
    config = model.config
    with tempfile.TemporaryDirectory() as folder:
        float_path, fused = Path(folder) / "float.onnx", Path(folder) / "fused.onnx"
        export_float(model, float_path)
        fuse(float_path, fused, config.num_attention_heads, config.hidden_size)
        graph = onnx.load(str(fused))
    use_standard_attention(graph)
    compute_first_token_only(graph)
    graph = quantize(graph, activation_maxima(model, samples), samples)
    use_plain_norm(graph, config.hidden_size)
    join_products(graph)
    pack_embeddings(graph, config.vocab_size)
    for part, target in zip(split(graph, exit_layers(model), config.hidden_size), targets, strict=True):
        onnx.save(part, str(target))
