"""Attention as three products and the operator that ONNX has for it since opset 24.

It takes the lengths of the texts and computes no score for padding, which makes it quicker than ONNX Runtime's own
QAttention (figures in models/EXPERIMENTS.md). ONNX Runtime reads the lengths rightly from version 1.25 on.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

OPSET = 24
_LENGTHS, _TOKENS_AXIS = "stageclf_lengths", "stageclf_tokens_axis"
_PARTS = ("query", "key", "value")


def use_standard_attention(graph: onnx.ModelProto) -> None:
    """Replace every fused Attention of the graph, which has the opset of `OPSET` after it, in place."""
    tensors = {tensor.name: tensor for tensor in graph.graph.initializer}
    nodes = [
        helper.make_node("ReduceSum", ["attention_mask", _TOKENS_AXIS], [_LENGTHS], keepdims=0),
    ]
    layer = 0
    for node in graph.graph.node:
        if node.op_type != "Attention":
            nodes.append(node)
            continue
        nodes += _replacement(node, layer, [numpy_helper.to_array(tensors[name]) for name in node.input[1:3]], graph)
        layer += 1
    graph.graph.initializer.append(numpy_helper.from_array(np.array([1], dtype=np.int64), _TOKENS_AXIS))
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    next(opset for opset in graph.opset_import if not opset.domain).version = OPSET
    _drop_unused(graph)


def _replacement(node: NodeProto, layer: int, tables: list[np.ndarray], graph: onnx.ModelProto) -> list[NodeProto]:
    """Query, key and value of one layer, with the names of the transformers model, and the attention between them."""
    weights, biases = (np.split(table, len(_PARTS), axis=-1) for table in tables)
    heads = next(attribute.i for attribute in node.attribute if attribute.name == "num_heads")
    nodes, read = [], []
    for part, weight, bias in zip(_PARTS, weights, biases, strict=True):
        module = f"model.bert.encoder.layer.{layer}.attention.self.{part}"
        name = "/" + module.replace(".", "/").replace("layer/", "layer.")
        graph.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weight), f"{module}.weight"))
        graph.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(bias), f"{module}.bias"))
        operands = [node.input[0], f"{module}.weight"]
        product = helper.make_node("MatMul", operands, [f"{name}/product"], f"{name}/MatMul")
        nodes += [product, helper.make_node("Add", [f"{name}/product", f"{module}.bias"], [f"{name}/biased"])]
        read.append(f"{name}/biased")
    inputs = [*read, *[""] * 3, _LENGTHS]
    counts = {"q_num_heads": heads, "kv_num_heads": heads}
    return [*nodes, helper.make_node("Attention", inputs, list(node.output), node.name, **counts)]


def _drop_unused(graph: onnx.ModelProto) -> None:
    """Take out what nothing reads any more: the mask in the form that the fused nodes wanted, their tables."""
    wanted = {output.name for output in graph.graph.output}
    kept: list[NodeProto] = []
    for node in reversed(graph.graph.node):
        if wanted.intersection(node.output):
            kept.append(node)
            wanted.update(node.input)
    tensors = [tensor for tensor in graph.graph.initializer if tensor.name in wanted]
    del graph.graph.node[:], graph.graph.initializer[:]
    graph.graph.node.extend(reversed(kept))
    graph.graph.initializer.extend(tensors)
