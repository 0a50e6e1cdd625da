"""Brief, coverage and evidence to a report: outline → view → template → Markdown."""
