"""The script that trains the model that ships: its recipe, its texts and its stages."""

import json
from dataclasses import replace

import pytest
import torch
import train_default_model
from train_default_model import CONFIG, Stage, Texts, read_recipe, train

from stageclf import LABELS, StageClassifier
from stageclf.data import LabelledText
from stageclf.training.augment import Augmentation
from stageclf.training.build import build_artefact
from stageclf.training.exits import exit_layers, load_classifier
from stageclf.training.fine_tune import TrainingConfig, fine_tune

TEXTS = [
    LabelledText(f"en-{row % 4:03d}-{row:02d}", f"{label} {row}", label, "en", author_batch=f"en-{row % 4:03d}")
    for row, label in enumerate(LABELS * 8)
]

PHRASES = [LabelledText(f"en-phrase-{row}", f"usual {label}", label, "en") for row, label in enumerate(LABELS)]


def test_the_stages_of_a_recipe_share_options_and_change_them(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text(
        "epochs: 2\nexits: [1]\naugmentation: {typos: 0.5}\nstages:\n- texts: {below: 3}\n"
        "- {texts: {share: 0.25, twice_from: 3}, epochs: 1, augmentation: {typos: 0.1}}\n"
    )
    first = TrainingConfig(epochs=2, exits=(1,), augmentation=Augmentation(typos=0.5))
    second = replace(first, epochs=1, augmentation=Augmentation(typos=0.1))
    assert read_recipe(path) == [Stage(first, Texts(below=3)), Stage(second, Texts(share=0.25, twice_from=3))]


def test_a_recipe_without_stages_is_one_on_all_texts(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text("epochs: 3\n")
    assert read_recipe(path) == [Stage(TrainingConfig(epochs=3))]
    assert Texts().of(TEXTS, [], 7) == TEXTS


def test_unknown_options_are_named_with_those_there_are(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text("epoch: 3\nstages: [{rate: 1}]\n")
    with pytest.raises(
        ValueError, match=r"recipe\.yaml: unknown options epoch, rate; known: augmentation, average_last"
    ):
        read_recipe(path)


def test_the_recipe_that_ships_can_be_read():
    assert [stage.config.exits for stage in read_recipe(CONFIG)] == [(6, 8), (4, 6, 8), (4, 6, 8)]


def test_texts_are_taken_by_portion_and_drawn_by_share():
    old = [text for text in TEXTS if text.author_batch < "en-002"]
    assert Texts(below=2).of(TEXTS, [], 7) == old
    drawn = Texts(share=0.5).of(TEXTS, [], 7)
    assert 0 < len(drawn) < len(TEXTS)
    assert drawn == Texts(share=0.5).of(TEXTS, [], 7) != Texts(share=0.5).of(TEXTS, [], 8)


def test_later_portions_are_taken_whole_and_twice():
    later = [text for text in TEXTS if text.author_batch >= "en-002"]
    taken = Texts(share=0.0, twice_from=2).of(TEXTS, [], 7)
    assert taken[: len(later)] == later
    assert [text.text for text in taken[len(later) :]] == [text.text for text in later]
    assert len({text.id for text in taken}) == len(taken) == 2 * len(later)


def test_phrases_are_taken_as_often_as_said_beside_the_texts():
    assert Texts().of(TEXTS, PHRASES, 7) == TEXTS
    taken = Texts(below=2, phrases=2).of(TEXTS, PHRASES, 7)
    assert taken[:24] == Texts(below=2).of(TEXTS, [], 7)
    assert [text.text for text in taken[24:]] == 2 * [text.text for text in PHRASES]
    assert len({text.id for text in taken}) == len(taken) == 36


def test_every_stage_goes_on_from_the_one_before_and_their_mean_can_be_built(tiny_base, tmp_path, monkeypatch):
    runs = []

    def recorded(base, texts, watch, config, log):
        model, tokenizer = fine_tune(base, texts, watch, config, log=log)
        runs.append((base, len(texts)))
        return model, tokenizer

    monkeypatch.setattr(train_default_model, "fine_tune", recorded)
    config = TrainingConfig(epochs=1, learning_rate=3e-3, exits=(1,))
    later = replace(config, head_first=0.0, seed=8)
    folder = tmp_path / "float"
    train(
        tiny_base,
        folder,
        TEXTS,
        PHRASES,
        [Stage(config, Texts(below=2)), Stage(later, Texts(phrases=1))],
        {"watched": TEXTS[:6]},
    )
    assert runs == [(tiny_base, 24), (folder / "stage-1", 54)]
    first, second, model = (load_classifier(folder / name) for name in ("stage-1", "stage-2", "."))
    assert exit_layers(model) == [1]
    assert not torch.equal(first.classifier.weight, second.classifier.weight)
    torch.testing.assert_close(model.classifier.weight, (first.classifier.weight + second.classifier.weight) / 2)
    facts = json.loads((folder / "training.json").read_text())
    assert facts == {"texts": 54, "seeds": [7, 8], "minutes": 0}
    _, tokenizer = fine_tune(tiny_base, TEXTS[:6], {}, config, log=lambda line: None)
    spec = build_artefact(model, tokenizer, [*TEXTS, *PHRASES], TEXTS[:12], tmp_path / "model", config, facts)
    assert spec.training["texts"] == 54
    assert StageClassifier.from_pretrained(tmp_path / "model", verify=True).predict(["where is it"])[0] in LABELS
