"""Funding figures (kinh phí) of running text: `funding` is the entry, the other modules hold one idea each."""
