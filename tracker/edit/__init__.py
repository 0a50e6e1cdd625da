"""One place of a YAML file changed, every other byte kept: new bytes are made here, and written by the commands."""
