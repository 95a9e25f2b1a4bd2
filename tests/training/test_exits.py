"""Exits: learnt with the model, kept when it is saved, cut out of its graph, and taken only by what they are sure of."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from stageclf.model.artefact import SPEC, Artefact, ArtefactError, Exit, ModelSpec, graph_files
from stageclf.model.calibration import Calibration
from stageclf.model.cascade import Cascade
from stageclf.training.exits import add_exits, exit_layers, load_classifier, staged_logits, staged_loss
from stageclf.training.export import export_int8
from stageclf.training.read_back import read_back

RNG = np.random.default_rng(3)
ROWS = [RNG.integers(5, 500, length).tolist() for length in (4, 9, 9, 17, 30, 41, 12, 5)]
LAYERS = (1, 3)


@pytest.fixture(scope="module")
def model(small_bert):
    return small_bert(4, LAYERS)


@pytest.fixture(scope="module")
def artefact(model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    export_int8(model, graph_files(folder, len(LAYERS)), ROWS)
    return Artefact(folder, ModelSpec(exits=(Exit(), Exit())))


def run(artefact, thresholds, passes=None, rows=ROWS):
    exits = tuple(Exit(threshold=threshold) for threshold in thresholds)
    here = Artefact(artefact.folder, replace(artefact.spec, exits=exits))
    return Cascade(here).run(rows, passes or [0] * len(rows))


def stages_of(model):
    with torch.inference_mode():
        one = [staged_logits(model, {"input_ids": torch.tensor([row]), "attention_mask": torch.ones(1, len(row))})
               for row in ROWS]  # fmt: skip
    return [np.concatenate([stages[at].numpy() for stages in one]) for at in range(len(LAYERS) + 1)]


@pytest.mark.parametrize(("part", "thresholds"), [(0, (0.0, 0.0)), (1, (2.0, 0.0)), (2, (2.0, 2.0))])
def test_every_part_gives_what_the_float_model_gives_there(model, artefact, part, thresholds):
    logits, parts = run(artefact, thresholds)
    expected = stages_of(model)[part]
    assert (parts == part).all()
    assert np.abs(logits - expected).max() < 0.12 * np.abs(expected).max()


def test_the_float_model_comes_back_out_of_its_graphs_with_its_exits(model, artefact):
    found, expected = read_back(artefact).eval().state_dict(), model.state_dict()
    assert found.keys() == expected.keys()
    for name, table in expected.items():
        exact, words = name.startswith("exits.") or table.ndim < 2, "word_embeddings" in name
        bound = 1e-5 if exact else 0.15 if words else 0.02  # random words suit four bits badly
        assert (found[name] - table).norm() <= bound * table.norm(), name
    assert exit_layers(model) == list(LAYERS)


def test_a_text_leaves_where_an_exit_is_sure_and_scores_the_same_in_any_company(artefact):
    sure, _ = run(artefact, (0.0, 0.0))
    exp = np.exp(sure - sure.max(axis=1, keepdims=True))
    confidences = (exp / exp.sum(axis=1, keepdims=True)).max(axis=1)
    threshold = float(np.sort(confidences)[len(ROWS) // 2 - 1 :][:2].mean())  # between two, not at one
    logits, parts = run(artefact, (threshold, 2.0))
    assert parts.tolist() == [0 if confidence >= threshold else 2 for confidence in confidences]
    alone = [run(artefact, (threshold, 2.0), rows=[row])[0][0] for row in ROWS]
    np.testing.assert_allclose(logits, np.stack(alone), atol=1e-5)
    stayed, parts = run(artefact, (threshold, 2.0), passes=[2] * len(ROWS))
    assert (parts == 2).all()
    np.testing.assert_allclose(stayed, run(artefact, (2.0, 2.0))[0], atol=1e-5)


def test_a_window_goes_by_as_many_exits_as_it_is_told_to(artefact):
    _, parts = run(artefact, (0.0, 0.0), passes=[0, 1, 2, 0, 1, 2, 0, 1])
    assert parts.tolist() == [0, 1, 2, 0, 1, 2, 0, 1]


MANY = [RNG.integers(5, 500, RNG.integers(3, 60)).tolist() for _ in range(400)]


def test_all_parts_of_the_model_decide_some_and_what_waits_is_not_mixed_up(artefact):
    sure, _ = run(artefact, (0.0, 0.0), rows=MANY)
    exp = np.exp(sure - sure.max(axis=1, keepdims=True))
    middle = float(np.median((exp / exp.sum(axis=1, keepdims=True)).max(axis=1)))
    logits, parts = run(artefact, (middle, middle), rows=MANY)
    assert set(parts.tolist()) == {0, 1, 2}
    backwards, same_parts = run(artefact, (middle, middle), rows=MANY[::-1])
    np.testing.assert_allclose(logits, backwards[::-1], atol=1e-5)
    np.testing.assert_array_equal(parts, same_parts[::-1])


def test_a_missing_part_is_named(artefact, tmp_path):
    for name in ("model.onnx", "model-2.onnx"):
        (tmp_path / name).write_bytes((artefact.folder / name).read_bytes())
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / SPEC).write_text(artefact.spec.to_json(), encoding="utf-8")
    with pytest.raises(
        ArtefactError, match=r"is not complete: model-3\.onnx missing, which stageclf\.json speaks of"
    ):
        Artefact.open(tmp_path)


def test_exits_are_part_of_the_description():
    spec = ModelSpec(exits=(Exit(Calibration(1.5, (0.1,) * 6, 0.2), 0.93), Exit()))
    assert ModelSpec.from_json(spec.to_json(), "here") == spec


@pytest.mark.parametrize("layers", [(0, 2), (2, 4), (7,)])
def test_exits_stand_above_a_layer_and_below_another(layers, small_bert):
    with pytest.raises(ValueError, match="the model has room for them above layers 1 to 3"):
        add_exits(small_bert(4), layers)


def test_exits_that_are_there_stay_when_others_are_added(small_bert):
    model = small_bert(4, (1, 3))
    before = model.exits["3"]
    add_exits(model, (2,))
    assert exit_layers(model) == [1, 2, 3]
    assert model.exits["3"] is before


def test_exits_are_kept_when_the_model_is_saved(model, tmp_path):
    model.save_pretrained(tmp_path)
    again = load_classifier(tmp_path).eval()
    assert exit_layers(again) == list(LAYERS)
    for name, table in model.exits.state_dict().items():
        torch.testing.assert_close(again.exits.state_dict()[name], table)


def test_exits_learn_from_labels_and_from_the_last_layer_which_does_not_learn_from_them():
    last = torch.tensor([[3.0, 0.0, 0.0]], requires_grad=True)
    early = torch.tensor([[0.0, 0.0, 1.0]], requires_grad=True)
    labels = torch.tensor([0])
    alone = torch.nn.functional.cross_entropy(last, labels)
    total = staged_loss([early, last], labels, weight=0.5, smoothing=0.0)
    answer = last.detach().softmax(dim=1)
    expected = 0.25 * (
        torch.nn.functional.cross_entropy(early, labels) + torch.nn.functional.cross_entropy(early, answer)
    )
    torch.testing.assert_close(total, alone + expected)
    (pull,) = torch.autograd.grad(total, last)
    torch.testing.assert_close(pull, torch.autograd.grad(alone, last)[0])
