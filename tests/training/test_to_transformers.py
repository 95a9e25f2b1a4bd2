"""The shipped model, exported to transformers, gives the labels that it gives here, but for a few close calls."""

from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from stageclf.cli.app import app
from stageclf.data import load
from stageclf.stages import LABELS


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    done = CliRunner().invoke(app, ["export", str(folder), "--format", "transformers"])
    assert done.exit_code == 0, done.output
    assert f'pipeline("text-classification", "{folder}", truncation=True)' in done.output
    return folder


def test_a_pipeline_gives_the_same_labels_and_nearly_the_same_probabilities(exported, classifier):
    from transformers import pipeline

    texts = [text.text for text in load("validation") if len(text.text.split()) < 100][::16]
    found = pipeline("text-classification", str(exported), top_k=None, truncation=True)(texts)
    theirs = np.array([[{row["label"]: row["score"] for row in rows}[label] for label in LABELS] for rows in found])
    plain = replace(classifier.spec_.calibration, sharpness=0.0)  # sharpness is not in the export
    ours = plain.probabilities(classifier.labeller.encoder.score(texts, exact=True).logits)
    assert np.mean(ours.argmax(axis=1) == theirs.argmax(axis=1)) >= 0.95
    assert np.abs(ours - theirs).mean() < 0.01  # the activations are in eight bits here, in floats there


def test_the_prefix_is_part_of_the_tokenizer(exported, classifier):
    from transformers import AutoTokenizer

    text = "Πού είναι το δέμα μου;"
    ids = AutoTokenizer.from_pretrained(exported)(text)["input_ids"]
    assert ids == classifier.labeller.encoder.tokenizer.encode(classifier.spec_.prefix + text).ids
