import json

import pytest

from stageclf.stages import (
    LABELS,
    STAGES,
    StageModelError,
    builtin_stage_models,
    get_stage,
    load_stage_model,
)


def test_every_stage_has_names_a_meaning_and_an_action():
    assert LABELS == (
        "need_recognition",
        "information_search",
        "evaluation",
        "purchase_decision",
        "post_purchase",
        "none",
    )
    for stage in STAGES:
        assert set(stage.names) == {"el", "de", "en"}
        assert stage.definition.endswith(".")
        assert stage.action.endswith(".")


def test_an_unknown_stage_is_answered_with_the_nearest():
    assert get_stage("evaluation").names["de"] == "Bewertung der Alternativen"
    with pytest.raises(ValueError, match=r"unknown stage 'evalution' \(did you mean 'evaluation'\?\); known: need_"):
        get_stage("evalution")


@pytest.mark.parametrize("name", builtin_stage_models())
def test_builtin_models_map_every_label(name):
    assert set(load_stage_model(name).mapping) == set(LABELS)


def test_aida_ends_with_the_purchase():
    aida = load_stage_model("aida")
    assert [aida.map(label) for label in LABELS] == ["attention", "interest", "desire", "action", None, None]


@pytest.mark.parametrize("ending", [".json", ".yaml"])
def test_a_model_of_ones_own(tmp_path, ending):
    path = tmp_path / f"funnel{ending}"
    path.write_text(json.dumps({label: label[:3] for label in LABELS[:-1]} | {"none": None}))
    model = load_stage_model(path)
    assert (model.name, model.map("evaluation"), model.map("none")) == ("funnel", "eva", None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[1, 2]", "{path}: a mapping from our labels to your stages is needed, found list"),
        (
            json.dumps(dict.fromkeys(LABELS[:-1], "x") | {"nonee": None}),
            "{path}: unknown label 'nonee' (did you mean 'none'?); no entry for 'none'",
        ),
        (
            json.dumps(dict.fromkeys(LABELS, "x") | {"none": 3}),
            "{path}: the stage for 'none' must be text or null, found 3",
        ),
        (
            "{",
            "{path} is not valid json: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
    ],
)
def test_a_wrong_mapping_is_explained(tmp_path, content, message):
    path = tmp_path / "wrong.json"
    path.write_text(content)
    with pytest.raises(StageModelError) as caught:
        load_stage_model(path)
    assert str(caught.value) == message.replace("{path}", str(path))


def test_an_unknown_model_is_explained():
    with pytest.raises(StageModelError) as caught:
        load_stage_model("aidaa")
    assert str(caught.value) == (
        "no stage model 'aidaa' (did you mean 'aida'?): neither a built-in one (aida, "
        "awareness-consideration-decision, awareness-consideration-decision-retention) nor a file"
    )
