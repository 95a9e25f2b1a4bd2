"""Int8 for the matrix products of a fused ONNX graph, without losing what a few outliers carry.

Activations are quantized with one fixed scale a product, measured on sample texts, so that the result for a text
does not depend on the texts that share its batch. In the feed-forward blocks a few channels and a few tokens are far
larger than the rest, so that one scale would round all others away (figures in models/EXPERIMENTS.md). Two changes
before quantizing mend that: channels are evened out between activations and weights (SmoothQuant, Xiao et al. 2023),
and before the second product every token's row is divided by its largest value, and multiplied by it after (by its
largest value, not magnitude, which would cost one more pass: GELU hardly falls below zero).
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, TensorProto, helper, numpy_helper
from transformers import PreTrainedModel

SMOOTHING = {"intermediate": 0.8, "output": 0.5}  # of the two products of a block; more moves more into the weights
ROWS_SCALED = ("output",)
_FEED_FORWARD = re.compile(r"layer\.\d+[./](intermediate|output)[./]dense")
LOWEST = 0.17  # how far GELU falls below zero
_AXIS = "stageclf_last_axis"


def activation_maxima(model: PreTrainedModel, rows: Sequence[Sequence[int]]) -> dict[str, np.ndarray]:
    """The largest magnitude of every input channel of the feed-forward layers over some texts' token ids.

    Keys are module names from the layer on, such as "layer.0.output.dense"; values have shape (channels,).
    """
    maxima: dict[str, torch.Tensor] = {}

    def remember(name: str) -> torch.nn.Module:
        def hook(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            found = inputs[0].detach().abs().flatten(0, -2).amax(dim=0)
            maxima[name] = torch.maximum(maxima.get(name, found), found)

        return hook

    hooks = [
        module.register_forward_pre_hook(remember(place[0]))
        for name, module in model.named_modules()
        if (place := _FEED_FORWARD.search(name)) and name.endswith("dense")
    ]
    model.eval()
    with torch.inference_mode():
        for row in rows:
            ids = torch.tensor([list(row)])
            model(input_ids=ids, attention_mask=torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return {name: values.numpy() for name, values in maxima.items()}


def even_out(graph: onnx.ModelProto, maxima: Mapping[str, np.ndarray]) -> None:
    """Put smoothing and row scaling around every feed-forward product of the graph, in place."""
    tensors = {tensor.name: tensor for tensor in graph.graph.initializer}
    nodes: list[NodeProto] = []
    for node in graph.graph.node:
        place = _FEED_FORWARD.search(node.name)
        if node.op_type != "MatMul" or place is None:
            nodes.append(node)
            continue
        values = maxima[place[0].replace("/", ".")]
        inverse = _smooth(tensors[node.input[1]], values, SMOOTHING[place[1]])
        graph.graph.initializer.append(numpy_helper.from_array(inverse, f"{node.name}/inverse"))
        if rows_scaled := place[1] in ROWS_SCALED:
            least = np.array([LOWEST / 2 * inverse.max()], dtype=np.float32)
            graph.graph.initializer.append(numpy_helper.from_array(least, f"{node.name}/least"))
        nodes += _evened_product(node, rows_scaled)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.append(numpy_helper.from_array(np.array([-1], dtype=np.int64), _AXIS))


def _smooth(weight: TensorProto, maxima: np.ndarray, smoothing: float) -> np.ndarray:
    """Move magnitudes of the input channels into the weight, in place; returns the factors for the inputs."""
    table = numpy_helper.to_array(weight)
    scale = (maxima + 1e-5) ** smoothing / (np.abs(table).max(axis=1) + 1e-8) ** (1 - smoothing)
    scale = scale.astype(np.float32)
    weight.CopyFrom(numpy_helper.from_array(table * scale[:, None], weight.name))
    return 1 / scale


def _evened_product(node: NodeProto, rows_scaled: bool) -> list[NodeProto]:
    """The nodes that replace one product x @ W by (x / s) @ (s * W), or by row * ((x / s / row) @ (s * W))."""
    name = node.name
    product = NodeProto()
    product.CopyFrom(node)
    smooth = helper.make_node("Mul", [node.input[0], f"{name}/inverse"], [f"{name}/smooth"])
    if not rows_scaled:
        product.input[0] = f"{name}/smooth"
        return [smooth, product]
    product.input[0], product.output[0] = f"{name}/normed", f"{name}/product"
    return [
        smooth,
        helper.make_node("ReduceMax", [f"{name}/smooth", _AXIS], [f"{name}/largest"], keepdims=1),
        helper.make_node("Max", [f"{name}/largest", f"{name}/least"], [f"{name}/row"]),
        helper.make_node("Reciprocal", [f"{name}/row"], [f"{name}/factor"]),  # a division a token, not a value
        helper.make_node("Mul", [f"{name}/smooth", f"{name}/factor"], [f"{name}/normed"]),
        product,
        helper.make_node("Mul", [f"{name}/product", f"{name}/row"], list(node.output)),
    ]


def quantize(
    graph: onnx.ModelProto, maxima: Mapping[str, np.ndarray], samples: Sequence[Sequence[int]]
) -> onnx.ModelProto:
    """The graph with int8 matrix products: one weight scale an output channel, one activation scale a product.

    maxima: of `activation_maxima`; samples: token ids of the texts on which the activation scales are measured.
    """
    even_out(graph, maxima)
    dynamic = _with_dynamic_scales(graph)
    names = list(dict.fromkeys(n.input[0] for n in dynamic.graph.node if n.op_type == "DynamicQuantizeLinear"))
    _fix_scales(dynamic, _ranges(graph, names, samples))
    return dynamic


def _with_dynamic_scales(graph: onnx.ModelProto) -> onnx.ModelProto:
    """The graph as ONNX Runtime quantizes it, with activation scales that are found at run time."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(graph, str(source))
        logging.disable(logging.WARNING)
        try:
            quantize_dynamic(
                str(source),
                str(target),
                per_channel=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=_of_exits(graph),
                extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
            )
        finally:
            logging.disable(logging.NOTSET)
        return onnx.load(str(target))


def _of_exits(graph: onnx.ModelProto) -> list[str]:
    """The products of the exits' heads: they run once a text, so that int8 would spare nothing."""
    names = [node.name for node in graph.graph.node if "/exits." in node.name]
    return [*names, *(f"{name}_MatMul" for name in names)]


def _ranges(
    graph: onnx.ModelProto, names: Sequence[str], samples: Sequence[Sequence[int]]
) -> dict[str, tuple[float, float]]:
    """The least and the largest value of the named tensors over the samples; the range always holds zero."""
    from onnxruntime import InferenceSession

    shown = onnx.ModelProto()
    shown.CopyFrom(graph)
    del shown.graph.output[:]
    shown.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = InferenceSession(shown.SerializeToString(), providers=["CPUExecutionProvider"])
    low, high = np.zeros(len(names)), np.zeros(len(names))
    for row in samples:
        ids = np.array([list(row)])
        values = session.run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        low = np.minimum(low, [value.min() for value in values])
        high = np.maximum(high, [value.max() for value in values])
    return {name: (float(a), float(b)) for name, a, b in zip(names, low, high, strict=True)}


def _fix_scales(graph: onnx.ModelProto, ranges: Mapping[str, tuple[float, float]]) -> None:
    """Put fixed scales in the place of those that would be found at run time, in place."""
    nodes: list[NodeProto] = []
    for node in graph.graph.node:
        if node.op_type != "DynamicQuantizeLinear":
            nodes.append(node)
            continue
        low, high = ranges[node.input[0]]
        scale = np.float32((high - low) / 255)
        zero = np.uint8(np.clip(round(-low / scale), 0, 255))
        quantized, scale_name, zero_name = node.output
        graph.graph.initializer.append(numpy_helper.from_array(np.array(scale), scale_name))
        graph.graph.initializer.append(numpy_helper.from_array(np.array(zero), zero_name))
        nodes.append(helper.make_node("QuantizeLinear", [node.input[0], scale_name, zero_name], [quantized]))
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)


def join_products(graph: onnx.ModelProto) -> None:
    """Make every integer product, its cast, its scale and its bias one node, in place: values are written once."""
    made_by = {name: node for node in graph.graph.node for name in node.output}
    read_by: dict[str, list[NodeProto]] = {}
    for node in graph.graph.node:
        for name in node.input:
            read_by.setdefault(name, []).append(node)
    constants = {tensor.name for tensor in graph.graph.initializer}
    merged: dict[int, NodeProto | None] = {}
    for node in graph.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        (cast,) = read_by[node.output[0]]
        (scale,) = read_by[cast.output[0]]
        scales = made_by[scale.input[1]]
        steps, bias = [cast, scale, scales], ""
        last = read_by[scale.output[0]]
        added = [name for name in last[0].input if name in constants] if last[0].op_type == "Add" else []
        if len(last) == 1 and added:
            steps, bias = [*steps, last[0]], added[0]
        x, weight, *zeros = node.input
        inputs, output = [x, weight, *scales.input, *zeros, bias], steps[-1].output[0] if bias else scale.output[0]
        one = helper.make_node("MatMulIntegerToFloat", inputs, [output], name=node.name, domain="com.microsoft")
        merged |= {id(node): one} | dict.fromkeys(map(id, steps))
    nodes = [merged.get(id(node), node) for node in graph.graph.node]
    del graph.graph.node[:]
    graph.graph.node.extend(node for node in nodes if node is not None)
