"""Augmentation that needs no model."""

import random
from dataclasses import replace

import pytest

from stageclf.training.augment import Augmentation, Augmenter
from stageclf.training.signatures import CLOSINGS, signature


def test_signatures_come_below_the_text_as_often_as_asked():
    texts = [f"Wo bleibt Paket {number}?" for number in range(400)]
    only = Augmentation(0, 0, 0, 0, 0, 0, 0, signature=0.5, disclaimer=0, small_talk=0)
    augment = Augmenter(only, texts, ["post_purchase"] * 400, ["de"] * 400)
    changed = [augment(text, "post_purchase", "de", str(row)) for row, text in enumerate(texts)]
    assert all(after.startswith(before) for before, after in zip(texts, changed, strict=True))
    assert 160 < sum(after != before for before, after in zip(texts, changed, strict=True)) < 240


def test_signatures_vary_and_speak_the_language():
    blocks = [signature("el", random.Random(seed)) for seed in range(300)]
    assert len(set(blocks)) > 280
    assert sum(any(closing in block for closing in CLOSINGS["el"]) for block in blocks) > 200
    assert max(block.count("\n") for block in blocks) <= 6


@pytest.mark.parametrize("label", ["purchase_decision", "none"])
def test_texts_of_every_label_come_in_the_midst_of_small_talk(label):
    talk = ["Schönes Wetter heute.", "Bis morgen dann!", "Haha, genau."]
    always = replace(Augmentation(*[0.0] * 9), small_talk=1.0)
    augment = Augmenter(always, ["Wir nehmen es.", *talk], ["purchase_decision", *["none"] * 3], ["de"] * 4)
    found = [line for line in augment("Wir nehmen es.", label, "de", "1").split("\n") if line]
    assert "Wir nehmen es." in found
    assert len(found) >= 2 and set(found) - {"Wir nehmen es."} <= set(talk)
