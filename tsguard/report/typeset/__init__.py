"""From blocks to pages: line breaking, tables, charts, page furniture.

It knows nothing of companies and answers: a document comes in, drawn pages go out.
"""
