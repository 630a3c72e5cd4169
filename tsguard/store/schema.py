"""The tables of each version, word for word as they are in every vault of that version.

Released statements are never edited: a change is a new migration. So nothing here may be computed from
the code of today, such as an enumeration's members; a test compares the two instead.
"""

from __future__ import annotations

from tsguard.store.driver import Database

VERSION_1 = (
    """
    CREATE TABLE meta (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE settings (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE enterprises (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        credit_code TEXT NOT NULL,
        enterprise_type TEXT NOT NULL,
        legal_representative TEXT NOT NULL,
        registered_address TEXT NOT NULL,
        business_address TEXT NOT NULL,
        district TEXT NOT NULL CHECK (district IN
            ('xiangzhou', 'jinwan', 'doumen', 'high_tech', 'hezhou', 'other')),
        district_other TEXT NOT NULL,
        park TEXT NOT NULL,
        founded_on TEXT,
        registered_capital TEXT NOT NULL,
        size TEXT NOT NULL CHECK (size IN ('micro', 'small', 'medium', 'large')),
        staff INTEGER,
        rd_staff INTEGER,
        secret_staff INTEGER,
        lead TEXT NOT NULL,
        lead_post TEXT NOT NULL,
        department TEXT NOT NULL,
        secrecy_staff INTEGER,
        contact_name TEXT NOT NULL,
        contact_phone TEXT NOT NULL,
        sample INTEGER NOT NULL CHECK (sample IN (0, 1)),
        note TEXT NOT NULL
    ) STRICT
    """,
    # Frozen checklists and programmes, each once however many assessments share it.
    """
    CREATE TABLE frozen_texts (
        sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
        json TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE assessments (
        id TEXT NOT NULL PRIMARY KEY,
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        title TEXT NOT NULL,
        baseline TEXT NOT NULL,
        started TEXT NOT NULL,
        modules TEXT NOT NULL CHECK (json_type(modules) = 'array'),
        checklist_sha256 TEXT NOT NULL REFERENCES frozen_texts (sha256),
        programme_sha256 TEXT NOT NULL REFERENCES frozen_texts (sha256)
    ) STRICT
    """,
    "CREATE INDEX assessments_by_enterprise ON assessments (enterprise)",
    """
    CREATE TABLE answers (
        assessment TEXT NOT NULL REFERENCES assessments (id),
        item TEXT NOT NULL,
        verdict TEXT CHECK (verdict IN ('met', 'partly', 'not_met', 'unknown', 'not_applicable')),
        note TEXT NOT NULL,
        reason TEXT NOT NULL,
        ask_again TEXT,
        ask_whom TEXT NOT NULL,
        flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
        PRIMARY KEY (assessment, item)
    ) STRICT
    """,
    # A file without a SHA-256 is being stored, or being removed.
    """
    CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        sha256 TEXT UNIQUE CHECK (length(sha256) = 64),
        sm3 TEXT CHECK (length(sm3) = 64),
        size INTEGER NOT NULL CHECK (size >= 0),
        CHECK ((sha256 IS NULL) = (sm3 IS NULL))
    ) STRICT
    """,
    """
    CREATE TABLE file_chunks (
        file INTEGER NOT NULL REFERENCES files (id),
        number INTEGER NOT NULL CHECK (number >= 0),
        content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 1048576),
        PRIMARY KEY (file, number)
    ) STRICT
    """,
    """
    CREATE TABLE evidence (
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        file_name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT REFERENCES files (sha256),
        sm3 TEXT NOT NULL,
        dated TEXT,
        expires TEXT,
        pages INTEGER,
        tier TEXT CHECK (tier IN ('core', 'important', 'general')),
        redacted INTEGER NOT NULL CHECK (redacted IN (0, 1)),
        paper_at TEXT NOT NULL,
        PRIMARY KEY (enterprise, id)
    ) STRICT
    """,
    "CREATE INDEX evidence_by_file ON evidence (sha256)",
    """
    CREATE TABLE evidence_items (
        enterprise TEXT NOT NULL,
        evidence TEXT NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
        item TEXT NOT NULL,
        PRIMARY KEY (enterprise, evidence, position),
        FOREIGN KEY (enterprise, evidence) REFERENCES evidence (enterprise, id)
    ) STRICT
    """,
    """
    CREATE TABLE secret_points (
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        category TEXT NOT NULL CHECK (category IN ('technical', 'business', 'other')),
        kind TEXT NOT NULL,
        tier TEXT NOT NULL CHECK (tier IN ('core', 'important', 'general')),
        origin TEXT NOT NULL CHECK (origin IN
            ('own', 'joint', 'commissioned', 'licensed', 'customer')),
        formed_on TEXT,
        location TEXT NOT NULL,
        holders INTEGER,
        review_on TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (enterprise, id)
    ) STRICT
    """,
    # The number to give next; it only ever grows, so that no number is given twice.
    """
    CREATE TABLE sequences (
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        kind TEXT NOT NULL,
        next INTEGER NOT NULL CHECK (next > 1),
        PRIMARY KEY (enterprise, kind)
    ) STRICT
    """,
    """
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY CHECK (seq > 0),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        action TEXT NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        before_hash TEXT CHECK (length(before_hash) = 64),
        after_hash TEXT CHECK (length(after_hash) = 64),
        after TEXT,
        previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        CHECK ((after IS NULL) = (after_hash IS NULL))
    ) STRICT
    """,
    """
    CREATE TRIGGER journal_keeps_its_words BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_keeps_its_entries BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
)


def create_version_1(database: Database) -> None:
    """Make the tables of version 1 in an empty database, inside the caller's transaction."""
    for statement in VERSION_1:
        database.execute(statement)


VERSION_2 = (
    # A value is never empty: what is taken back has no row.
    """
    CREATE TABLE form_values (
        assessment TEXT NOT NULL REFERENCES assessments (id),
        field TEXT NOT NULL,
        value TEXT NOT NULL CHECK (value <> ''),
        PRIMARY KEY (assessment, field)
    ) STRICT
    """,
)
"""What version 2 adds: the values of application forms."""


def add_version_2(database: Database) -> None:
    """Make the tables that version 2 adds, inside the caller's transaction."""
    for statement in VERSION_2:
        database.execute(statement)


VERSION_3 = (
    """
    CREATE TABLE rectifications (
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        id TEXT NOT NULL,
        item TEXT NOT NULL,
        source TEXT NOT NULL CHECK (source IN
            ('assessment', 'inspection', 'incident', 'review', 'park')),
        problem TEXT NOT NULL,
        cause TEXT NOT NULL,
        measures TEXT NOT NULL,
        department TEXT NOT NULL,
        owner TEXT NOT NULL,
        resources TEXT NOT NULL,
        due TEXT,
        extended TEXT NOT NULL,
        done_on TEXT,
        evidence TEXT NOT NULL,
        checker TEXT NOT NULL,
        recheck TEXT NOT NULL CHECK (recheck IN ('open', 'passed', 'failed')),
        checked_on TEXT,
        opened_on TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (enterprise, id)
    ) STRICT
    """,
    """
    CREATE TABLE issued_documents (
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        id TEXT NOT NULL,
        assessment TEXT NOT NULL REFERENCES assessments (id),
        kind TEXT NOT NULL CHECK (kind IN
            ('application', 'report', 'rectification', 'exhibits', 'plan', 'method', 'transmittal', 'bound')),
        level TEXT NOT NULL CHECK (level IN ('internal', 'submission')),
        format TEXT NOT NULL CHECK (format IN ('pdf', 'docx')),
        number TEXT NOT NULL,
        dated TEXT,
        issued_at TEXT NOT NULL,
        file_name TEXT NOT NULL,
        pages INTEGER NOT NULL CHECK (pages >= 0),
        size INTEGER NOT NULL CHECK (size >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        journal_head TEXT NOT NULL,
        signed INTEGER NOT NULL CHECK (signed IN (0, 1)),
        locked INTEGER NOT NULL CHECK (locked IN (0, 1)),
        scan_sha256 TEXT REFERENCES files (sha256),
        scan_sm3 TEXT NOT NULL,
        scan_name TEXT NOT NULL,
        scan_type TEXT NOT NULL,
        scan_size INTEGER NOT NULL,
        scanned_on TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (enterprise, id)
    ) STRICT
    """,
    "CREATE INDEX issued_documents_by_scan ON issued_documents (scan_sha256)",
    """
    CREATE TABLE clearances (
        enterprise TEXT NOT NULL REFERENCES enterprises (id),
        id TEXT NOT NULL,
        key TEXT NOT NULL CHECK (length(key) = 64),
        kind TEXT NOT NULL CHECK (kind IN
            ('application', 'report', 'rectification', 'exhibits', 'plan', 'method', 'transmittal', 'bound')),
        source TEXT NOT NULL,
        quote TEXT NOT NULL,
        page INTEGER NOT NULL,
        reason TEXT NOT NULL,
        cleared_on TEXT,
        PRIMARY KEY (enterprise, id)
    ) STRICT
    """,
)
"""What version 3 adds: rectification tasks, documents that were issued, and hits that were let pass."""


def add_version_3(database: Database) -> None:
    """Make the tables that version 3 adds, inside the caller's transaction."""
    for statement in VERSION_3:
        database.execute(statement)


ALL_STATEMENTS = (*VERSION_1, *VERSION_2, *VERSION_3)
"""Of every version."""
