"""The taxonomy: the six buying stages, and how other models of the buying process map onto them.

The stages are those of consumer-behaviour research (Engel, Kollat and Blackwell; Kotler), plus `none` for
everything else that lands in an inbox. The guide by which texts are labelled is data/LABELLING.md.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Stage:
    """One buying stage: its label, its meaning, its names and what the company should do."""

    label: str
    definition: str
    names: Mapping[str, str]
    action: str


STAGES: tuple[Stage, ...] = (
    Stage(
        "need_recognition",
        "The writer has a need, a problem or a wish; no kind of product or service is chosen yet.",
        {"el": "Αναγνώριση ανάγκης", "de": "Bedarfserkennung", "en": "Need recognition"},
        "Do not pitch. Show that the need is understood, ask about it, leave something helpful to read.",
    ),
    Stage(
        "information_search",
        "The writer knows the kind of product or service and gathers facts and opinions about it.",
        {"el": "Αναζήτηση πληροφοριών", "de": "Informationssuche", "en": "Information search"},
        "Give facts and the opinions of others: guides, price ranges, references, tests.",
    ),
    Stage(
        "evaluation",
        "The writer has at least one concrete candidate or offer and weighs it.",
        {
            "el": "Αξιολόγηση εναλλακτικών",
            "de": "Bewertung der Alternativen",
            "en": "Evaluation of alternatives",
        },
        "Listen and ask; show the value for this customer; answer doubts, offer a quote, demo or sample.",
    ),
    Stage(
        "purchase_decision",
        "The writer has decided and is acting to buy.",
        {"el": "Απόφαση αγοράς", "de": "Kaufentscheidung", "en": "Purchase decision"},
        "Clear the way: confirm, solve payment and checkout trouble, name the date; nothing else to sell.",
    ),
    Stage(
        "post_purchase",
        "The order exists: the writer waits, uses, praises, complains, returns, renews or leaves.",
        {"el": "Μετά την αγορά", "de": "Nachkaufphase", "en": "Post-purchase"},
        "Serve: answer questions and complaints quickly and well; they decide about the next purchase.",
    ),
    Stage(
        "none",
        "Nobody here is buying: spam, newsletters, applicants, suppliers, colleagues, small talk.",
        {"el": "Εκτός διαδικασίας αγοράς", "de": "Kein Kaufbezug", "en": "No buying"},
        "Nothing to do in sales; pass it on to whom it concerns.",
    ),
)

LABELS: tuple[str, ...] = tuple(stage.label for stage in STAGES)
NONE = "none"

_MODELS_FILE = Path(__file__).with_name("stage_models.yaml")


class StageModelError(ValueError):
    """A mapping of stages that cannot be used; the message lists everything that is wrong with it."""


@dataclass(frozen=True)
class StageModel:
    """Another model of the buying process, as a mapping from our labels to its stages.

    A label that the other model does not know maps to None.
    """

    name: str
    mapping: Mapping[str, str | None]

    def map(self, label: str) -> str | None:
        """The other model's stage for one of `LABELS`; raises KeyError for anything else."""
        return self.mapping[label]


def get_stage(label: str) -> Stage:
    """The stage with this label; raises ValueError with the nearest label for an unknown one."""
    for stage in STAGES:
        if stage.label == label:
            return stage
    raise ValueError(f"unknown stage {label!r}{_did_you_mean(label, LABELS)}; known: {', '.join(LABELS)}")


@cache
def builtin_stage_models() -> dict[str, StageModel]:
    """The stage models that come with the package, by name."""
    tables = yaml.safe_load(_MODELS_FILE.read_text(encoding="utf-8"))
    return {name: _checked_model(name, table, str(_MODELS_FILE)) for name, table in tables.items()}


def load_stage_model(name_or_path: str | Path) -> StageModel:
    """A built-in stage model by name, or a user's own from a YAML or JSON file.

    The file holds one mapping from each of our six labels to a stage of the user's model, or to null:

        need_recognition: problem aware
        information_search: solution aware
        ...
        none: null

    Raises StageModelError if the file is missing, cannot be parsed or does not map every label.
    """
    models = builtin_stage_models()
    if str(name_or_path) in models:
        return models[str(name_or_path)]
    path = Path(name_or_path)
    if not path.is_file():
        names = ", ".join(models)
        hint = _did_you_mean(str(name_or_path), models)
        raise StageModelError(
            f"no stage model {str(name_or_path)!r}{hint}: neither a built-in one ({names}) nor a file"
        )
    text = path.read_text(encoding="utf-8")
    try:
        table = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (json.JSONDecodeError, yaml.YAMLError) as error:
        raise StageModelError(f"{path} is not valid {path.suffix.lstrip('.') or 'YAML'}: {error}") from error
    return _checked_model(path.stem, table, str(path))


def _checked_model(name: str, table: object, source: str) -> StageModel:
    """Build a model from a parsed table, collecting every problem before answering once."""
    if not isinstance(table, dict):
        raise StageModelError(
            f"{source}: a mapping from our labels to your stages is needed, found {type(table).__name__}"
        )
    problems = [f"unknown label {key!r}{_did_you_mean(str(key), LABELS)}" for key in table if key not in LABELS]
    problems += [f"no entry for {label!r}" for label in LABELS if label not in table]
    problems += [
        f"the stage for {key!r} must be text or null, found {value!r}"
        for key, value in table.items()
        if value is not None and (not isinstance(value, str) or not value.strip())
    ]
    if problems:
        raise StageModelError(f"{source}: {'; '.join(problems)}")
    return StageModel(name, dict(table))


def _did_you_mean(word: str, known: object) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
