"""What the inbox readers reach, as a table.

    python scripts/measure_inbox.py --fixtures ../shared/fixtures
    python scripts/measure_inbox.py --fixtures ../shared/fixtures --only mail replies

Everything runs on this machine; the fixtures are only read.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))

AREAS = ("replies", "mail", "containers", "chat")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--fixtures", type=Path, required=True)
    parser.add_argument("--only", nargs="*", choices=AREAS, default=AREAS)
    args = parser.parse_args()
    table = Table("what", "reached", "must reach", "met")
    for area in args.only:
        for row in importlib.import_module(f"inbox_targets.{area}").rows(args.fixtures):
            table.add_row(row.what, row.reached, row.must, "yes" if row.met else "NO")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
