"""VALUES TO DOCX: the same blocks as a PDF is set from, as a document to go on writing in.

Nothing here decides what a report says, and nothing in the file is locked.
"""

from tsguard.report.docx.writer import render_docx

__all__ = ["render_docx"]
