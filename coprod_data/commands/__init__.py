"""Writes: a verb, the actor passed in; check, validate, change, record."""

from coprod_data.commands import voice_counts as voice_counts  # its listener counts for them all
