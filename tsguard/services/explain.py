"""Errors in words: what happened, what it means for the data, what to do. One door to all the rows."""

from __future__ import annotations

from tsguard.services.explain_files import size_text
from tsguard.services.explain_given import field_rule_sentence
from tsguard.services.explain_packs import fingerprint_text
from tsguard.services.explain_vault import damage_words
from tsguard.services.explanation import Explanation, explain

__all__ = ["Explanation", "damage_words", "explain", "field_rule_sentence", "fingerprint_text", "size_text"]
