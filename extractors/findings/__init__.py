"""Findings: what a document says against itself, or leaves open. `findings` is the entry, the others one check each."""
