"""``python -m calcinosis`` is the command line."""

from calcinosis.cli import main

main()
