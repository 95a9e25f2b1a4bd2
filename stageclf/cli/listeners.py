"""Who hears of the progress of a run: a bar on a terminal, lines of JSON, or nobody."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from stageclf.scoring import Event

SECONDS_BETWEEN_LINES = 5.0


class Listener:
    """A context manager around a run; this one stays silent. `finished` counts records that are kept."""

    in_json = False

    def __init__(self) -> None:
        self.finished = 0

    def hear(self, event: Event) -> None:
        """Something happened."""
        self.finished = event.values.get("finished", self.finished)

    def say(self, name: str, text: str) -> None:
        """Tell why the run ends early; `name` is "stopped" or "error"."""
        print(text, file=sys.stderr)

    def __enter__(self) -> Listener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class JsonLines(Listener):
    """One JSON object a line on standard error; progress every five seconds at most."""

    in_json = True

    def __init__(self) -> None:
        super().__init__()
        self._last = float("-inf")

    def hear(self, event: Event) -> None:
        super().hear(event)
        now = time.monotonic()
        if event.name == "progress":
            if now - self._last < SECONDS_BETWEEN_LINES:
                return
            self._last = now
        self._print({"event": event.name, **event.values})

    def say(self, name: str, text: str) -> None:
        self._print({"event": name, "text": text, "finished": self.finished})

    def _print(self, values: dict[str, Any]) -> None:
        print(json.dumps(values, ensure_ascii=False), file=sys.stderr, flush=True)


class Bar(Listener):
    """A bar on a terminal, and notes; in a pipe only the notes."""

    def __init__(self) -> None:
        super().__init__()
        console = Console(stderr=True)
        self._bar = Progress(
            "[progress.description]{task.description}",
            BarColumn(),
            "[progress.percentage]{task.percentage:>3.0f}%",
            TextColumn("{task.fields[read]:,} read, {task.fields[scored]:,} scored, {task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("scoring", total=1.0, read=0, scored=0, rate=0)

    def hear(self, event: Event) -> None:
        super().hear(event)
        values = event.values
        if event.name == "note":
            self._bar.console.print(f"Note: {values['text']}", markup=False, highlight=False, soft_wrap=True)
        elif event.name == "progress":
            counts = {name: values[name] for name in ("read", "scored", "rate")}
            self._bar.update(self._task, completed=values["share"], **counts)

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


def listener_for(quiet: bool, log_json: bool) -> Listener:
    """The one that the options ask for."""
    if log_json:
        return JsonLines()
    return Listener() if quiet else Bar()
