"""Trimming a Unigram vocabulary to the scripts that a model serves."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

from tokenizers import Tokenizer

EUROPEAN_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC", "MODIFIER", "MICRO", "MASCULINE", "FEMININE"})


def is_european(piece: str) -> bool:
    """Whether all letters of `piece` are Latin, Greek or Cyrillic (a piece without letters is)."""
    return all(unicodedata.name(char, "?").split(" ", 1)[0] in EUROPEAN_SCRIPTS for char in piece if char.isalpha())


def trim_tokenizer(tokenizer: Tokenizer, keep: Callable[[str], bool]) -> tuple[Tokenizer, list[int]]:
    """A tokenizer with only the pieces for which `keep` is true, and the old ids of its rows in order.

    Special tokens at the head of the vocabulary stay; the mask token, which no classifier needs, goes.
    Only Unigram models are handled: their pieces do not depend on one another as merges do.
    """
    spec = json.loads(tokenizer.to_str())
    if spec["model"]["type"] != "Unigram":
        raise ValueError(f"a Unigram tokenizer is needed to trim the vocabulary, not {spec['model']['type']}")
    vocabulary = spec["model"]["vocab"]
    special = {token["content"] for token in spec["added_tokens"]} - {"<mask>"}
    kept = [
        row for row, (piece, _) in enumerate(vocabulary) if piece in special or (piece != "<mask>" and keep(piece))
    ]
    new_id = {vocabulary[row][0]: row_after for row_after, row in enumerate(kept)}
    spec["model"]["vocab"] = [vocabulary[row] for row in kept]
    spec["model"]["unk_id"] = new_id["<unk>"]
    spec["added_tokens"] = [
        token | {"id": new_id[token["content"]]} for token in spec["added_tokens"] if token["content"] in special
    ]
    for name, token in spec["post_processor"].get("special_tokens", {}).items():
        token["ids"] = [new_id[name]]
    spec["truncation"] = spec["padding"] = None
    return Tokenizer.from_str(json.dumps(spec)), kept
