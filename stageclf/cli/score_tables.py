"""What stands at the end of a run: stages by language, notes, counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from stageclf.scoring import ScoreReport
from stageclf.stages import LABELS

MOST_LANGUAGES = 12
MOST_NOTES = 8


def show_report(console: Console, report: ScoreReport, output: str) -> None:
    """Print the report of a run to `output`."""
    if report.scored:
        console.print(_table(report))
    for note, count in report.notes.most_common(MOST_NOTES):
        console.print(f"  {count:>6,} × {note}", markup=False, highlight=False)
    if len(report.notes) > MOST_NOTES:
        console.print(f"  … and {len(report.notes) - MOST_NOTES} other notes, see the column note")
    if report.read.skipped:
        console.print(_left_aside(report.read.skipped), markup=False, highlight=False)
    counts = report.read.counts
    new = report.read.total - report.resumed
    rate = new / report.seconds if report.seconds else 0
    console.print(
        f"{report.read.total:,} read: {report.scored:,} scored ({report.needs_review:,} to be looked at), "
        f"{counts['empty']:,} empty, {counts['unreadable']:,} unreadable",
        highlight=False,
    )
    before = f" ({report.resumed:,} of them finished before)" if report.resumed else ""
    console.print(
        f"{report.seconds:.1f} s, {rate:,.0f} texts/s{before}; written to {output}", highlight=False, soft_wrap=True
    )


def _left_aside(files: dict[str, str]) -> str:
    """Files of unknown kinds, counted by their ending."""
    endings = Counter(Path(file).suffix.lower() or "no ending" for file in files)
    shown = ", ".join(f"{ending} {count}" for ending, count in endings.most_common())
    return f"  left aside: {len(files)} files of kinds that stageclf does not read ({shown})"


def _table(report: ScoreReport) -> Table:
    """Stages by language, the languages with most texts first."""
    totals: Counter[str] = Counter()
    for (language, _), count in report.stages.items():
        totals[language] += count
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
