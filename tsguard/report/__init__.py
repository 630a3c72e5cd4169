"""Values to PDF: a document model with disclosure levels, and the drawing of it.

The only package that imports reportlab, pikepdf and pypdfium2. It knows no vault, no clock and no Qt.
"""
