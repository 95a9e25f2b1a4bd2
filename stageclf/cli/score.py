"""stageclf score: an export in, buying stages out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from stageclf.cli import options
from stageclf.cli.engine import resuming, scorer
from stageclf.stages import load_stage_model

if TYPE_CHECKING:
    from stageclf.cli.listeners import Listener
    from stageclf.scoring import ScoreReport

ERROR, UNREADABLE, INTERRUPTED = 1, 3, 130


@click.command("score")
@options.sources
@options.output
@options.model
@options.text_column
@options.encoding
@options.stage_model
@options.own_address
@options.own_domain
@options.redact
@options.pseudonymise
@options.no_text
@options.engine
@options.address
@options.workers
@options.threads
@options.exact
@options.resume
@options.strict
@options.quiet
@options.log_json
def command(
    inputs: tuple[str, ...],
    output: str,
    model: str | None,
    text_column: str | None,
    encoding: str | None,
    stage_model: str | None,
    own_addresses: tuple[str, ...],
    own_domains: tuple[str, ...],
    redact: bool,
    pseudonymise: str | None,
    no_text: bool,
    engine: str,
    address: str | None,
    workers: int | None,
    threads: int | None,
    exact: bool,
    resume: bool,
    strict: bool,
    quiet: bool,
    log_json: bool,
) -> None:
    """Label every text of exports.

    INPUTS are export files, archives, folders of them, addresses (s3://…), or - for standard input. Every text is
    labelled and written, its own columns kept, to the output.

    Stopped at any moment, the same command with --resume continues, and writes what it would have written at once.

    Exit codes: 0 all went well; 1 an error, told in one line; 2 a command that is not understood; 3 with --strict,
    records were unreadable (the output is there all the same); 130 stopped by Ctrl-C.
    """
    mapping = load_stage_model(stage_model) if stage_model else None
    from stageclf.cli.listeners import listener_for
    from stageclf.privacy import Pseudonyms
    from stageclf.scoring import Privacy

    settings = {
        "text_column": text_column,
        "encoding": encoding,
        "stage_model": mapping,
        "own_addresses": own_addresses,
        "own_domains": own_domains,
        "privacy": Privacy(redact, Pseudonyms(pseudonymise) if pseudonymise else None, no_text),
    }
    listener = listener_for(quiet, log_json)
    with _answered(listener, resuming(engine) if output != "-" else ""):
        score = scorer(
            engine, model=model, threads=threads, exact=exact, address=address, workers=workers, resume=resume
        )
        with listener:
            report = score(list(inputs), output, on_event=listener.hear, **settings)
        if not (quiet or log_json):
            _show(report, output)
        unreadable = report.read.counts["unreadable"]
        if unreadable and not report.scored:
            raise ValueError("nothing could be scored: all records are unreadable; the notes say why")
        if unreadable and strict:
            raise SystemExit(UNREADABLE)


@contextmanager
def _answered(listener: Listener, resuming: str) -> Iterator[None]:
    """Ctrl-C is answered by one line that says how to go on; errors are lines of JSON where those are wanted."""
    try:
        yield
    except KeyboardInterrupt:
        kept = f"{listener.finished:,} records are finished and kept" if listener.finished else "nothing was finished"
        how = f"; the same command with {resuming} continues" if listener.finished and resuming else ""
        listener.say("stopped", f"Stopped: {kept}{how}")
        raise SystemExit(INTERRUPTED) from None
    except (ValueError, ImportError, OSError) as error:
        if not listener.in_json:
            raise
        listener.say("error", str(error))
        raise SystemExit(ERROR) from error


def _show(report: ScoreReport, output: str) -> None:
    from rich.console import Console

    from stageclf.cli.score_tables import show_report

    show_report(Console(stderr=output == "-"), report, "standard output" if output == "-" else output)
