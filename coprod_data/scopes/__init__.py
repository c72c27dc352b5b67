"""Who may touch which rows, as SQL conditions; no reads."""
