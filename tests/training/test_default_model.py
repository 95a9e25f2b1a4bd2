"""The script that trains the model that ships: its recipe, its texts, and the mean of its runs."""

import json
from dataclasses import replace

import pytest
import torch
import train_default_model
from train_default_model import CONFIG, Recipe, Runs, Update, _of_portions, read_recipe, train_all, update

from stageclf import LABELS, StageClassifier
from stageclf.data import LabelledText
from stageclf.model.artefact import Artefact
from stageclf.training.augment import Augmentation
from stageclf.training.build import build_artefact
from stageclf.training.exits import exit_layers, load_classifier
from stageclf.training.fine_tune import TrainingConfig, fine_tune
from stageclf.training.read_back import read_back

TEXTS = [
    LabelledText(f"en-{row % 4:03d}-{row:02d}", f"{label} {row}", label, "en", author_batch=f"en-{row % 4:03d}")
    for row, label in enumerate(LABELS * 8)
]


def test_a_recipe_is_read_with_what_its_second_run_changes(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text(
        "runs: [{below: 3, keep_first: true}, {}]\nepochs: 2\nexits: [1]\naugmentation: {typos: 0.5}\n"
        "finish: {share: 0.25, epochs: 1, augmentation: {typos: 0.1}}\n"
        "update: {from_portion: 9, share: 0.5, learning_rate: 0.001}\n"
    )
    first = TrainingConfig(epochs=2, exits=(1,), augmentation=Augmentation(typos=0.5))
    second = replace(first, epochs=1, augmentation=Augmentation(typos=0.1))
    later = Update(replace(first, learning_rate=0.001, augmentation=Augmentation()), 9, 0.5)
    assert read_recipe(path) == Recipe(first, second, 0.25, [Runs(3, True), Runs()], later)


def test_a_recipe_without_runs_and_finish_is_one_pair_on_all_texts(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text("epochs: 3\n")
    config = TrainingConfig(epochs=3)
    assert read_recipe(path) == Recipe(config, config, 1.0, [Runs()], Update(config))


def test_unknown_options_are_named_with_those_there_are(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text("epoch: 3\nfinish: {rate: 1}\nupdate: {from: 2}\n")
    with pytest.raises(
        ValueError, match=r"recipe\.yaml: unknown options epoch, from, rate; known: augmentation, average_last"
    ):
        read_recipe(path)


def test_the_recipe_that_ships_can_be_read():
    assert read_recipe(CONFIG).first.exits == (6, 8)


def test_portions_are_taken_by_their_number():
    texts = [LabelledText(name, "", "none", name[:2], author_batch=name) for name in ("el-002", "de-010", "en-100")]
    assert [text.id for text in _of_portions(texts, 100)] == ["el-002", "de-010"]
    assert _of_portions(texts, None) == texts


def test_the_mean_of_the_runs_that_count_is_stored_and_can_be_built(tiny_base, tmp_path, monkeypatch):
    runs = []

    def recorded(base, texts, watch, config, log):
        model, tokenizer = fine_tune(base, texts, watch, config, log=log)
        runs.append((len(texts), model.classifier.weight.detach().clone()))
        return model, tokenizer

    monkeypatch.setattr(train_default_model, "fine_tune", recorded)
    config = TrainingConfig(epochs=1, learning_rate=3e-3, exits=(1,))
    recipe = Recipe(config, replace(config, head_first=0.0), 0.5, [Runs(2, True), Runs()], Update(config))
    train_all(tiny_base, tmp_path / "float", TEXTS, recipe, {"watched": TEXTS[:6]})
    assert [count for count, _ in runs[::2]] == [24, 48]
    assert 0 < runs[1][0] < 24 and 0 < runs[3][0] < 48
    model = load_classifier(tmp_path / "float")
    assert exit_layers(model) == [1]
    mean = torch.stack([weight for _, weight in (runs[0], runs[1], runs[3])]).mean(dim=0)
    assert torch.allclose(model.classifier.weight, mean, atol=1e-6)
    facts = json.loads((tmp_path / "float" / "training.json").read_text())
    assert facts["texts"] == 48 and facts["seeds"] == [7]
    _, tokenizer = fine_tune(tiny_base, TEXTS[:6], {}, config, log=lambda line: None)
    spec = build_artefact(model, tokenizer, TEXTS, TEXTS[:12], tmp_path / "model", config, facts)
    assert spec.training["texts"] == 48
    assert StageClassifier.from_pretrained(tmp_path / "model", verify=True).predict(["where is it"])[0] in LABELS


def test_an_update_learns_from_later_portions_and_is_averaged_with_the_model_that_ships(
    tiny_base, tmp_path, monkeypatch
):
    config = TrainingConfig(epochs=1, learning_rate=3e-3, exits=(1,), head_first=0.0)
    model, tokenizer = fine_tune(tiny_base, TEXTS[:24], {}, config, log=lambda line: None)
    build_artefact(model, tokenizer, TEXTS[:24], TEXTS[:12], tmp_path / "model", config, {"minutes": 3, "seeds": [5]})
    shipped = Artefact.open(tmp_path / "model")
    seen = []

    def recorded(base, texts, watch, config, log):
        model, tokenizer = fine_tune(base, texts, watch, config, log=log)
        seen.append(({text.author_batch for text in texts}, model.classifier.weight.detach().clone()))
        return model, tokenizer

    monkeypatch.setattr(train_default_model, "fine_tune", recorded)
    recipe = Recipe(config, config, 1.0, [Runs()], Update(config, from_portion=2, share=0.0))
    update(shipped, tmp_path / "float", TEXTS, recipe, {})
    [(portions, new)] = seen
    assert portions == {"en-002", "en-003"}
    old = read_back(shipped).classifier.weight
    assert not torch.allclose(new, old, atol=1e-3)
    updated = load_classifier(tmp_path / "float")
    assert torch.allclose(updated.classifier.weight, (new + old) / 2, atol=1e-6)
    words = updated.get_input_embeddings().weight
    assert torch.equal(words, read_back(shipped).get_input_embeddings().weight)
    assert exit_layers(updated) == [1]
    facts = json.loads((tmp_path / "float" / "training.json").read_text())
    assert facts == {"texts": 48, "seeds": [5], "minutes": 3}
