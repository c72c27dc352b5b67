"""Pages without Streamlit: for young people and the public, and the sheets a person downloads."""

from pages.public import (
    about,
    calendars,
    card,
    card_copy,
    exports,
    health,
    join,
    join_feedback,
    meeting_screen,
    papers,
    papers_print,
    room,
    room_demonstration,
    share,
    useful,
)

ROUTES = [
    *health.ROUTES,
    *share.ROUTES,
    *card.ROUTES,
    *join.ROUTES,
    *join_feedback.ROUTES,
    *about.ROUTES,
    *calendars.ROUTES,
    *useful.ROUTES,
]
FOR_PEOPLE_SIGNED_IN = [
    *exports.ROUTES,
    *calendars.OF_ONE,
    *card_copy.ROUTES,
    *papers.ROUTES,
    *papers_print.ROUTES,
    *meeting_screen.ROUTES,
    *room_demonstration.ROUTES,
    *room.ROUTES,
    *useful.OF_ONE,
]
