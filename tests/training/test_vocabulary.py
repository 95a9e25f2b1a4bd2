import json

import pytest
from tokenizers import Tokenizer, models

from stageclf.resources import resource_path
from stageclf.training.vocabulary import is_european, trim_tokenizer


def test_scripts():
    assert all(is_european(piece) for piece in ("▁der", "πόσο", "где", "1990", "👍", "ß", "?!"))
    assert not any(is_european(piece) for piece in ("你好", "مرحبا", "한", "aبb"))


def test_trimming_keeps_the_pieces_of_texts_that_need_no_other():
    tokenizer = Tokenizer.from_file(str(resource_path("models/default") / "tokenizer.json"))
    trimmed, kept = trim_tokenizer(tokenizer, lambda piece: piece.isascii() or "▁" in piece)
    text = "Where is my parcel? I ordered two weeks ago."
    assert trimmed.encode(text).tokens == tokenizer.encode(text).tokens
    assert trimmed.get_vocab_size() == len(kept) < tokenizer.get_vocab_size()
    assert [kept[i] for i in trimmed.encode(text).ids] == tokenizer.encode(text).ids
    assert json.loads(trimmed.to_str())["model"]["unk_id"] == trimmed.token_to_id("<unk>")


def test_other_tokenizers_are_refused():
    with pytest.raises(ValueError, match="a Unigram tokenizer is needed to trim the vocabulary, not WordLevel"):
        trim_tokenizer(Tokenizer(models.WordLevel({"a": 0}, unk_token="a")), is_european)
