"""What a run is going to do: model, versions, options and inputs; only a run that does the same continues it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from stageclf import __version__
from stageclf.labeller import Labeller
from stageclf.model.artefact import SPEC
from stageclf.scoring.privacy import Privacy
from stageclf.stages import STAGES, StageModel

FORMAT = 1
MOST_FILES_NAMED = 1000
SAMPLE = 1 << 16


@dataclass(frozen=True)
class ScoreOptions:
    """How a run reads and what it writes, whatever the engine; see `score_files`."""

    text_column: str | None = None
    encoding: str | None = None
    stage_model: StageModel | None = None
    own_addresses: Sequence[str] = ()
    own_domains: Sequence[str] = ()
    privacy: Privacy = field(default_factory=Privacy)

    def public(self) -> dict[str, Any]:
        """The options without what names persons, for the metadata of the output."""
        return {
            "text_column": self.text_column,
            "encoding": self.encoding,
            "stage_model": self.stage_model.name if self.stage_model else None,
            "redact": self.privacy.redact,
            "pseudonymise": self.privacy.pseudonyms is not None,
            "no_text": self.privacy.no_text,
        }

    def all(self) -> dict[str, Any]:
        """All of them, to be compared; of the key for pseudonyms only what it makes of a fixed word."""
        pseudonyms = self.privacy.pseudonyms
        return self.public() | {
            "stage_model": [self.stage_model.name, dict(self.stage_model.mapping)] if self.stage_model else None,
            "own_addresses": list(self.own_addresses),
            "own_domains": list(self.own_domains),
            "pseudonymise": pseudonyms.of("stageclf") if pseudonyms else None,
        }


def model_identity(labeller: Labeller) -> dict[str, Any]:
    """The name of the model's folder, the first 16 digits of a SHA-256 over its files, and whether exits are off."""
    artefact = labeller.artefact
    digest = hashlib.sha256()
    for path in (*artefact.graphs, artefact.tokenizer, artefact.folder / SPEC):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return {"id": artefact.folder.name, "sha256": digest.hexdigest()[:16], "exact": labeller.exact}


@cache
def tables_digest() -> str:
    """The first 16 digits of a SHA-256 over the tables and word lists on which texts and flags depend."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for folder in ("inbox", "text"):
        for path in sorted(p for p in (package / folder).rglob("*") if p.suffix in (".npz", ".yaml")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def about(model: dict[str, Any], options: ScoreOptions) -> dict[str, Any]:
    """What the metadata of an output says."""
    return {
        "stageclf": __version__,
        "model": model,
        "taxonomy": {stage.label: stage.definition for stage in STAGES},
        "options": options.public(),
    }


def plan_of(
    model: dict[str, Any],
    options: ScoreOptions,
    inputs: dict[str, Any],
    columns: Mapping[str, Any],
    chunk: int,
) -> dict[str, Any]:
    """All that the bytes of the output depend on."""
    return {
        "format": FORMAT,
        "versions": {
            "stageclf": __version__,
            "tables": tables_digest(),
            **{name: version(name) for name in ("onnxruntime", "pyarrow")},
        },
        "model": model,
        "options": options.all(),
        "inputs": inputs,
        "columns": {name: str(kind) for name, kind in columns.items()},
        "chunk": chunk,
    }


def sizes_of_grown(plan: dict[str, Any] | None) -> dict[str, int]:
    """Files of a plan that have only grown since, and up to what size they are to be read again."""
    files = (plan or {}).get("inputs", {}).get("files", {})
    return {name: file["size"] for name, file in files.items() if "modified" in file and _has_grown(name, file)}


def _has_grown(name: str, file: dict[str, Any]) -> bool:
    try:
        return Path(name).stat().st_size > file["size"] and sample(Path(name), file["size"]) == file["sample"]
    except OSError:
        return False


def inputs_of(
    files: Iterable[tuple[Path, int]], names: Mapping[str, str], plan: dict[str, Any] | None
) -> dict[str, Any]:
    """Size, time and a sample of each file, as far as they are few; a digest over all.

    files: paths with the sizes up to which they are read. names: of those that are copies of what lies elsewhere.
    plan: of an earlier run; what it says of files that have only grown since still holds.
    """
    known = (plan or {}).get("inputs", {}).get("files", {})
    grown = sizes_of_grown(plan)
    named: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    for number, (path, size) in enumerate(files):
        name = names.get(str(path), str(path))
        try:
            entry = known[name] if grown.get(name) == size else _entry(path, size, name, number)
        except OSError as error:
            entry = {"size": size, "missing": error.strerror}
        digest.update(repr((name, sorted(entry.items()))).encode("utf-8", "surrogatepass"))
        if number < MOST_FILES_NAMED:
            named[name] = entry
    return {"files": named, "digest": digest.hexdigest()[:16]}


def _entry(path: Path, size: int, name: str, number: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"size": size}
    if number < MOST_FILES_NAMED:
        entry["sample"] = sample(path, size)
    if name == str(path):
        entry["modified"] = path.stat().st_mtime_ns
    return entry


def sample(path: Path, size: int) -> str:
    """A digest of the first and the last 64 kB of the first `size` bytes of a file."""
    with path.open("rb") as file:
        head = file.read(min(SAMPLE, size))
        file.seek(max(0, size - SAMPLE))
        tail = file.read(min(SAMPLE, size))
    return hashlib.sha256(head + tail).hexdigest()[:16]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What differs between two plans, in words; files first."""
    files = _files_that_differ(old["inputs"]["files"], new["inputs"]["files"])
    if not files and old["inputs"] != new["inputs"]:
        same = list(old["inputs"]["files"]) != list(new["inputs"]["files"])
        files = ["the inputs are in another order" if same else "the inputs have changed"]
    found = list(files)
    for part in ("options", "model", "versions"):
        for name in sorted({*old[part], *new[part]}):
            was, now = old[part].get(name), new[part].get(name)
            if was != now:
                found.append(f"{name.replace('_', ' ')} was {_shown(was)}, is {_shown(now)}")
    if old["chunk"] != new["chunk"]:
        found.append(f"chunks had {old['chunk']} records, have {new['chunk']}")
    if not found and old["columns"] != new["columns"]:
        found.append("the columns of the inputs have changed")
    return found


def _files_that_differ(old: dict[str, dict], new: dict[str, dict]) -> list[str]:
    found = [f"{name} was not an input" for name in new if name not in old]
    found += [f"{name} was an input" for name in old if name not in new]
    for name, now in new.items():
        was = old.get(name)
        if was is not None and was != now:
            found.append(f"{name} has changed: it had {_file(was)}, has {_file(now)}")
    return found


def _file(entry: dict[str, Any]) -> str:
    if "modified" not in entry:
        return f"{entry['size']:,} bytes"
    when = datetime.fromtimestamp(entry["modified"] // 10**9, UTC)
    return f"{entry['size']:,} bytes of {when:%Y-%m-%d %H:%M:%S} UTC"


def _shown(value: Any) -> str:
    if value is None or value is False or value == []:
        return "not given"
    if value is True:
        return "given"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
