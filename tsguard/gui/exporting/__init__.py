"""Parts of the export page: what is chosen, what is missing, the real pages; and files written in clear."""
