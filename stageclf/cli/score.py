"""stageclf score: an export in, buying stages out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from stageclf.cli.engine import Address, Engine, EngineName, Workers, resuming, scorer
from stageclf.cli.options import (
    Encoding,
    Exact,
    LogJson,
    Model,
    NoText,
    Output,
    OwnAddress,
    OwnDomain,
    Pseudonymise,
    Quiet,
    Redact,
    Resume,
    Sources,
    StageModelName,
    Strict,
    TextColumn,
    Threads,
)
from stageclf.stages import load_stage_model

if TYPE_CHECKING:
    from stageclf.cli.listeners import Listener
    from stageclf.scoring import ScoreReport

ERROR, UNREADABLE, INTERRUPTED = 1, 3, 130


def command(
    inputs: Sources,
    output: Output,
    model: Model = None,
    text_column: TextColumn = None,
    encoding: Encoding = None,
    stage_model: StageModelName = None,
    own_address: OwnAddress = None,
    own_domain: OwnDomain = None,
    redact: Redact = False,
    pseudonymise: Pseudonymise = None,
    no_text: NoText = False,
    engine: Engine = EngineName.LOCAL,
    address: Address = None,
    workers: Workers = None,
    threads: Threads = None,
    exact: Exact = False,
    resume: Resume = False,
    strict: Strict = False,
    quiet: Quiet = False,
    log_json: LogJson = False,
) -> None:
    """Label every text of the inputs and write it, its own columns kept, to the output.

    Stopped at any moment, the same command with --resume continues, and writes what it would have written at once.

    Exit codes: 0 all went well; 1 an error, told in one line; 2 a command that is not understood; 3 with --strict,
    records were unreadable (the output is there all the same); 130 stopped by Ctrl-C.
    """
    mapping = load_stage_model(stage_model) if stage_model else None
    from stageclf.cli.listeners import listener_for
    from stageclf.privacy import Pseudonyms
    from stageclf.scoring import Privacy

    options = {
        "text_column": text_column,
        "encoding": encoding,
        "stage_model": mapping,
        "own_addresses": own_address or (),
        "own_domains": own_domain or (),
        "privacy": Privacy(redact, Pseudonyms(pseudonymise) if pseudonymise else None, no_text),
    }
    listener = listener_for(quiet, log_json)
    with _answered(listener, resuming(engine) if output != "-" else ""):
        score = scorer(
            engine, model=model, threads=threads, exact=exact, address=address, workers=workers, resume=resume
        )
        with listener:
            report = score(inputs, output, on_event=listener.hear, **options)
        if not (quiet or log_json):
            _show(report, output)
        unreadable = report.read.counts["unreadable"]
        if unreadable and not report.scored:
            raise ValueError("nothing could be scored: all records are unreadable; the notes say why")
        if unreadable and strict:
            raise typer.Exit(UNREADABLE)


@contextmanager
def _answered(listener: Listener, resuming: str) -> Iterator[None]:
    """Ctrl-C is answered by one line that says how to go on; errors are lines of JSON where those are wanted."""
    try:
        yield
    except KeyboardInterrupt:
        kept = f"{listener.finished:,} records are finished and kept" if listener.finished else "nothing was finished"
        how = f"; the same command with {resuming} continues" if listener.finished and resuming else ""
        listener.say("stopped", f"Stopped: {kept}{how}")
        raise typer.Exit(INTERRUPTED) from None
    except (ValueError, ImportError, OSError) as error:
        if not listener.in_json:
            raise
        listener.say("error", str(error))
        raise typer.Exit(ERROR) from error


def _show(report: ScoreReport, output: str) -> None:
    from rich.console import Console

    from stageclf.cli.score_tables import show_report

    show_report(Console(stderr=output == "-"), report, "standard output" if output == "-" else output)
