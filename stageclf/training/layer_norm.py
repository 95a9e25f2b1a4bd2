"""Layer norms that ONNX Runtime computes quickly on a CPU.

Its SkipLayerNormalization goes through the values one by one, which takes a large part of the time of an int8 encoder
(figures in models/EXPERIMENTS.md); LayerNormalization after an addition does not. Between the two stands a change of
shape, which costs nothing: without it ONNX Runtime would put SkipLayerNormalization in their place.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

_FLAT = "stageclf_norm_flat"


def use_plain_norm(graph: onnx.ModelProto, width: int) -> None:
    """Replace every SkipLayerNormalization over the last axis, `width` values long, in place."""
    nodes: list[NodeProto] = []
    for node in graph.graph.node:
        nodes += _replacement(node) if node.op_type == "SkipLayerNormalization" else [node]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.append(numpy_helper.from_array(np.array([-1, width], dtype=np.int64), _FLAT))


def _replacement(node: NodeProto) -> list[NodeProto]:
    """norm(x + bias + skip) * gamma + beta in single steps."""
    x, skip, gamma, beta, *bias = node.input
    name, nodes = node.name or node.output[0], []
    if bias and bias[0]:
        nodes.append(helper.make_node("Add", [x, bias[0]], [f"{name}/biased"]))
        x = f"{name}/biased"
    epsilon = next(attribute.f for attribute in node.attribute if attribute.name == "epsilon")
    norm = [f"{name}/flat", gamma, beta]
    return [
        *nodes,
        helper.make_node("Add", [x, skip], [f"{name}/sum"]),
        helper.make_node("Shape", [f"{name}/sum"], [f"{name}/shape"]),
        helper.make_node("Reshape", [f"{name}/sum", _FLAT], [f"{name}/flat"]),
        helper.make_node("LayerNormalization", norm, [f"{name}/norm"], axis=-1, epsilon=epsilon),
        helper.make_node("Reshape", [f"{name}/norm", f"{name}/shape"], [node.output[0]]),
    ]
