"""The API on the shipped model: real texts, real predictions."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from stageclf import LABELS, Prediction, StageClassifier
from stageclf.data import load
from stageclf.model.artefact import ArtefactError

PLAIN = {
    "Seit ich zu Hause arbeite, tut mir der Rücken weh, so geht das nicht weiter.": "need_recognition",
    "What should I look for when choosing a dishwasher?": "information_search",
    "Can anyone recommend a good vet near the station?": "information_search",
    "Your offer is 300 euros above the other one, can you do something about it?": "evaluation",
    "Wir nehmen das Angebot an, bitte schicken Sie uns den Vertrag.": "purchase_decision",
    "Πού είναι το δέμα μου; Παρήγγειλα πριν δύο εβδομάδες.": "post_purchase",
    "Three months in and the battery is dead.": "post_purchase",
    "Best oven we ever had.": "post_purchase",
    "Ich bin bis zum 14. August nicht im Büro. In dringenden Fällen wenden Sie sich an Frau Maier.": "none",
}


def test_plain_texts_get_their_stage(classifier):
    assert dict(zip(PLAIN, classifier.predict(list(PLAIN)), strict=True)) == PLAIN


def test_unseen_texts_are_mostly_right(classifier):
    texts = load("validation", "de") + load("validation", "el") + load("validation", "en")
    found = classifier.predict([text.text for text in texts])
    assert np.mean(found == [text.label for text in texts]) > 0.75


def test_probabilities_are_probabilities(classifier):
    probabilities = classifier.predict_proba(list(PLAIN))
    assert probabilities.shape == (len(PLAIN), 6)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(PLAIN)))
    assert list(classifier.classes_) == list(LABELS)


def test_no_texts_give_no_predictions(classifier):
    assert classifier.predict([]).shape == (0,)
    assert classifier.predict_proba([]).shape == (0, 6)
    assert classifier.label([]) == []


def test_a_prediction_tells_all(classifier):
    text = "Το πλυντήριο που αγόρασα από εσάς χάλασε μετά από τρεις μήνες, θέλω επισκευή με την εγγύηση."
    prediction = classifier.label([text])[0]
    assert isinstance(prediction, Prediction)
    assert (prediction.stage, prediction.language, prediction.needs_review) == ("post_purchase", "el", False)
    assert prediction.confidence == max(prediction.probabilities.values())
    assert prediction.to_dict()["stage"] == "post_purchase"


def test_the_order_and_company_of_texts_do_not_matter(classifier):
    texts = [text.text for text in load("validation", "en")][:40]
    together = classifier.predict_proba(texts)
    backwards = classifier.predict_proba(texts[::-1])[::-1]
    assert np.abs(together - backwards).max() < 1e-5


def test_threads_change_nothing(classifier):
    texts = [text.text for text in load("validation", "de")][:60]
    single = StageClassifier.from_pretrained(threads=1)
    assert np.abs(single.predict_proba(texts) - classifier.predict_proba(texts)).max() < 1e-6


def test_parameters_that_are_set_later_count():
    loaded = StageClassifier.from_pretrained()
    texts = [text.text for text in load("validation", "de")][:60]
    loaded.set_params(exact=True, threads=1)
    exactly = StageClassifier.from_pretrained(exact=True, threads=1).predict_proba(texts)
    np.testing.assert_array_equal(loaded.predict_proba(texts), exactly)
    assert loaded.labeller.exact


def test_a_loaded_classifier_can_be_copied(classifier):
    text = "Where is my parcel?"
    again = pickle.loads(pickle.dumps(classifier))
    np.testing.assert_array_equal(again.predict_proba([text]), classifier.predict_proba([text]))


def test_languages_must_be_as_many_as_texts(classifier):
    with pytest.raises(ValueError, match="2 texts but 1 languages: give one for each text, or none"):
        classifier.label(["a", "b"], ["en"])


def test_unreadable_letters_are_for_a_person(classifier):
    prediction = classifier.label(["ສະບາຍດີ ຂ້ອຍຢາກຊື້ລົດ"])[0]
    assert prediction.needs_review
    assert prediction.note.endswith("of the text is in letters that the model does not know")


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n\t"])
def test_an_empty_text_is_no_error(classifier, text):
    prediction = classifier.label([text])[0]
    assert (prediction.language, prediction.needs_review, prediction.note) == ("und", True, "nothing to read")


def test_a_decision_on_page_two_is_found(classifier):
    chatter = "Gestern war bei uns Betriebsausflug, das Wetter hielt, und Herr Berger hat gesungen. " * 30
    prediction = classifier.label([f"{chatter}\nÜbrigens: Wir nehmen Ihr Angebot an, bitte liefern Sie am Freitag."])[
        0
    ]
    assert prediction.stage == "purchase_decision"
    assert prediction.note == ""


def test_a_text_of_five_megabytes_is_read_in_part_and_says_so(classifier):
    text = "Where is my parcel? I ordered two weeks ago. " * 116_509
    prediction = classifier.label([text])[0]
    assert prediction.needs_review
    assert prediction.note == "read in part: the text has 5,242,905 characters, its middle was left out"


def test_odd_characters_do_no_harm(classifier):
    texts = ["\x00", "\ud800", "a\u0000b", "🤷" * 50, "x" * 20_000, "\n\n\n", "\u202e abc"]
    assert len(classifier.label(texts)) == len(texts)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("one text", "a list of texts is needed, found a single str; put it in a list: [text]"),
        (["a", None], "texts must be str; row 1 is NoneType"),
    ],
)
def test_wrong_input_is_explained(classifier, texts, message):
    with pytest.raises(TypeError) as caught:
        classifier.predict(texts)
    assert str(caught.value) == message


def test_without_a_model_it_says_what_to_do():
    with pytest.raises(NotFittedError, match=r"use StageClassifier\.from_pretrained\(\) or call fit\(\)"):
        StageClassifier().predict(["text"])


def test_a_missing_model_folder_is_named():
    with pytest.raises(ArtefactError, match="no model folder nowhere: give the folder that"):
        StageClassifier.from_pretrained("./nowhere")


def test_a_hub_that_does_not_answer_is_explained(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ArtefactError) as caught:
        StageClassifier.from_pretrained("nobody/no-such-model")
    assert str(caught.value) == (
        "cannot fetch 'nobody/no-such-model' from the Hugging Face Hub (LocalEntryNotFoundError): check the id and "
        "the network, or give a model folder"
    )


def test_parameters_follow_scikit_learn(classifier):
    parameters = {
        "base_model": "x",
        "epochs": 2,
        "learning_rate": 1e-5,
        "random_state": 1,
        "threads": 3,
        "exact": True,
    }
    assert clone(StageClassifier(**parameters)).get_params() == parameters


def test_fitting_names_everything_that_is_wrong():
    with pytest.raises(ValueError) as caught:
        StageClassifier("nowhere").fit(["a", "b"], ["none", "nonsense", "none"])
    assert str(caught.value) == (
        "base_model nowhere is no encoder folder: it has no tokenizer.json; 2 texts but 3 labels; unknown "
        "labels nonsense; known: need_recognition, information_search, evaluation, purchase_decision, "
        "post_purchase, none; 2 texts are too few; at least 20 are needed"
    )
