"""Fine-tuning, exporting and calibrating for real, on an encoder so small that it takes seconds."""

import random

import numpy as np
import pytest
import torch

from stageclf import LABELS, StageClassifier
from stageclf.training.augment import Augmentation, Augmenter
from stageclf.training.exits import add_exits
from stageclf.training.fine_tune import TrainingConfig, _schedules, average_models
from stageclf.training.four_bits import from_four_bits, to_four_bits

WORDS = {
    "need_recognition": "tired of this noise every night",
    "information_search": "which kind of pump is good",
    "evaluation": "does the model fit our gap",
    "purchase_decision": "we take it send contract",
    "post_purchase": "where is my parcel broken",
    "none": "meeting moved to monday colleagues",
}


def sentences(count, seed):
    rng = random.Random(seed)
    labels = [LABELS[i % len(LABELS)] for i in range(count)]
    return [" ".join(rng.choices(WORDS[label].split(), k=6)) for label in labels], labels


def test_fit_learns_saves_and_loads(tiny_base, tmp_path):
    texts, labels = sentences(240, seed=1)
    classifier = StageClassifier(tiny_base, epochs=25, learning_rate=3e-3).fit(texts, labels)
    new_texts, new_labels = sentences(120, seed=2)
    assert np.mean(classifier.predict(new_texts) == new_labels) > 0.8
    classifier.save_pretrained(tmp_path / "mine")
    again = StageClassifier.from_pretrained(tmp_path / "mine", verify=True)
    assert np.abs(again.predict_proba(new_texts) - classifier.predict_proba(new_texts)).max() < 1e-6


def test_a_model_of_ours_learns_on_from_what_it_knows(tiny_base, tmp_path):
    texts, labels = sentences(240, seed=1)
    StageClassifier(tiny_base, epochs=25, learning_rate=3e-3).fit(texts, labels).save_pretrained(tmp_path / "mine")
    some, their_labels = sentences(24, seed=3)
    further = StageClassifier(tmp_path / "mine", epochs=1, learning_rate=1e-5).fit(some, their_labels)
    new_texts, new_labels = sentences(120, seed=2)
    assert np.mean(further.predict(new_texts) == new_labels) > 0.8
    turned = [LABELS[(LABELS.index(label) + 1) % len(LABELS)] for label in labels]
    other = StageClassifier(tmp_path / "mine", epochs=25, learning_rate=3e-3).fit(texts, turned)
    assert np.mean(other.predict(new_texts) == new_labels) < 0.2


def test_without_a_base_the_shipped_model_is_trained_further(classifier):
    texts, labels = sentences(24, seed=1)
    further = StageClassifier(epochs=1, learning_rate=1e-6).fit(texts, labels)
    known = ["Where is my parcel? I ordered two weeks ago.", "We'll take it, please send the contract."]
    assert further.spec_.training["texts"] == 22
    logits = [c.labeller.encoder.score(known, exact=True).logits for c in (classifier, further)]
    assert np.abs(logits[0] - logits[1]).max() < 0.1 * np.abs(logits[0]).max()


def test_four_bits_are_exact_for_a_table_of_four_bits():
    rng = np.random.default_rng(0)
    values = rng.integers(-8, 8, (50, 4, 32)).astype(np.float32)
    values[:, :, 0] = -8
    table = (values * rng.uniform(0.01, 0.1, (50, 4, 1)).astype(np.float32)).reshape(50, 128)
    packed, scales = to_four_bits(table)
    assert packed.shape == (50, 64)
    assert np.abs(from_four_bits(packed, scales) - table).max() < 1e-7


def test_augmentation_is_repeatable_and_leaves_most_texts_alone():
    texts = [f"Größe {i}, bitte liefern" for i in range(200)]
    augment = Augmenter(Augmentation(), texts, ["evaluation"] * 200, ["de"] * 200)
    once = [augment(text, "evaluation", "de", str(i)) for i, text in enumerate(texts)]
    assert once == [augment(text, "evaluation", "de", str(i)) for i, text in enumerate(texts)]
    assert 0.2 < np.mean([a == b for a, b in zip(once, texts, strict=True)]) < 0.8
    assert any("Groesse" in text for text in once)


@pytest.mark.parametrize("last", [0.02, 0.4])
def test_the_learning_rate_rises_and_falls_to_the_share_that_is_asked_for(last):
    optimizer = torch.optim.SGD([{"params": [torch.zeros(1)], "is_head": False}], lr=1.0)
    (rate,) = _schedules(optimizer, 100, TrainingConfig(head_first=0.1, warmup=0.2, last_rate=last))
    rates = [rate(step) for step in range(101)]
    assert rates[9] == 0.0
    assert max(rates) == rates[28] == pytest.approx(1.0, abs=0.01)
    assert rates[100] == pytest.approx(last)


def test_a_mean_has_of_every_weight_that_of_the_models_which_train_it(small_bert):
    first, last = small_bert(2), add_exits(small_bert(2), [1])
    first.get_input_embeddings().weight.requires_grad_(False)
    exit_before, words = last.exits["1"].out.weight.clone(), last.get_input_embeddings().weight.clone()
    middle = (first.classifier.weight + last.classifier.weight).detach() / 2
    mean = average_models([first, last])
    torch.testing.assert_close(mean.classifier.weight.detach(), middle)
    assert torch.equal(mean.exits["1"].out.weight, exit_before)
    assert torch.equal(mean.get_input_embeddings().weight, words)
