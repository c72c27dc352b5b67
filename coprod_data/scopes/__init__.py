"""Who may touch which rows, as SQL conditions, and what several reads and commands ask first."""
