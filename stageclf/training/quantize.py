"""Int8 for the matrix products of a fused ONNX graph, without losing what a few outliers carry.

ONNX Runtime quantizes activations with one scale for a whole batch. In the feed-forward blocks a few channels and a
few tokens are far larger than the rest, so that one scale rounds all others away (figures in models/EXPERIMENTS.md).
Two changes before quantizing mend that: channels are evened out between activations and weights (SmoothQuant, Xiao
et al. 2023), and every token's row is divided by its largest value before the product and multiplied by it after.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, TensorProto, helper, numpy_helper
from transformers import PreTrainedModel

SMOOTHING = 0.5
_AXIS, _LEAST = "stageclf_last_axis", "stageclf_least"


def activation_maxima(model: PreTrainedModel, rows: Sequence[Sequence[int]]) -> dict[str, np.ndarray]:
    """The largest magnitude of every input channel of the feed-forward layers over some texts' token ids.

    Keys are module names such as "encoder.layer.0.output.dense"; values have shape (channels,).
    """
    maxima: dict[str, torch.Tensor] = {}

    def remember(name: str) -> torch.nn.Module:
        def hook(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            found = inputs[0].detach().abs().flatten(0, -2).amax(dim=0)
            maxima[name] = torch.maximum(maxima.get(name, found), found)

        return hook

    hooks = [
        module.register_forward_pre_hook(remember(name))
        for name, module in model.named_modules()
        if _is_feed_forward(name)
    ]
    model.eval()
    with torch.inference_mode():
        for row in rows:
            ids = torch.tensor([list(row)])
            model(input_ids=ids, attention_mask=torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return {name: values.numpy() for name, values in maxima.items()}


def _is_feed_forward(name: str) -> bool:
    return bool(re.search(r"layer\.\d+\.(?:intermediate|output)\.dense$", name))


def even_out(graph: onnx.ModelProto, maxima: dict[str, np.ndarray]) -> None:
    """Put smoothing and row scaling around every feed-forward product of the graph, in place."""
    tensors = {tensor.name: tensor for tensor in graph.graph.initializer}
    by_suffix = {name.replace(".", "/").split("encoder/", 1)[1]: values for name, values in maxima.items()}
    nodes: list[NodeProto] = []
    for node in graph.graph.node:
        place = re.search(r"layer\.\d+/(?:intermediate|output)/dense(?=/MatMul)", node.name)
        if node.op_type != "MatMul" or place is None:
            nodes.append(node)
            continue
        values = by_suffix[place[0].replace(".", "/")]
        nodes += _evened_product(graph, node, tensors[node.input[1]], values)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.extend(
        [
            numpy_helper.from_array(np.array([-1], dtype=np.int64), _AXIS),
            numpy_helper.from_array(np.array([1e-6], dtype=np.float32), _LEAST),
        ]
    )


def _evened_product(
    graph: onnx.ModelProto, node: NodeProto, weight: TensorProto, maxima: np.ndarray
) -> list[NodeProto]:
    """The nodes that replace one product x @ W by row * ((x / s / row) @ (s * W))."""
    table = numpy_helper.to_array(weight)
    scale = (maxima + 1e-5) ** SMOOTHING / (np.abs(table).max(axis=1) + 1e-8) ** (1 - SMOOTHING)
    scale = scale.astype(np.float32)
    weight.CopyFrom(numpy_helper.from_array(table * scale[:, None], weight.name))
    name = node.name
    graph.graph.initializer.append(numpy_helper.from_array(1 / scale, f"{name}/inverse"))
    product = NodeProto()
    product.CopyFrom(node)
    product.input[0], product.output[0] = f"{name}/normed", f"{name}/product"
    return [
        helper.make_node("Mul", [node.input[0], f"{name}/inverse"], [f"{name}/smooth"]),
        helper.make_node("Abs", [f"{name}/smooth"], [f"{name}/abs"]),
        helper.make_node("ReduceMax", [f"{name}/abs", _AXIS], [f"{name}/largest"], keepdims=1),
        helper.make_node("Add", [f"{name}/largest", _LEAST], [f"{name}/row"]),
        helper.make_node("Div", [f"{name}/smooth", f"{name}/row"], [f"{name}/normed"]),
        product,
        helper.make_node("Mul", [f"{name}/product", f"{name}/row"], list(node.output)),
    ]


def quantize(source: Path, target: Path, maxima: dict[str, np.ndarray]) -> None:
    """Write the graph in `source` with dynamic int8 for all matrix products, one weight scale a channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = onnx.load(str(source))
    even_out(graph, maxima)
    onnx.save(graph, str(source))
    logging.disable(logging.WARNING)
    try:
        quantize_dynamic(
            str(source),
            str(target),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )
    finally:
        logging.disable(logging.NOTSET)
