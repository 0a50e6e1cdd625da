"""The commands, one file each: they read options, call the stages, print, and set the exit code."""
