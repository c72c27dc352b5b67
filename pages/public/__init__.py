"""Pages without Streamlit, for young people and the public."""

from pages.public import health, share

ROUTES = [*health.ROUTES, *share.ROUTES]
