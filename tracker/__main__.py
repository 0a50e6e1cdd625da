"""The program: `tracker`, and `python -m tracker` where scripts are not on the path."""

import signal


def main() -> None:
    """Load the commands and run one; whoever stops it while it loads has nothing to be told."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tracker.cli.app import main as run  # noqa: PLC0415 - being stopped meanwhile must be settled first

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
