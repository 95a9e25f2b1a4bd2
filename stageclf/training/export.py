"""From a fine-tuned transformers model to the int8 ONNX graph that the core runs without torch.

Matrices become int8 (one scale an output channel, activations with fixed scales); the word embeddings stay
in blocks of four bits, the form in which the base model is distributed, so nothing is lost there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from transformers import PreTrainedModel

from stageclf.training.exits import exit_layers
from stageclf.training.last_layer import compute_first_token_only
from stageclf.training.layer_norm import use_instance_norm
from stageclf.training.quantize import activation_maxima, quantize
from stageclf.training.split import exit_name, split

BLOCK = 32


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
    """Fuse attention, layer norm and GELU with the optimizer of ONNX Runtime."""
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # the embeddings stay a Gather of their own, see pack_embeddings
    fused = optimize_model(
        str(source),
        model_type="bert",
        num_heads=heads,
        hidden_size=hidden,
        optimization_options=options,
        opt_level=0,
    )
    fused.save_model_to_file(str(target))


def pack_embeddings(model: onnx.ModelProto, rows: int) -> None:
    """Replace the table of word embeddings (the initializer with `rows` rows) by blocks of four bits, in place.

    Exact for a table that comes from such blocks; another table is rounded to the nearest such value.
    """
    table = next(t for t in model.graph.initializer if len(t.dims) == 2 and t.dims[0] == rows)
    node = next(n for n in model.graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    packed, scales = to_four_bits(numpy_helper.to_array(table))
    model.graph.initializer.remove(table)
    width = packed.shape[1] * 2
    model.graph.initializer.append(
        helper.make_tensor(f"{table.name}_q4", TensorProto.INT4, (rows, width), packed.tobytes(), raw=True)
    )
    model.graph.initializer.append(numpy_helper.from_array(scales, f"{table.name}_scales"))
    replacement = helper.make_node(
        "GatherBlockQuantized",
        [f"{table.name}_q4", node.input[1], f"{table.name}_scales"],
        list(node.output),
        name=node.name,
        domain="com.microsoft",
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )
    at = list(model.graph.node).index(node)
    model.graph.node.remove(node)
    model.graph.node.insert(at, replacement)
    if not any(opset.domain == "com.microsoft" for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def to_four_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A float table, shape (rows, width), as int4 pairs (rows, width / 2) and float32 scales (rows, blocks).

    In every block the weight of largest magnitude becomes -8, as in the Q4_0 form.
    """
    rows, width = table.shape
    blocks = table.astype(np.float32).reshape(rows, width // BLOCK, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)[..., 0]
    scales = np.where(largest == 0, 1.0, largest / -8.0).astype(np.float32)
    values = np.clip(np.rint(blocks / scales[..., None]), -8, 7).astype(np.int8).reshape(rows, width)
    nibbles = values.astype(np.uint8) & 15
    return (nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).astype(np.uint8), scales


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
    compute_first_token_only(graph)
    graph = quantize(graph, activation_maxima(model, samples), samples)
    use_instance_norm(graph, config.hidden_size)
    pack_embeddings(graph, config.vocab_size)
    for part, target in zip(split(graph, exit_layers(model), config.hidden_size), targets, strict=True):
        onnx.save(part, str(target))
