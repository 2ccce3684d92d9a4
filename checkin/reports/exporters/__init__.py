"""The files a report can be written to, one module each. A new one is a new file with SUFFIX and `write`, no list to edit.

`write(file, sheet, step)`: `file` is open for writing bytes; `step()` is called once for each row and may raise
CancelledError; returns the number of rows.
"""
