"""Lets `python -m tracker` stand in where scripts are not on the path."""

from tracker.cli.app import main

if __name__ == "__main__":
    main()
