"""Parts about what opens a vault: choosing a passphrase, the recovery code."""
