"""Writes: a verb, the actor passed in; check, validate, change, record."""

# Imported for its listener, which counts for every command.
from coprod_data.commands import report_cards_counts as report_cards_counts
