"""Assignments (phân công) of tasks to bodies: `assignments` is the entry, the other modules hold one idea each."""
