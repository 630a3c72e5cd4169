"""All commands together: importing this module hangs every group on ``program``."""

from __future__ import annotations

from tsguard.cli import (
    backup_commands,
    demo_command,
    export_command,
    guard_command,
    health_commands,
    history_command,
    key_commands,
    module_commands,
    pack_commands,
    paper_commands,
    self_test_command,
    vault_commands,
    verify_command,
)
from tsguard.cli.program import program

__all__ = [
    "backup_commands",
    "demo_command",
    "export_command",
    "guard_command",
    "health_commands",
    "history_command",
    "key_commands",
    "module_commands",
    "pack_commands",
    "paper_commands",
    "program",
    "self_test_command",
    "vault_commands",
    "verify_command",
]
