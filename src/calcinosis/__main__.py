"""``python -m calcinosis`` is the command line; Ctrl-C ends it quietly, also while it loads."""

import sys

if __name__ == "__main__":
    try:
        from calcinosis.interfaces.cli.main import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)
