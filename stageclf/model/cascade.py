"""Running the parts of a model one after the other: a text that an exit is sure of needs no further part."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from threading import Lock

import numpy as np

from stageclf.model.artefact import Artefact, ArtefactError
from stageclf.model.batching import by_token_budget
from stageclf.model.cpu import sums_int8_exactly

BATCH_TOKENS = 512


@dataclass
class _Waiting:
    """Windows that wait for a part of the model until they fill a batch: positions and hidden states."""

    positions: list[int] = field(default_factory=list)
    hidden: list[np.ndarray] = field(default_factory=list)
    widest: int = 0

    def add(self, position: int, hidden: np.ndarray) -> None:
        self.positions.append(position)
        self.hidden.append(hidden)
        self.widest = max(self.widest, len(hidden))

    @property
    def is_full(self) -> bool:
        return self.widest * (len(self.positions) + 1) > BATCH_TOKENS

    def take(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Positions, padded hidden states (windows, tokens, width) and mask of all that waits; none waits after."""
        lengths = np.array([len(rows) for rows in self.hidden])
        padded = np.zeros((len(lengths), self.widest, self.hidden[0].shape[1]), dtype=np.float32)
        for row, values in zip(padded, self.hidden, strict=True):
            row[: len(values)] = values
        mask = (np.arange(self.widest) < lengths[:, None]).astype(np.int64)
        positions = np.array(self.positions)
        self.positions, self.hidden, self.widest = [], [], 0
        return positions, padded, mask


class Cascade:
    """The ONNX sessions of a model folder, each loaded when it is first needed; several threads may run them."""

    def __init__(self, artefact: Artefact) -> None:
        self.artefact = artefact
        self.exits = artefact.spec.exits
        self._sessions: dict[tuple[int, int], object] = {}
        self._loading = Lock()

    def run(
        self, windows: Sequence[Sequence[int]], passes: Sequence[int], threads: int = 1
    ) -> tuple[np.ndarray, np.ndarray]:
        """Logits, float32, shape (windows, labels), and after which part of the model each window was decided.

        windows: token ids. passes: how many exits each window goes by, however sure they are of it.
        threads: by how many a batch is computed; the sessions of each number are loaded apart.
        """
        run = _Run(self, windows, np.asarray(passes), threads)
        run.work()
        return run.scores, run.parts

    def session(self, part: int, threads: int = 1):  # noqa: ANN201 (the type would import onnxruntime)
        """The session of a part; raises ArtefactError if its file cannot be read."""
        with self._loading:
            if (part, threads) not in self._sessions:
                self._sessions[part, threads] = _open(str(self.artefact.graphs[part]), threads)
            return self._sessions[part, threads]


class _Run:
    """One call of `Cascade.run`."""

    def __init__(self, cascade: Cascade, windows: Sequence[Sequence[int]], passes: np.ndarray, threads: int) -> None:
        self.cascade, self.windows, self.passes, self.threads = cascade, windows, passes, threads
        self.scores = np.zeros((len(windows), len(cascade.artefact.spec.labels)), dtype=np.float32)
        self.parts = np.zeros(len(windows), dtype=np.int64)

    def work(self) -> None:
        """Score all windows to the end."""
        waiting = [_Waiting() for _ in self.cascade.exits]
        for batch in by_token_budget([len(window) for window in self.windows], BATCH_TOKENS):
            self._score(0, np.array(batch), {"input_ids": self._padded(batch)}, self._mask(batch), waiting)
        for part, rest in enumerate(waiting, start=1):
            if rest.positions:
                self._resume(part, rest, waiting)

    def _padded(self, batch: list[int]) -> np.ndarray:
        ids = np.ones((len(batch), max(len(self.windows[at]) for at in batch)), dtype=np.int64)
        for row, at in zip(ids, batch, strict=True):
            row[: len(self.windows[at])] = self.windows[at]
        return ids

    def _mask(self, batch: list[int]) -> np.ndarray:
        lengths = np.array([len(self.windows[at]) for at in batch])
        return (np.arange(lengths.max()) < lengths[:, None]).astype(np.int64)

    def _score(
        self, part: int, at: np.ndarray, inputs: dict[str, np.ndarray], mask: np.ndarray, waiting: list[_Waiting]
    ) -> None:
        """Run one part on the windows at the positions `at`, keep what is decided and let the others wait."""
        logits, *hidden = self.cascade.session(part, self.threads).run(None, {**inputs, "attention_mask": mask})
        decided = self._decided(part, at, logits)
        self.scores[at[decided]] = logits[decided]
        self.parts[at[decided]] = part
        if decided.all():
            return
        if not decided.any():
            self._score(part + 1, at, {"hidden": hidden[0]}, mask, waiting)
            return
        for row in np.flatnonzero(~decided):
            waiting[part].add(int(at[row]), hidden[0][row, : len(self.windows[at[row]])].copy())
            if waiting[part].is_full:
                self._resume(part + 1, waiting[part], waiting)

    def _resume(self, part: int, rest: _Waiting, waiting: list[_Waiting]) -> None:
        at, hidden, mask = rest.take()
        self._score(part, at, {"hidden": hidden}, mask, waiting)

    def _decided(self, part: int, at: np.ndarray, logits: np.ndarray) -> np.ndarray:
        if part == len(self.cascade.exits):
            return np.ones(len(at), dtype=bool)
        rule = self.cascade.exits[part]
        sure = rule.calibration.probabilities(logits).max(axis=1) >= rule.threshold
        return sure & (part >= self.passes[at])


@cache
def _share_memory() -> None:
    """One arena for all parts of a model, which grows by what is asked for, not by doubling."""
    import onnxruntime

    kind = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
    place = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, onnxruntime.OrtMemType.DEFAULT)
    with suppress(Exception):  # the program that uses us has registered its own: then that one is shared
        onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"arena_extend_strategy": 1}))


def _open(path: str, threads: int):  # noqa: ANN202
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # for programs that imported it before us, see stageclf/__init__.py
    _share_memory()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.use_env_allocators", "1")
    # Several threads gain nothing on the layers of one text unless they spin from one to the next; then they stop.
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(threads > 1)))
    options.add_session_config_entry("session.force_spinning_stop", "1")
    if not sums_int8_exactly():
        # Without VNNI, a CPU sums int8 products in 16 bits, which may overflow; the precise way is slower.
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ArtefactError(f"{path} cannot be read: {error}") from error


def available_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
