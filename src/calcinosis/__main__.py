"""``python -m calcinosis`` is the command line."""

from calcinosis.interfaces.cli.main import main

main()
