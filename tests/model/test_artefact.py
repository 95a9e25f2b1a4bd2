import json
import shutil

import numpy as np
import pytest

from stageclf import StageClassifier
from stageclf.labeller import GoldenError
from stageclf.model.artefact import SPEC, Artefact, ArtefactError, ModelSpec
from stageclf.resources import resource_path

SHIPPED = resource_path("models/default")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ArtefactError) as caught:
        Artefact.open(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"no model folder {tmp_path / 'nowhere'}: give the folder that save_pretrained() wrote"
    )


def test_a_folder_without_a_model_says_what_it_holds(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ArtefactError) as caught:
        Artefact.open(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} is not a stageclf model: model.onnx, tokenizer.json, stageclf.json missing (found notes.txt)"
    )


def test_a_newer_format_is_refused(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "m")
    spec = json.loads((tmp_path / "m" / SPEC).read_text()) | {"format": 99}
    (tmp_path / "m" / SPEC).write_text(json.dumps(spec))
    with pytest.raises(ArtefactError, match="has format 99; this version of stageclf reads format 1"):
        Artefact.open(tmp_path / "m")


def test_a_model_that_does_not_say_reads_greeklish_as_it_is():
    values = json.loads((SHIPPED / SPEC).read_text(encoding="utf-8"))
    assert values.pop("prepare_text") is True
    old = ModelSpec.from_json(json.dumps(values), "old")
    assert old.prepare_text is False
    assert json.loads(old.to_json())["prepare_text"] is False


def test_a_damaged_graph_is_named(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "m")
    (tmp_path / "m" / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(ArtefactError, match=r"model\.onnx cannot be read"):
        StageClassifier.from_pretrained(tmp_path / "m").predict(["text"])


def test_saved_and_loaded_gives_the_same_probabilities(tmp_path, classifier):
    texts = ["Where is my parcel?", "Πόσο κοστίζει ένα e-bike;", "Wir nehmen das Angebot an."]
    classifier.save_pretrained(tmp_path / "copy")
    again = StageClassifier.from_pretrained(tmp_path / "copy")
    assert np.abs(classifier.predict_proba(texts) - again.predict_proba(texts)).max() < 1e-6


def test_the_golden_predictions_hold(tmp_path):
    StageClassifier.from_pretrained(SHIPPED, verify=True)
    shutil.copytree(SHIPPED, tmp_path / "m")
    golden = json.loads((tmp_path / "m" / "golden.json").read_text())
    golden[0]["probabilities"] = dict.fromkeys(golden[0]["probabilities"], 1 / 6)
    (tmp_path / "m" / "golden.json").write_text(json.dumps(golden))
    with pytest.raises(GoldenError, match="golden predictions differ by up to"):
        StageClassifier.from_pretrained(tmp_path / "m", verify=True)


def test_the_shipped_folder_is_small_enough():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 80e6
