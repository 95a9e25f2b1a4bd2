"""The float model behind a model folder, read back out of its int8 graphs.

What eight bits rounded off stays off; the word embeddings, which are frozen in training, come back exactly.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertForSequenceClassification

from stageclf.model.artefact import TOKENIZER, Artefact, ModelSpec
from stageclf.training.exits import add_exits
from stageclf.training.four_bits import PACKED, SCALES, from_four_bits

_EXIT = "model.exits."
_TURNED = "_Transposed"  # what some versions of ONNX Runtime add to the name of a table that they turn


def read_back(artefact: Artefact) -> BertForSequenceClassification:
    """The classifier with its exits, without calibration, as it was before it was quantized (but for rounding)."""
    weights = _Weights([onnx.load(str(path)) for path in artefact.graphs])
    state = weights.state()
    model = BertForSequenceClassification(_config(state, weights, artefact.spec))
    model.load_state_dict({name: torch.tensor(table) for name, table in state.items()})
    exits = weights.exits()
    if exits:
        add_exits(model, sorted({int(name.split(".")[0]) for name in exits}))
        model.exits.load_state_dict({name: torch.tensor(table) for name, table in exits.items()})
    return model


def write_checkpoint(artefact: Artefact, folder: Path) -> None:
    """Write the float model and its tokenizer to `folder`, from which training can go on."""
    read_back(artefact).save_pretrained(folder)
    shutil.copy(artefact.tokenizer, folder / TOKENIZER)


class _Weights:
    """The float weights behind the nodes of the graphs that stageclf.training.export wrote."""

    def __init__(self, graphs: Sequence[onnx.ModelProto]) -> None:
        self.nodes = [node for graph in graphs for node in graph.graph.node]
        self.tensors = {tensor.name: tensor for graph in graphs for tensor in graph.graph.initializer}

    def array(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self.tensors[name])

    def dequantized(self, quantized: str) -> np.ndarray:
        """A float table, shape (inputs, outputs), from int8 with one scale an output."""
        scale = self.array(quantized.removesuffix("_quantized") + "_scale")
        return self.array(quantized).astype(np.float32) * scale

    def state(self) -> dict[str, np.ndarray]:
        """The state of a BertForSequenceClassification."""
        state = {name.removeprefix("model."): self.array(name) for name in self.tensors if _is_plain(name)}
        state["bert.embeddings.word_embeddings.weight"] = from_four_bits(self.array(PACKED), self.array(SCALES))
        for node in self.nodes:
            if node.op_type == "MatMulIntegerToFloat":
                name = re.sub(r"/(?:Gemm_)?MatMul_quant$", "", node.name).removeprefix("/model/").replace("/", ".")
                state[f"{name}.weight"] = self._product(node).T
        return state

    def exits(self) -> dict[str, np.ndarray]:
        """The state of the exits' heads, which are not quantized: "6.dense.weight" and the like."""
        state = {}
        for name in self.tensors:
            if name.startswith(_EXIT):
                table, plain = self.array(name), name.removeprefix(_EXIT).removesuffix(_TURNED)
                turned = plain.endswith((".dense.weight", ".out.weight"))
                state[plain] = np.ascontiguousarray(table.T if turned else table)
                if plain.endswith(".score.weight"):
                    state[plain.removesuffix("weight") + "bias"] = self._added_to_product(name).ravel()
        return state

    def _added_to_product(self, weight: str) -> np.ndarray:
        """The constant that is added to the product of a plain table; the graph has it under a name of its own."""
        (product,) = (node for node in self.nodes if weight in node.input)
        (add,) = (node for node in self.nodes if product.output[0] in node.input)
        return self.array(next(name for name in add.input if name in self.tensors))

    def _product(self, node: onnx.NodeProto) -> np.ndarray:
        """The table of one product, shape (inputs, outputs), with the smoothing of its inputs undone."""
        table = self.dequantized(node.input[1])
        inverse = node.name.removesuffix("_quant") + "/inverse"
        return table * self.array(inverse)[:, None] if inverse in self.tensors else table


def _is_plain(name: str) -> bool:
    """Whether an initializer is a weight under its own name that was not quantized."""
    return name.startswith(("model.bert.", "model.classifier.")) and name.endswith((".weight", ".bias"))


def _config(state: dict[str, np.ndarray], weights: _Weights, spec: ModelSpec) -> BertConfig:
    rows, width = state["bert.embeddings.word_embeddings.weight"].shape
    attention = next(node for node in weights.nodes if node.op_type == "Attention")
    norm = next(node for node in weights.nodes if node.op_type == "LayerNormalization")
    return BertConfig(
        vocab_size=rows,
        hidden_size=width,
        num_hidden_layers=sum(node.op_type == "Attention" for node in weights.nodes),
        num_attention_heads=next(a.i for a in attention.attribute if a.name == "q_num_heads"),
        intermediate_size=state["bert.encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=state["bert.embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=state["bert.embeddings.token_type_embeddings.weight"].shape[0],
        layer_norm_eps=next(a.f for a in norm.attribute if a.name == "epsilon"),
        pad_token_id=1,
        id2label=dict(enumerate(spec.labels)),
        label2id={label: row for row, label in enumerate(spec.labels)},
    )
