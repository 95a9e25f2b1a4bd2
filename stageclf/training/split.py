"""One graph with exits, cut into the parts that run one after the other for texts that no exit has decided yet."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import onnx
from onnx import TensorProto, helper
from onnx.utils import Extractor


def exit_name(layer: int) -> str:
    """The name of an exit's logits in the whole graph."""
    return f"exit_{layer}"


def split(graph: onnx.ModelProto, layers: Sequence[int], width: int) -> list[onnx.ModelProto]:
    """The parts up to each of `layers`, and the rest.

    The first takes input_ids, all others the tensor `hidden` of the part before; every one takes attention_mask and
    gives `logits`; all but the last also give `hidden_out`, the next's `hidden`: float32, (texts, tokens, width).
    """
    if not layers:
        return [graph]
    hidden = {layer: _hidden(graph, layer) for layer in layers}
    shape = ("texts", "tokens", width)
    graph.graph.value_info.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in hidden.values()
    )
    extractor = Extractor(graph)
    bounds = [None, *layers, None]
    parts = []
    for before, after in itertools.pairwise(bounds):
        inputs = ["input_ids" if before is None else hidden[before], "attention_mask"]
        outputs = ["logits"] if after is None else [exit_name(after), hidden[after]]
        part = extractor.extract_model(inputs, outputs)
        names = {} if before is None else {hidden[before]: "hidden"}
        if after is not None:
            names |= {exit_name(after): "logits", hidden[after]: "hidden_out"}
        _rename(part, names)
        parts.append(part)
    return parts


def _hidden(graph: onnx.ModelProto, layer: int) -> str:
    """The tensor that an exit reads: the output of its layer."""
    nodes = (node for node in graph.graph.node if node.op_type == "Transpose")
    return next(node.input[0] for node in nodes if f"/exits.{layer}/" in node.name)


def _rename(graph: onnx.ModelProto, names: dict[str, str]) -> None:
    """Rename tensors throughout the graph, in place."""
    for value in (*graph.graph.input, *graph.graph.output, *graph.graph.value_info):
        value.name = names.get(value.name, value.name)
    for node in graph.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
