"""Records to coverage: what has been reported on each unit. Derived, never written by hand."""
