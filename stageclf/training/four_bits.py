"""Word embeddings in blocks of four bits, the form in which the base model is distributed."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BLOCK = 32
PACKED, SCALES = "stageclf_words_q4", "stageclf_words_scales"
_PAIRS, _BLOCKS, _ROW, _LAST = (f"stageclf_words_{what}" for what in ("pairs", "blocks", "row", "last"))


def to_four_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A float table, shape (rows, width), as int4 pairs (rows, width / 2) and float32 scales (rows, blocks).

    In every block the weight of largest magnitude becomes -8, as in the Q4_0 form.
    """
    rows, width = table.shape
    blocks = table.astype(np.float32).reshape(rows, width // BLOCK, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)[..., 0]
    scales = np.where(largest == 0, 1.0, largest / -8.0).astype(np.float32)
    values = np.clip(np.rint(blocks / scales[..., None]), -8, 7).astype(np.int8).reshape(rows, width)
    nibbles = values.astype(np.uint8) & 15
    return (nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).astype(np.uint8), scales


def from_four_bits(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """The float32 table, shape (rows, width), that `to_four_bits` gave these for."""
    rows, blocks = scales.shape
    values = _pairs()[packed].reshape(rows, blocks, BLOCK)
    return (values * scales[..., None]).reshape(rows, blocks * BLOCK)


def pack_embeddings(model: onnx.ModelProto, rows: int) -> None:
    """Replace the table of word embeddings (the initializer with `rows` rows) by blocks of four bits, in place.

    Exact for a table that comes from such blocks; another table is rounded to the nearest such value. Bytes are
    looked up in a table of pairs: GatherBlockQuantized of ONNX Runtime does the same, several times slower.
    """
    graph = model.graph
    table = next(t for t in graph.initializer if len(t.dims) == 2 and t.dims[0] == rows)
    node = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    packed, scales = to_four_bits(numpy_helper.to_array(table))
    blocks = scales.shape[1]
    graph.initializer.remove(table)
    constants = {
        PACKED: packed,
        SCALES: scales,
        _PAIRS: _pairs(),
        _BLOCKS: np.array([0, 0, blocks, BLOCK]),
        _ROW: np.array([0, 0, blocks * BLOCK]),
        _LAST: np.array([-1]),
    }
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    at = list(graph.node).index(node)
    graph.node.remove(node)
    for step in reversed(_looked_up(node.input[1], node.output[0])):
        graph.node.insert(at, step)


def _pairs() -> np.ndarray:
    """The two values of every byte, float32, shape (256, 2)."""
    byte = np.arange(256)
    nibbles = np.stack([byte & 15, byte >> 4], axis=1)
    return ((nibbles ^ 8) - 8).astype(np.float32)


def _looked_up(ids: str, output: str) -> list[onnx.NodeProto]:
    """The nodes from token ids (texts, tokens) to their embeddings (texts, tokens, width)."""
    part = "stageclf_words/{}".format
    return [
        helper.make_node("Gather", [PACKED, ids], [part("bytes")]),
        helper.make_node("Cast", [part("bytes")], [part("places")], to=TensorProto.INT32),
        helper.make_node("Gather", [_PAIRS, part("places")], [part("values")]),
        helper.make_node("Reshape", [part("values"), _BLOCKS], [part("blocks")]),
        helper.make_node("Gather", [SCALES, ids], [part("scales")]),
        helper.make_node("Unsqueeze", [part("scales"), _LAST], [part("factors")]),
        helper.make_node("Mul", [part("blocks"), part("factors")], [part("scaled")]),
        helper.make_node("Reshape", [part("scaled"), _ROW], [output]),
    ]
