"""Writes: a verb, the actor passed in; check, validate, change, record."""
