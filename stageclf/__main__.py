"""python -m stageclf: the same as the command stageclf."""

from stageclf.cli import main

main()
