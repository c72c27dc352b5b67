"""Reads: frozen rows or a DataFrame, never anything that can be saved."""
