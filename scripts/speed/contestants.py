"""Who is compared: how each is prepared once, and how it is loaded by the process that is measured.

Heavy libraries are imported by those who need them only, so that nobody's start-up and memory is another's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Predict = Callable[[Sequence[str]], Sequence[str]]
BATCH = 32


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the prepared files lie, which model and encoder are compared, and with how much of everything."""

    work: Path
    model: Path
    base: Path
    threads: int = 2
    train_texts: int | None = None

    @property
    def float_model(self) -> Path:
        """What `stageclf export --format transformers` writes from the model."""
        return self.work / "float"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to label texts: `prepare` leaves files to work with, `load` gives a function from texts to labels."""

    title: str
    load: Callable[[Setting], Predict]
    prepare: Callable[[Setting], None] = lambda setting: None
    package: str = ""


def export_float_model(setting: Setting) -> None:
    """Write the float model of transformers, if it is not there yet."""
    from stageclf.training.to_transformers import export_transformers

    if not setting.float_model.exists():
        export_transformers(setting.model, setting.float_model)


def load_pipeline(setting: Setting) -> Predict:
    """The pipeline as people call it."""
    from transformers import pipeline

    classify = pipeline("text-classification", str(setting.float_model), batch_size=BATCH, truncation=True)
    return lambda texts: [found["label"] for found in classify(list(texts))]


def load_sorted_pipeline(setting: Setting) -> Predict:
    """The pipeline, given the texts by length; the order is restored."""
    classify = load_pipeline(setting)

    def predict(texts: Sequence[str]) -> list[str]:
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        labels = dict(zip(order, classify([texts[row] for row in order]), strict=True))
        return [labels[row] for row in range(len(texts))]

    return predict


def prepare_sentence_encoder(setting: Setting) -> None:
    """The encoder, not trained, and a head fitted on its vectors of the training split."""
    import joblib
    from sentence_encoder import save_sentence_encoder
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    save_sentence_encoder(setting.base, setting.work / "sentence")
    texts, labels = _training_texts(setting)
    head = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    joblib.dump(head.fit(_load_vectors(setting)(texts), labels), setting.work / "head.joblib")


def load_sentence_encoder(setting: Setting) -> Predict:
    """Vectors of sentence-transformers, labelled by the scikit-learn head."""
    import joblib

    vectors, head = _load_vectors(setting), joblib.load(setting.work / "head.joblib")
    return lambda texts: head.predict(vectors(texts)).tolist()


def _load_vectors(setting: Setting) -> Callable:
    from sentence_encoder import PREFIX
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(setting.work / "sentence"), device="cpu")
    return lambda texts: encoder.encode(list(texts), prompt=PREFIX, batch_size=BATCH, show_progress_bar=False)


def prepare_plain_onnx(setting: Setting) -> None:
    """torch.onnx.export of the float model, and quantize_dynamic with its defaults."""
    from onnxruntime.quantization import quantize_dynamic
    from transformers import AutoModelForSequenceClassification

    from stageclf.training.export import export_float

    export_float_model(setting)
    graph = setting.work / "float.onnx"
    export_float(AutoModelForSequenceClassification.from_pretrained(setting.float_model), graph)
    quantize_dynamic(str(graph), str(setting.work / "plain.onnx"))


def load_plain_onnx(setting: Setting) -> Predict:
    """One session over all threads, batches of texts sorted by their tokens, padded to their longest."""
    import json

    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = setting.threads
    session = onnxruntime.InferenceSession(str(setting.work / "plain.onnx"), options)
    tokenizer = Tokenizer.from_file(str(setting.float_model / "tokenizer.json"))
    tokenizer.enable_truncation(
        json.loads((setting.float_model / "tokenizer_config.json").read_text())["model_max_length"]
    )
    labels = json.loads((setting.float_model / "config.json").read_text())["id2label"]

    def predict(texts: Sequence[str]) -> list[str]:
        rows = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
        found = np.zeros(len(rows), dtype=int)
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            width = len(rows[batch[-1]])
            ids = np.array([rows[row] + [1] * (width - len(rows[row])) for row in batch], dtype=np.int64)
            mask = np.array([[1] * len(rows[row]) + [0] * (width - len(rows[row])) for row in batch], dtype=np.int64)
            logits = session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]
            found[batch] = logits.argmax(axis=1)
        return [labels[str(row)] for row in found]

    return predict


def prepare_tfidf(setting: Setting) -> None:
    """The vocabulary and the regression, fitted on the training split."""
    import joblib

    from stageclf.evaluation.baselines import tfidf_baseline

    joblib.dump(tfidf_baseline(*_training_texts(setting)), setting.work / "tfidf.joblib")


def load_tfidf(setting: Setting) -> Predict:
    """TF-IDF and logistic regression of scikit-learn."""
    import joblib

    model = joblib.load(setting.work / "tfidf.joblib")
    return lambda texts: model.predict(list(texts)).tolist()


def load_ours(setting: Setting) -> Predict:
    """Probabilities, the best of which is the label: the same work as the others do."""
    from stageclf import StageClassifier

    model = StageClassifier.from_pretrained(setting.model, threads=setting.threads)
    return lambda texts: model.classes_[model.predict_proba(texts).argmax(axis=1)].tolist()


def load_ours_exact(setting: Setting) -> Predict:
    """The same without exits: every text goes through the whole model."""
    from stageclf import StageClassifier

    model = StageClassifier.from_pretrained(setting.model, threads=setting.threads, exact=True)
    return lambda texts: model.predict(texts).tolist()


def load_ours_whole(setting: Setting) -> Predict:
    """Whole predictions: language, review and notes, too."""
    from stageclf import StageClassifier

    model = StageClassifier.from_pretrained(setting.model, threads=setting.threads)
    return lambda texts: [prediction.stage for prediction in model.label(texts)]


def load_ours_singly(setting: Setting) -> Predict:
    """One call a text."""
    predict = load_ours(setting)
    return lambda texts: [predict([text])[0] for text in texts]


def _training_texts(setting: Setting) -> tuple[list[str], list[str]]:
    import random

    from stageclf.data import load

    rows = load("train")
    random.Random(0).shuffle(rows)
    rows = rows[: setting.train_texts]
    return [row.text for row in rows], [row.label for row in rows]


CONTESTANTS = {
    "pipeline": Contestant(f"pipeline(batch_size={BATCH}), float", load_pipeline, export_float_model, "transformers"),
    "pipeline-sorted": Contestant(
        "pipeline, texts sorted by length", load_sorted_pipeline, export_float_model, "transformers"
    ),
    "sentence": Contestant(
        "sentence-transformers + LogisticRegression",
        load_sentence_encoder,
        prepare_sentence_encoder,
        "sentence_transformers",
    ),
    "onnx": Contestant("plain ONNX int8, sorted batches", load_plain_onnx, prepare_plain_onnx, "onnx"),
    "tfidf": Contestant("TF-IDF + LogisticRegression", load_tfidf, prepare_tfidf),
    "ours": Contestant("stageclf: predict_proba", load_ours),
    "ours-exact": Contestant("stageclf, exact=True: predict_proba", load_ours_exact),
    "ours-label": Contestant("stageclf: label", load_ours_whole),
    "ours-singly": Contestant("stageclf: one text a call", load_ours_singly),
}
