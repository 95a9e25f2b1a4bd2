"""The check of the data finds training texts that are nearly equal to texts that a model is measured on."""

import pytest
from leaks import leaks

from stageclf.data import LabelledText, load


def found(train, measured):
    pairs = leaks(
        [LabelledText(f"train-{at}", text, "none", "el") for at, text in enumerate(train)],
        [LabelledText(f"test-{at}", text, "none", "en") for at, text in enumerate(measured)],
    )
    return [(leak.train.id, leak.measured.id, round(leak.shared, 2)) for leak in pairs]


@pytest.mark.parametrize(
    ("train", "measured", "shared"),
    [
        ("Πού είναι το δέμα μου;", "που ειναι το δεμα μου", 1),
        ("Thanks!!", "thanks", 1),
        ("e-mail", "Email", 1),
        ("👍👍", "👍👍", 1),
        ("👍👍", "🙁", None),
        ("Where is my order 12345", "my order 12345, where is it", 0.83),
        ("a b c d", "a b c x y", None),
        ("a b c", "a b c d", None),
        ("a b c", "c b a", None),
    ],
)
def test_texts_that_are_nearly_equal_are_leaks(train, measured, shared):
    assert found([train], [measured]) == ([("train-0", "test-0", shared)] if shared else [])


def test_every_pair_is_named_with_its_texts():
    measured = [f"the parcel number {number} is late" for number in range(1200)]
    train = ["something else altogether, with words", measured[1100], "no words in common"]
    assert ("train-1", "test-1100", 1) in found(train, measured)
    assert {pair[0] for pair in found(train, measured)} == {"train-1"}


def test_shipped_texts_are_found_again():
    texts = load("validation", "fr")
    assert {(leak.train.id, leak.measured.id) for leak in leaks(texts, texts)} == {(t.id, t.id) for t in texts}
