"""The offices that answer for children in care, each held by somebody for a time."""

from coprod_data.vocabulary.base import Worded


class Office(Worded):
    """An office of the council that the Board deals with."""

    PORTFOLIO_HOLDER = "portfolio_holder", "Portfolio holder"
    EXECUTIVE_DIRECTOR = "executive_director", "Executive director"
    LEAD_OFFICER = "lead_officer", "Lead officer"
    CLERK = "clerk", "Clerk to the Board"
