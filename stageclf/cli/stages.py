"""stageclf stages: the taxonomy."""

from __future__ import annotations

import click

from stageclf.cli import options
from stageclf.stages import STAGES, builtin_stage_models, load_stage_model


@click.command("stages")
@options.stage_model
@click.option(
    "--language", "-l", default="en", show_default=True, metavar="CODE", help="Language of the names: el, de or en."
)
def command(stage_model: str | None, language: str) -> None:
    """Show the six labels.

    What they mean, their names, what to do, and how another model maps onto them."""
    from rich.console import Console
    from rich.table import Table

    if language not in STAGES[0].names:
        raise ValueError(f"no names in {language!r}; there are: {', '.join(STAGES[0].names)}")
    mapping = load_stage_model(stage_model) if stage_model else None
    table = Table(show_lines=True)
    for column in ("label", "name", "meaning", "what to do", *([mapping.name] if mapping else [])):
        table.add_column(column, no_wrap=column == "label")
    for stage in STAGES:
        row = [stage.label, stage.names[language], stage.definition, stage.action]
        table.add_row(*row, *([mapping.map(stage.label) or "–"] if mapping else []))
    console = Console()
    console.print(table)
    console.print(f"Other models of the buying process (--stage-model): {', '.join(builtin_stage_models())}")
