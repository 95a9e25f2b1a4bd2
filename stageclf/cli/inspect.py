"""stageclf inspect: what is in an export and what would be cut, before anything is labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stageclf.cli import options

if TYPE_CHECKING:
    from rich.console import Console

    from stageclf.inbox import Reading, Record
    from stageclf.inbox.survey import Survey

COLOURS = {"quote": "blue", "forward": "magenta", "signature": "cyan", "disclaimer": "yellow", "banner": "red"}
MARGIN = 12
MOST_OF_A_KIND = 12


@click.command("inspect")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Records to show; 0 for counts only.",
)
@click.option(
    "--skip",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Records to leave out before the first one shown.",
)
@options.text_column
@options.encoding
@options.own_address
@options.own_domain
def command(
    inputs: tuple[Path, ...],
    limit: int,
    skip: int,
    text_column: str | None,
    encoding: str | None,
    own_addresses: tuple[str, ...],
    own_domains: tuple[str, ...],
) -> None:
    """Show what is in exports and what would be cut.

    Records come with what is kept and what is cut from them, then counts over all of the input.

    INPUTS are export files, archives or folders of them; see the README.
    """
    from rich.console import Console

    from stageclf.inbox import read
    from stageclf.inbox.survey import Survey

    console = Console(highlight=False)
    reading = read(
        inputs,
        text_column=text_column,
        encoding=encoding,
        own_addresses=own_addresses,
        own_domains=own_domains,
    )
    survey = Survey()
    records = survey.over(reading)
    for record in islice(records, skip, skip + limit):
        _show_record(console, record)
    for _ in records:
        pass
    _show_counts(console, survey, reading)


def _show_record(console: Console, record: Record) -> None:
    from rich.table import Column, Table
    from rich.text import Text

    console.rule(f"{Path(record.source).name} {record.position}", align="left")
    facts = {
        "from": record.sender,
        "to": ", ".join(record.recipients),
        "date": record.date.isoformat(sep=" ") if record.date else "",
        "subject": record.subject,
        "kind": ", ".join(filter(None, (record.channel, record.direction, *_flags(record)))),
        "charset": ", ".join(record.charsets),
        "status": record.status if record.status != "ok" else "",
        "note": record.note,
    }
    grid = Table.grid(Column(width=MARGIN), Column())
    for name, value in facts.items():
        if value:
            grid.add_row(Text(name, style="bold"), Text(value))
    grid.add_row()
    for reason, line in _lines(record):
        style = f"dim {COLOURS.get(reason, 'green')}" if reason else ""
        grid.add_row(Text(reason, style=style), Text(line, style=style))
    console.print(grid)
    console.print()


def _flags(record: Record) -> Iterator[str]:
    if record.auto_submitted:
        yield "sent automatically"
    if record.bulk:
        yield "sent to many"


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    """Reason ("" for kept) and text of every line of a record, in its order."""
    at, raw = 0, record.raw_text or record.text
    for span in sorted(record.removed, key=lambda span: span.start):
        yield from (("", line) for line in raw[at : span.start].splitlines())
        yield from ((span.reason, line) for line in raw[span.start : span.end].splitlines())
        at = span.end
    yield from (("", line) for line in raw[at:].splitlines())


def _show_counts(console: Console, survey: Survey, reading: Reading) -> None:
    from rich.table import Table

    total = survey.statuses.total()
    table = Table(title=f"{total:,} records", show_header=False, title_justify="left")
    if survey.first and survey.last:
        table.add_row("dates", f"{survey.first:%Y-%m-%d} to {survey.last:%Y-%m-%d}")
    for name, counts in (
        ("status", survey.statuses),
        ("channel", survey.channels),
        ("direction", survey.directions),
        ("language", survey.languages),
        ("charset", survey.charsets),
    ):
        if set(counts) - {"-"}:
            table.add_row(name, _shares(counts))
    if survey.auto_submitted or survey.bulk:
        table.add_row("machines", f"{survey.auto_submitted:,} sent automatically, {survey.bulk:,} sent to many")
    if survey.removed:
        table.add_row("cut", f"characters: {_shares(survey.removed)}; {survey.characters:,} are left to label")
    for note, count in survey.notes.most_common(MOST_OF_A_KIND):
        table.add_row("note", f"{count:,} × {note}")
    if reading.report.repeated:
        table.add_row("met again", f"{len(reading.report.repeated):,} files, each read once")
    for path, why in islice(reading.report.skipped.items(), MOST_OF_A_KIND):
        table.add_row("left aside", f"{path}: {why}")
    console.print(table)


def _shares(counts: Counter[str]) -> str:
    shown = ", ".join(f"{name} {count:,}" for name, count in counts.most_common(MOST_OF_A_KIND))
    return shown + (f" and {len(counts) - MOST_OF_A_KIND} more" if len(counts) > MOST_OF_A_KIND else "")
