"""Sending notices through the one host that the council has named; only the job does."""
