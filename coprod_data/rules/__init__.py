"""Rules without a table and without a session: time, texts, what is hidden, what is counted."""
