"""Deadlines (thời hạn), periods and recurring dates: `deadlines` is the entry."""
