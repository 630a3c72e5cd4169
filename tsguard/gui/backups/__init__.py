"""Parts of the backups page: its list, its settings, restoring, and the backup that locking makes."""
