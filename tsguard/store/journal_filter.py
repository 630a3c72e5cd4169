"""Which journal entries are wanted, and the condition of a statement that finds them."""

from __future__ import annotations

from dataclasses import dataclass, field

_NOT_READ = (
    "'enterprise', 'assessment', 'modules', 'checklist_sha256', 'programme_sha256', "
    "'sha256', 'sm3', 'media_type', 'scan_sha256', 'scan_sm3', 'scan_type', 'journal_head'"
)
"""Fields of a state that no person ever wrote or reads."""
_LONGEST_PATTERN = 50_000  # in bytes; SQLite's own bound


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries are wanted; everything that is "" or empty asks for nothing.

    Attributes:
        kinds: Kinds of records.
        other_than: Kinds of records that are not wanted.
        but: Records that are not wanted, as kind and key; the key "" means all of the kind.
        who: Whose entries.
        since: The earliest moment, as the journal writes it.
        until: The first moment that is too late.
        text: Found in the record's id or in what was written into it; capitals of ASCII don't matter.
        atoms: Values of which one stands in the record, as another way to be found by ``text``.
        digest: Hexadecimal digits that the entry's hash begins with, as one more way; then also an entry
            that ``but`` leaves out.
    """

    kinds: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    but: tuple[tuple[str, str], ...] = ()
    who: str = ""
    since: str = ""
    until: str = ""
    text: str = field(default="", repr=False)
    atoms: tuple[str, ...] = ()
    digest: str = ""


def condition(wanted: JournalFilter) -> tuple[str, list[object]]:
    """The condition of a statement, and what stands for its question marks."""
    parts: list[str] = ["1"]
    parameters: list[object] = []
    for kinds, word in ((wanted.kinds, "IN"), (wanted.other_than, "NOT IN")):
        if kinds:
            parts.append(f"kind {word} ({', '.join('?' * len(kinds))})")
            parameters += kinds
    for kind, key in wanted.but:
        parts.append(f"({'NOT (kind = ? AND key = ?)' if key else 'kind <> ?'}{_or_hash(wanted)})")
        parameters += [*((kind, key) if key else (kind,)), *_hash_of(wanted)]
    for value, comparison in ((wanted.who, "who ="), (wanted.since, "at >="), (wanted.until, "at <")):
        if value:
            parts.append(f"{comparison} ?")
            parameters.append(value)
    if wanted.text:
        _find(wanted, parts, parameters)
    return " AND ".join(parts), parameters


def _find(wanted: JournalFilter, parts: list[str], parameters: list[object]) -> None:
    """Add the search: in the id behind the owner's, and in the values of the state."""
    escaped = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped}%"
    if not _askable(like):
        parts.append("0")
        return
    atoms = f" OR atom IN ({', '.join('?' * len(wanted.atoms))})" if wanted.atoms else ""
    # JSON writes some characters otherwise, so a look at the whole text would miss them.
    otherwise = any(each < " " or each in '"\\' for each in wanted.text)
    whole = "" if wanted.atoms or otherwise else "after LIKE ? ESCAPE '\\' AND "
    parts.append(
        "(substr(key, instr(key, '/') + 1) LIKE ? ESCAPE '\\' AND instr(key, '/') > 0"  # noqa: S608
        f" OR {whole}EXISTS (SELECT 1 FROM json_tree(after) AS part WHERE part.atom IS NOT NULL"
        f" AND (part.key IS NULL OR part.key NOT IN ({_NOT_READ}))"
        f" AND (part.atom LIKE ? ESCAPE '\\'{atoms})){_or_hash(wanted)})"
    )
    parameters += [like, *([like] if whole else []), like, *wanted.atoms, *_hash_of(wanted)]


def _askable(like: str) -> bool:
    """Whether SQLite takes a pattern; what is longer, or no text, stands in no record either."""
    try:
        return "\0" not in like and len(like.encode()) <= _LONGEST_PATTERN
    except UnicodeEncodeError:  # half a surrogate pair
        return False


def _or_hash(wanted: JournalFilter) -> str:
    return " OR hash LIKE ?" if wanted.digest else ""


def _hash_of(wanted: JournalFilter) -> list[object]:
    return [f"{wanted.digest}%"] if wanted.digest else []
