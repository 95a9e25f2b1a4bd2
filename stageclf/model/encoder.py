"""From texts to logits: tokenizer, windows and the cascade of graphs, together."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from stageclf.model.artefact import Artefact, ArtefactError
from stageclf.model.batching import by_token_budget
from stageclf.model.cascade import Cascade, available_cores
from stageclf.model.reading import as_read
from stageclf.model.windows import Frame, Window, combine, cut_into_windows, line_starts, readable_part
from stageclf.stages import NONE

# Texts of about the same length are read and scored in groups, each by one thread, so that one is read while another
# is scored. What a group holds, and with it the last bits of a score, does not depend on the number of threads.
GROUP_CHARACTERS, GROUP_TEXTS = 16_384, 256

# A text that is scored by itself is computed by so many threads; texts of a batch by one each.
THREADS_FOR_ONE = 2

# Windows of a text that has several go by the first exit: it finds `none` in small talk before a decision too easily.
PASSED_BY_LONG = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a text was read: tokens it has, the share of them unknown to the model, what was left out."""

    tokens: int
    unknown_share: float
    left_out: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of texts: logits, float32, shape (texts, labels); after which part of the model each was decided."""

    logits: np.ndarray
    parts: np.ndarray
    coverages: list[Coverage]


class Encoder:
    """Scores texts with a model folder; loads the tokenizer and the graphs when they are first needed."""

    def __init__(self, artefact: Artefact, threads: int | None = None) -> None:
        self.artefact = artefact
        self.spec = artefact.spec
        self.threads = threads or available_cores()
        self._alone = Lock()

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
    def cascade(self) -> Cascade:
        return Cascade(self.artefact)

    @cached_property
    def _frame(self) -> Frame:
        """Before a text stand the start token and the prefix, after it the end token."""
        empty = self.tokenizer.encode("").ids
        prefix = self.tokenizer.encode(self.spec.prefix.strip(), add_special_tokens=False).ids
        return Frame([empty[0], *prefix], [empty[-1]], self.spec.max_tokens, self.spec.overlap)

    def score(
        self, texts: Sequence[str], exact: bool = False, beside: Callable[[list[str]], None] | None = None
    ) -> Scores:
        """How every text scores; equal texts are scored once. With `exact` no exit decides any.

        beside: called with the texts of each group, in the thread that has scored them.
        """
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        once = list(rows)
        lengths = [len(text) for text in once]
        groups = list(by_token_budget(lengths, GROUP_CHARACTERS, GROUP_TEXTS))[::-1]  # the longest texts first
        logits = np.zeros((len(once), len(self.spec.labels)), dtype=np.float32)
        parts = np.zeros(len(once), dtype=np.int64)
        coverages = np.empty(len(once), dtype=object)

        def score_group(group: list[int]) -> None:
            together = [once[row] for row in group]
            logits[group], parts[group], coverages[group] = self._score_group(together, exact, threads)
            if beside:
                beside(together)

        with self._threads_of_a_batch(alone=len(once) == 1) as threads:
            self._load(threads)
            self._for_each(score_group, groups)
        order = [rows[text] for text in texts]
        return Scores(logits[order], parts[order], coverages[order].tolist())

    @contextmanager
    def _threads_of_a_batch(self, alone: bool) -> Iterator[int]:
        """More than one for a text that comes alone, unless another thread of the program is scoring such a text."""
        if not alone or not self._alone.acquire(blocking=False):
            yield 1
            return
        try:
            yield min(self.threads, THREADS_FOR_ONE)
        finally:
            self._alone.release()

    def _load(self, threads: int) -> None:
        """Load what every text needs, once: the first part of the model beside the tokenizer, which takes longer."""
        if "_frame" in self.__dict__:
            return
        import onnxruntime  # noqa: F401 (here: the tokenizer would keep the other thread from importing it)

        with ThreadPoolExecutor(1) as beside:
            opened = beside.submit(self.cascade.session, 0, threads)
            _ = self._frame
            opened.result()

    def _for_each(self, work: Callable[[list[int]], None], groups: list[list[int]]) -> None:
        """Do the work for every group, several at once where there are threads."""
        threads = min(self.threads, len(groups))
        if threads <= 1:
            for group in groups:
                work(group)
            return
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, groups))

    def _score_group(
        self, texts: Sequence[str], exact: bool, threads: int
    ) -> tuple[np.ndarray, np.ndarray, list[Coverage]]:
        """Logits, the last part of the model that a window needed, and coverage of each text."""
        windows, owners, coverages = self._windows(texts)
        counts = np.bincount(owners, minlength=len(texts))
        passes = np.where(counts[owners] > 1, PASSED_BY_LONG, 0)
        if exact:
            passes[:] = len(self.spec.exits)
        scores, parts = self.cascade.run([window.ids for window in windows], passes, threads)
        labels = self.spec.labels
        none = labels.index(NONE) if NONE in labels else None
        bounds = np.searchsorted(owners, np.arange(len(texts) + 1))
        rows = [combine(scores[a:b], none) for a, b in itertools.pairwise(bounds)]
        return np.stack(rows).astype(np.float32), np.maximum.reduceat(parts, bounds[:-1]), coverages

    def _windows(self, texts: Sequence[str]) -> tuple[list[Window], list[int], list[Coverage]]:
        spec, frame, unknown = self.spec, self._frame, self.tokenizer.token_to_id("<unk>")
        parts = [readable_part(text, spec.max_tokens, spec.max_windows) for text in texts]
        if spec.prepare_text:
            parts = [(as_read(part), skipped) for part, skipped in parts]
        encodings = self.tokenizer.encode_batch([part for part, _ in parts], add_special_tokens=False)
        windows: list[Window] = []
        owners: list[int] = []
        coverages = []
        for owner, ((part, skipped), encoding) in enumerate(zip(parts, encodings, strict=True)):
            ids = encoding.ids
            lines = line_starts(part, encoding.offsets) if len(ids) > frame.room else []
            cut, left_out = cut_into_windows(ids, frame, spec.max_windows, lines)
            windows += cut
            owners += [owner] * len(cut)
            share = ids.count(unknown) / len(ids) if ids else 0.0
            coverages.append(Coverage(len(ids), share, skipped or left_out))
        return windows, owners, coverages
