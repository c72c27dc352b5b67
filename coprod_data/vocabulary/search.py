"""What a search over everything finds, in the order in which it is shown."""

from coprod_data.vocabulary.base import Worded


class FoundKind(Worded):
    """A kind of thing that is found; its words head the list."""

    WORDS = "words", "In young people’s words"
    REPORT_CARD = "report_card", "Report cards"
    THEME = "theme", "Themes"
    COMMITMENT = "commitment", "Commitments"
    OPPORTUNITY = "opportunity", "Opportunities"
    ACTION = "action", "Actions"
    OUTCOME = "outcome", "What changed"
    QUESTION = "question", "Questions of the participation audit"
    GROUP = "group", "Groups"
    SESSION = "session", "Sessions"
    VENUE = "venue", "Venues"
    COURSE = "course", "Training courses"
    MEETING = "meeting", "Meetings of the Board, and what is on their agendas"
    DECISION = "decision", "What the Board decided"
    PAPER = "paper", "Papers for the Board"
    FINDING = "finding", "What surveys found"
    MEASURE = "measure", "Published figures"
    PRIORITY = "priority", "What young people chose"
    PROJECT = "project", "Projects, and how people are involved"
    RECRUITMENT = "recruitment", "Recruitment with young people"
    POLICY = "policy", "Policies written together"
    LIBRARY = "library", "The library"
    POST = "post", "Who holds which office"
    PERSON = "person", "People"
