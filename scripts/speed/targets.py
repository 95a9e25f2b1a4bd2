"""The ratios that must be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a contestant: texts and tokens a second, ms for one text, seconds to the first prediction,
    peak memory in MB, and accuracy on the test split in percent."""

    texts: float
    tokens: float
    latency: float
    start: float
    memory: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the table."""

    what: str
    reached: str
    must: str
    aim: str
    met: bool


def targets(results: Mapping[str, Figures], cold: Mapping[str, float]) -> Iterator[Target]:
    """The targets of which both sides were measured."""
    for key, kind in (("ours", "predict_proba"), ("ours-label", "label")):
        for other, name, must, aim in (("pipeline", "the pipeline", 20, 50), ("onnx", "plain ONNX int8", 2, 5)):
            if key in results and other in results:
                ratio = results[key].texts / results[other].texts
                yield Target(
                    f"{kind}: texts/s against {name}", f"{ratio:.1f} ×", f"{must} ×", f"{aim} ×", ratio >= must
                )
    if "ours-singly" in results and "pipeline" in results:
        lost = results["pipeline"].accuracy - results["ours-singly"].accuracy
        yield Target("accuracy lost against the float model, one text a call", _points(lost), "0.3", "0", lost <= 0.3)
    if "ours" in results and "pipeline" in results:
        lost = results["pipeline"].accuracy - results["ours"].accuracy
        yield Target("accuracy lost against the float model, all at once", _points(lost), "0.3", "0", lost <= 0.3)
        share = results["ours"].latency / results["pipeline"].latency
        yield Target("one text, warm, against the pipeline", _part(share), "1/5", "1/10", share <= 1 / 5)
    if cold:
        share = cold["ours"] / cold["pipeline"]
        reached = f"{_part(share)} ({cold['ours']:.2f} s of {cold['pipeline']:.2f} s)"
        yield Target(
            "stageclf predict from a cold start, against the pipeline", reached, "1/6", "1/12", share <= 1 / 6
        )


def _points(lost: float) -> str:
    return f"{lost:.2f} points"


def _part(share: float) -> str:
    return f"1/{1 / share:.1f}"
