"""The last layer of an encoder graph, computed for the first token alone: the head reads no other."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

_FIRST = "stageclf_first_token"


def compute_first_token_only(graph: onnx.ModelProto) -> None:
    """Let only the first token ask in the last attention, in place, and leave all others behind after it.

    Its logits stay the same.
    """
    made_by = {name: node for node in graph.graph.node for name in node.output}
    attention = [node for node in graph.graph.node if node.op_type == "Attention"][-1]
    bias = made_by[attention.input[0]]
    query = made_by[bias.input[0]]
    hidden = query.input[0]
    first = f"{hidden}_first"
    nodes: list[NodeProto] = []
    after = False
    for node in graph.graph.node:
        if node is query:
            nodes.append(helper.make_node("Gather", [hidden, _FIRST], [first], name=first, axis=1))
        if node is query or (after and "/exits." not in node.name):
            node.input[:] = [first if name == hidden else name for name in node.input]
        nodes.append(node)
        after = after or node is attention
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.append(numpy_helper.from_array(np.array([0], dtype=np.int64), _FIRST))
