"""Other people's documents, read into lines and then into records for a person to finish.

- Readers: `source` tells what a file is; `text`, `docx`, `pdf` and `html` (with `docx_*`, `pdf_text`, `html_*`,
  `list_numbers`) make numbered lines of it.
- Lines, for both: `lines`, `page_furniture`, `footnotes`, `note_marks` and `joining` take out what belongs to pages,
  keep footnotes apart and join what was wrapped; `labels` reads 3., (a), II and 一; `rules` holds a language's words.
- `resolution`, line by line: `cleaning` and `scan` say what each line could be; `outline` decides and builds the
  `open_tree` of `nodes`, by `numbering`, `sublist` and `restarts`; `title`, `paragraphs`, `requests`, `addressees`,
  `reporting` and `suspicions` make the record.
- `report`, block by block: `blocks`; `masthead` is its first page; `sections` builds the `report_tree`, by `headings`
  and `heading_levels`; `skeletons` makes entries, of which `facts`, `actors` and `dates` say what is plain;
  `reportrules` holds a language's patterns.
- The workbook that replies are collected on, and come back in: `form`; `workbook` reads it, by `workbook_parts` (is it
  safe to open?), `reply_sheet` (where the columns are) and `unread` (what stands elsewhere), into what is `filled`;
  `reply_dates`.
- `archive` unpacks Word files and workbooks within bounds.
"""
