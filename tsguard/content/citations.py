"""Citations as modules write them: ``法释7§6(4)（参照）``."""

from __future__ import annotations

from tsguard.domain.basis import Citation


def parse_citation(text: str) -> Citation | None:
    """A citation from its text; None where it has no source.

    The remark is a last bracket in full-width parentheses. An article label may hold such brackets
    itself (``三（三）5``), so only one at the very end counts, and not where the article would end empty.
    """
    source, mark, article = text.partition("§")
    body = article if mark else source
    remark = ""
    if body.endswith("）"):
        start = body.rfind("（")
        if start > 0:
            body, remark = body[:start], body[start + 1 : -1]
    source, article = (source, body) if mark else (body, "")
    source, article = source.strip(), article.strip()
    if not source or (mark and not article):
        return None
    return Citation(source, article, remark)
