"""A model folder as a Hugging Face transformers model: the same weights, read back out of the int8 graph.

Prefix, temperature and offsets are built in, so that `pipeline("text-classification", …)` gives the same labels, but
for close calls, since activations are floats there and eight bits here and no exit is taken there, for long texts,
which a pipeline does not read in windows, and for texts that are not read as they are written
(stageclf.model.reading). Its probabilities lack the sharpness of the calibration: they are near ours, not equal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer, normalizers
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from stageclf.model.artefact import Artefact, ModelSpec
from stageclf.training.four_bits import PACKED, SCALES, from_four_bits

_LAYER = "bert.encoder.layer"


def export_transformers(source: str | Path, target: str | Path) -> Path:
    """Write the model in the folder `source` to `target` in the form of transformers; returns `target`.

    Raises ArtefactError for a folder that holds no model of stageclf.
    """
    artefact, target = Artefact.open(source), Path(target)
    weights = _Weights([onnx.load(str(path)) for path in artefact.graphs])
    state = weights.state()
    _build_in_calibration(state, artefact.spec)
    config = _config(state, weights, artefact.spec)
    model = BertForSequenceClassification(config)
    model.load_state_dict({name: torch.tensor(table) for name, table in state.items()})
    model.save_pretrained(target)
    _tokenizer(artefact).save_pretrained(target)
    return target


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
        for layer, node in enumerate(node for node in self.nodes if node.op_type == "QAttention"):
            tables = np.split(self.dequantized(node.input[1]), 3, axis=1)
            biases = np.split(self.array(node.input[2]), 3)
            for part, table, bias in zip(("query", "key", "value"), tables, biases, strict=True):
                state[f"{_LAYER}.{layer}.attention.self.{part}.weight"] = table.T
                state[f"{_LAYER}.{layer}.attention.self.{part}.bias"] = bias
        for node in self.nodes:
            if node.op_type == "MatMulIntegerToFloat":
                name = re.sub(r"/(?:Gemm_)?MatMul_quant$", "", node.name).removeprefix("/model/").replace("/", ".")
                state[f"{name}.weight"] = self._product(node).T
        return state

    def _product(self, node: onnx.NodeProto) -> np.ndarray:
        """The table of one product, shape (inputs, outputs), with the smoothing of its inputs undone."""
        table = self.dequantized(node.input[1])
        inverse = node.name.removesuffix("_quant") + "/inverse"
        return table * self.array(inverse)[:, None] if inverse in self.tensors else table


def _is_plain(name: str) -> bool:
    """Whether an initializer is a weight under its own name that was not quantized."""
    return name.startswith(("model.bert.", "model.classifier.")) and name.endswith((".weight", ".bias"))


def _build_in_calibration(state: dict[str, np.ndarray], spec: ModelSpec) -> None:
    """Temperature and offsets become part of the last layer; sharpness, which is no linear thing, is left out."""
    temperature = np.float32(spec.calibration.temperature)
    offsets = np.asarray(spec.calibration.offsets or np.zeros(len(spec.labels)), dtype=np.float32)
    state["classifier.weight"] = state["classifier.weight"] / temperature
    state["classifier.bias"] = state["classifier.bias"] / temperature + offsets


def _config(state: dict[str, np.ndarray], weights: _Weights, spec: ModelSpec) -> BertConfig:
    rows, width = state["bert.embeddings.word_embeddings.weight"].shape
    attention = next(node for node in weights.nodes if node.op_type == "QAttention")
    norm = next(node for node in weights.nodes if node.op_type == "InstanceNormalization")
    return BertConfig(
        vocab_size=rows,
        hidden_size=width,
        num_hidden_layers=sum(node.op_type == "QAttention" for node in weights.nodes),
        num_attention_heads=next(a.i for a in attention.attribute if a.name == "num_heads"),
        intermediate_size=state[f"{_LAYER}.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=state["bert.embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=state["bert.embeddings.token_type_embeddings.weight"].shape[0],
        layer_norm_eps=next(a.f for a in norm.attribute if a.name == "epsilon"),
        pad_token_id=1,
        id2label=dict(enumerate(spec.labels)),
        label2id={label: row for row, label in enumerate(spec.labels)},
    )


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
