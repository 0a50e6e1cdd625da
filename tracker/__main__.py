"""The program: `tracker`, and `python -m tracker` where scripts are not on the path."""

import gc
import signal


def main() -> None:
    """Load the commands and run one; whoever stops it while it loads has nothing to be told."""
    # A command makes its records once and ends: looking for garbage among them again and again finds none.
    gc.set_threshold(200_000)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tracker.cli.app import main as run  # noqa: PLC0415 - being stopped meanwhile must be settled first

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
