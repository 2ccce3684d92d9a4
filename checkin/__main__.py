"""`python -m checkin` and the `checkin` program."""

import sys


def main() -> None:
    """Run a command and leave with its exit code."""
    from checkin.cli._group import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
