"""Layer norms that ONNX Runtime computes quickly on a CPU.

Its SkipLayerNormalization goes through the values one by one, which takes a large part of the time of an int8 encoder
(figures in models/EXPERIMENTS.md). InstanceNormalization with every token as an instance of its own is the same
arithmetic, in vector instructions.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

_ONE, _ZERO, _FLAT = "stageclf_norm_one", "stageclf_norm_zero", "stageclf_norm_flat"


def use_instance_norm(graph: onnx.ModelProto, width: int) -> None:
    """Replace every SkipLayerNormalization over the last axis, `width` values long, in place."""
    nodes: list[NodeProto] = []
    for node in graph.graph.node:
        nodes += _replacement(node) if node.op_type == "SkipLayerNormalization" else [node]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    constants = {
        _ONE: np.ones(1, dtype=np.float32),
        _ZERO: np.zeros(1, dtype=np.float32),
        _FLAT: np.array([-1, 1, width], dtype=np.int64),
    }
    graph.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())


def _replacement(node: NodeProto) -> list[NodeProto]:
    """norm(x + bias + skip) * gamma + beta in single steps."""
    x, skip, gamma, beta, *bias = node.input
    name, nodes = node.name or node.output[0], []
    if bias and bias[0]:
        nodes.append(helper.make_node("Add", [x, bias[0]], [f"{name}/biased"]))
        x = f"{name}/biased"
    epsilon = next(attribute.f for attribute in node.attribute if attribute.name == "epsilon")
    return [
        *nodes,
        helper.make_node("Add", [x, skip], [f"{name}/sum"]),
        helper.make_node("Shape", [f"{name}/sum"], [f"{name}/shape"]),
        helper.make_node("Reshape", [f"{name}/sum", _FLAT], [f"{name}/flat"]),
        helper.make_node("InstanceNormalization", [f"{name}/flat", _ONE, _ZERO], [f"{name}/norm"], epsilon=epsilon),
        helper.make_node("Reshape", [f"{name}/norm", f"{name}/shape"], [f"{name}/back"]),
        helper.make_node("Mul", [f"{name}/back", gamma], [f"{name}/scaled"]),
        helper.make_node("Add", [f"{name}/scaled", beta], [node.output[0]]),
    ]
