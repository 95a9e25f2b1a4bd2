"""stageclf score: an export in, buying stages out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from stageclf.cli.engine import Address, Engine, EngineName, Workers, scorer
from stageclf.cli.options import Encoding, Inputs, Model, OwnAddress, OwnDomain, StageModelName, TextColumn, Threads
from stageclf.stages import LABELS, load_stage_model

MOST_LANGUAGES = 12
MOST_NOTES = 8


def command(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="Output: .csv, .jsonl or .parquet.")],
    model: Model = None,
    text_column: TextColumn = None,
    encoding: Encoding = None,
    stage_model: StageModelName = None,
    own_address: OwnAddress = None,
    own_domain: OwnDomain = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Write placeholders for addresses, numbers and names of the headers.")
    ] = False,
    pseudonymise: Annotated[
        str | None,
        typer.Option(
            "--pseudonymise",
            envvar="STAGECLF_PSEUDONYM_KEY",
            metavar="KEY",
            help="Write senders and recipients as pseudonyms made with this key.",
        ),
    ] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Write labels and ids only.")] = False,
    engine: Engine = EngineName.LOCAL,
    address: Address = None,
    workers: Workers = None,
    threads: Threads = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no tables.")] = False,
) -> None:
    """Label every text of the inputs and write it, its own columns kept, to the output."""
    mapping = load_stage_model(stage_model) if stage_model else None
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from stageclf.privacy import Pseudonyms
    from stageclf.scoring import Privacy

    privacy = Privacy(redact, Pseudonyms(pseudonymise) if pseudonymise else None, no_text)

    console = Console(stderr=True, quiet=quiet)
    bar = Progress(
        "[progress.description]{task.description}",
        BarColumn(),
        "[progress.percentage]{task.percentage:>3.0f}%",
        TextColumn("{task.fields[records]:,} read, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with bar:
        task = bar.add_task("scoring", total=1.0, records=0, rate=0)

        def advance(share: float, records: int) -> None:
            seconds = bar.tasks[task].elapsed or 1e-9
            bar.update(task, completed=share, records=records, rate=records / seconds)

        report = scorer(engine, model=model, threads=threads, address=address, workers=workers)(
            inputs,
            output,
            text_column=text_column,
            encoding=encoding,
            stage_model=mapping,
            own_addresses=own_address or (),
            own_domains=own_domain or (),
            privacy=privacy,
            on_progress=advance,
        )
    if not quiet:
        _show(report, output)
    if not report.scored and report.read.counts["unreadable"]:
        raise ValueError("nothing could be scored: all records are unreadable; the notes say why")


def _show(report, output: Path) -> None:  # noqa: ANN001
    from rich.console import Console

    console = Console(soft_wrap=False)
    if report.scored:
        console.print(_table(report))
    for note, count in report.notes.most_common(MOST_NOTES):
        console.print(f"  {count:>6,} × {note}", markup=False, highlight=False)
    if len(report.notes) > MOST_NOTES:
        console.print(f"  … and {len(report.notes) - MOST_NOTES} other notes, see the column note")
    if report.read.skipped:
        console.print(_left_aside(report.read.skipped), markup=False, highlight=False)
    counts = report.read.counts
    rate = report.scored / report.seconds if report.seconds else 0
    console.print(
        f"{report.read.total:,} read: {report.scored:,} scored ({report.needs_review:,} to be looked at), "
        f"{counts['empty']:,} empty, {counts['unreadable']:,} unreadable",
        highlight=False,
    )
    console.print(
        f"{report.seconds:.1f} s, {rate:,.0f} texts/s; written to {output}", highlight=False, soft_wrap=True
    )


def _left_aside(files: dict[str, str]) -> str:
    """Files of unknown kinds, counted by their ending."""
    endings = Counter(Path(file).suffix.lower() or "no ending" for file in files)
    shown = ", ".join(f"{ending} {count}" for ending, count in endings.most_common())
    return f"  left aside: {len(files)} files of kinds that stageclf does not read ({shown})"


def _table(report):  # noqa: ANN001, ANN202
    """Stages by language, the languages with most texts first."""
    from rich.table import Table

    totals: dict[str, int] = {}
    for (language, _), count in report.stages.items():
        totals[language] = totals.get(language, 0) + count
    languages = sorted(totals, key=lambda language: (-totals[language], language))
    shown = languages[:MOST_LANGUAGES]
    rest = set(languages[MOST_LANGUAGES:])
    table = Table(title="Stages by language")
    table.add_column("stage", no_wrap=True)
    for name in [*shown, *(["other"] if rest else []), "all", "share"]:
        table.add_column(name, justify="right")
    labels = [*LABELS, *sorted({stage for _, stage in report.stages} - set(LABELS))]
    for label in labels:
        cells = [report.stages[language, label] for language in shown]
        if rest:
            cells.append(sum(report.stages[language, label] for language in rest))
        total = sum(count for (_, stage), count in report.stages.items() if stage == label)
        table.add_row(label, *map(str, cells), str(total), f"{total / report.scored:.0%}")
    return table
