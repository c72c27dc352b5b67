"""How long a one-time link lasts: the one place that the command and the page ask."""

from datetime import timedelta

RESET_LASTS = timedelta(hours=24)
