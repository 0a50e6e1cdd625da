"""Files to records: every problem found on the way is a value with its place."""
