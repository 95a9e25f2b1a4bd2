"""The int8 graph: close to the float model, the same for a text whatever shares its batch, without slow nodes."""

from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from stageclf.training.export import export_int8

RNG = np.random.default_rng(5)
ROWS = [RNG.integers(5, 500, length).tolist() for length in (4, 9, 9, 17, 30, 41)]


@pytest.fixture(scope="module")
def model(small_bert):
    return small_bert(2)


@pytest.fixture(scope="module")
def graph(model, tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    export_int8(model, [path], ROWS)
    return path


def logits(path, rows):
    width = max(map(len, rows))
    ids = np.array([row + [1] * (width - len(row)) for row in rows])
    mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]


def test_a_text_has_the_same_logits_alone_and_in_any_batch(graph):
    together = logits(graph, ROWS)
    alone = np.concatenate([logits(graph, [row]) for row in ROWS])
    assert np.abs(together - alone).max() < 1e-3 * np.abs(together).max()


def test_int8_is_close_to_the_float_model(graph, model):
    with torch.inference_mode():
        exact = np.concatenate([model(input_ids=torch.tensor([row])).logits.numpy() for row in ROWS])
    assert np.abs(exact).max() > 0.1
    assert np.abs(logits(graph, ROWS) - exact).max() < 0.12 * np.abs(exact).max()


def kinds(path):
    return Counter(node.op_type for node in onnx.load(str(path)).graph.node)


def test_scales_are_fixed_and_attention_and_layer_norms_are_the_quick_ones(graph):
    found = kinds(graph)
    assert found["Attention"] == 2
    assert found["LayerNormalization"] == 1 + 2 * 2
    for slow in ("DynamicQuantizeLinear", "QAttention", "SkipLayerNormalization", "BiasGelu"):
        assert not found[slow]


def test_products_are_one_node_each_with_their_biases_and_words_are_looked_up(graph):
    found = kinds(graph)
    assert found["MatMulIntegerToFloat"] == 2 * 6 + 2  # of a layer: four of attention and two; of the head: two
    assert not found["MatMulInteger"]
    assert not found["GatherBlockQuantized"]
    products = [node for node in onnx.load(str(graph)).graph.node if node.op_type == "MatMulIntegerToFloat"]
    with_bias = [node for node in products if node.input[-1].endswith(".bias")]
    assert len(with_bias) == 2 * 5 + 2  # the last of a layer is scaled by rows before its bias is added


def test_what_onnx_runtime_makes_of_the_graph_has_no_slow_nodes(graph, tmp_path):
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimized.onnx")
    onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    found = kinds(tmp_path / "optimized.onnx")
    assert found["Gelu"] == 2
    assert not found["SkipLayerNormalization"]
    assert not found["BiasGelu"]
