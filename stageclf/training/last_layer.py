"""The last layer of a fused encoder graph, computed for the first token alone: the head reads no other."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

_FIRST = "stageclf_first_token"


def compute_first_token_only(graph: onnx.ModelProto) -> None:
    """Leave all but the first token behind after the last attention, in place; its logits stay the same."""
    attention = [node for node in graph.graph.node if node.op_type == "Attention"][-1]
    hidden, attended = attention.input[0], attention.output[0]
    first = {name: f"{name}_first" for name in (hidden, attended)}
    nodes: list[NodeProto] = []
    after = False
    for node in graph.graph.node:
        if after and "/exits." not in node.name:
            for place, name in enumerate(node.input):
                node.input[place] = first.get(name, name)
        nodes.append(node)
        if node is attention:
            after = True
            nodes += [
                helper.make_node("Gather", [name, _FIRST], [shorter], name=shorter, axis=1)
                for name, shorter in first.items()
            ]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.append(numpy_helper.from_array(np.array([0], dtype=np.int64), _FIRST))
