"""A report as a Word file: Markdown in blocks → the named styles of `templates/report.docx`."""
