"""From texts to logits: tokenizer, windows, batches and the ONNX session, together."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stageclf.model.artefact import Artefact, ArtefactError
from stageclf.model.batching import by_token_budget
from stageclf.model.cpu import sums_int8_exactly
from stageclf.model.windows import Window, combine, cut_into_windows, readable_part
from stageclf.stages import NONE
from stageclf.text.greek_letters import restore

BATCH_TOKENS = 1024
TEXTS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a text was read: tokens it has, the share of them unknown to the model, what was left out."""

    tokens: int
    unknown_share: float
    left_out: int


class Encoder:
    """Scores texts with a model folder; loads the tokenizer and the graph when they are first needed."""

    def __init__(self, artefact: Artefact, threads: int | None = None) -> None:
        self.artefact = artefact
        self.spec = artefact.spec
        self.threads = threads or available_cores()

    @cached_property
    def tokenizer(self):  # noqa: ANN201 (the type would import tokenizers)
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.artefact.tokenizer))
        except Exception as error:
            raise ArtefactError(f"{self.artefact.tokenizer} cannot be read: {error}") from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def session(self):  # noqa: ANN201 (the type would import onnxruntime)
        import onnxruntime

        onnxruntime.disable_telemetry_events()  # for programs that imported it before us, see stageclf/__init__.py
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if not sums_int8_exactly():
            # Without VNNI, a CPU sums int8 products in 16 bits, which may overflow; the precise way is slower.
            options.add_session_config_entry("session.x64quantprecision", "1")
        try:
            return onnxruntime.InferenceSession(str(self.artefact.graph), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise ArtefactError(f"{self.artefact.graph} cannot be read: {error}") from error

    @cached_property
    def _frame(self) -> tuple[list[int], list[int], int]:
        """Ids before a text (start token, prefix), ids after it, and the id of unknown tokens."""
        empty = self.tokenizer.encode("").ids
        prefix = self.tokenizer.encode(self.spec.prefix.strip(), add_special_tokens=False).ids
        return [empty[0], *prefix], [empty[-1]], self.tokenizer.token_to_id("<unk>")

    def logits(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Coverage]]:
        """Logits, float32, shape (texts, labels), and how each text was read; equal texts are scored once."""
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        once = list(rows)
        parts = [self._logits_of_chunk(once[at : at + TEXTS_AT_ONCE]) for at in range(0, len(once), TEXTS_AT_ONCE)]
        if not parts:
            return np.zeros((0, len(self.spec.labels)), dtype=np.float32), []
        logits = np.concatenate([logits for logits, _ in parts])
        coverages = [coverage for _, chunk in parts for coverage in chunk]
        order = [rows[text] for text in texts]
        return logits[order], [coverages[row] for row in order]

    def _logits_of_chunk(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Coverage]]:
        windows, owners, coverages = self._windows(texts)
        scores = self._run(windows)
        labels = self.spec.labels
        none = labels.index(NONE) if NONE in labels else None
        bounds = np.searchsorted(owners, np.arange(len(texts) + 1))
        rows = [combine(scores[a:b], none) for a, b in itertools.pairwise(bounds)]
        return np.stack(rows).astype(np.float32), coverages

    def _windows(self, texts: Sequence[str]) -> tuple[list[Window], list[int], list[Coverage]]:
        spec, (head, tail, unknown) = self.spec, self._frame
        parts = [readable_part(text, spec.max_tokens, spec.max_windows) for text in texts]
        if spec.restore_greek:
            parts = [(restore(part), skipped) for part, skipped in parts]
        encodings = self.tokenizer.encode_batch([part for part, _ in parts], add_special_tokens=False)
        windows: list[Window] = []
        owners: list[int] = []
        coverages = []
        for owner, ((_, skipped), encoding) in enumerate(zip(parts, encodings, strict=True)):
            ids = encoding.ids
            cut, left_out = cut_into_windows(ids, head, tail, spec.max_tokens, spec.overlap, spec.max_windows)
            windows += cut
            owners += [owner] * len(cut)
            share = ids.count(unknown) / len(ids) if ids else 0.0
            coverages.append(Coverage(len(ids), share, skipped or left_out))
        return windows, owners, coverages

    def _run(self, windows: Sequence[Window]) -> np.ndarray:
        """Logits of every window, shape (windows, labels), computed on `threads` threads."""
        scores = np.zeros((len(windows), len(self.spec.labels)), dtype=np.float32)
        session = self.session
        batches = list(by_token_budget([len(window.ids) for window in windows], BATCH_TOKENS))

        def run(batch: list[int]) -> None:
            width = len(windows[batch[-1]].ids)
            ids = np.ones((len(batch), width), dtype=np.int64)
            mask = np.zeros((len(batch), width), dtype=np.int64)
            for row, position in enumerate(batch):
                length = len(windows[position].ids)
                ids[row, :length] = windows[position].ids
                mask[row, :length] = 1
            scores[batch] = session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]

        if self.threads == 1 or len(batches) == 1:
            for batch in batches:
                run(batch)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(run, reversed(batches)))
        return scores


def available_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
