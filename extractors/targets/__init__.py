"""Targets (chỉ tiêu) of running text: `targets` is the entry, the other modules hold one idea each."""
