"""Pages without Streamlit: for young people and the public, and the sheets a person downloads."""

from pages.public import (
    about,
    card,
    card_copy,
    exports,
    health,
    join,
    join_feedback,
    papers,
    papers_print,
    room,
    share,
)

ROUTES = [
    *health.ROUTES,
    *share.ROUTES,
    *card.ROUTES,
    *join.ROUTES,
    *join_feedback.ROUTES,
    *about.ROUTES,
]
FOR_PEOPLE_SIGNED_IN = [
    *exports.ROUTES,
    *card_copy.ROUTES,
    *papers.ROUTES,
    *papers_print.ROUTES,
    *room.ROUTES,
]
