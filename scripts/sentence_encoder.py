"""The base encoder in the form of sentence-transformers."""

from __future__ import annotations

from pathlib import Path

PREFIX = "query: "


def save_sentence_encoder(base: Path, target: Path, max_tokens: int = 512) -> None:
    """Write the encoder in `base` with mean pooling to the folder `target`, ready for SentenceTransformer(target)."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoModel, PreTrainedTokenizerFast

    AutoModel.from_pretrained(base).save_pretrained(target)
    # Named by its class, since the configuration of the encoder alone would have transformers take another one.
    PreTrainedTokenizerFast(
        tokenizer_file=str(base / "tokenizer.json"),
        model_max_length=max_tokens,
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(target)
    encoder = Transformer(str(target))
    SentenceTransformer(modules=[encoder, Pooling(encoder.get_embedding_dimension())]).save(str(target))
