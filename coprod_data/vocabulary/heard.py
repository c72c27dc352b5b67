"""Broad groups of young people: what each is asked about, and its words for staff."""

from typing import Self

from coprod_data.vocabulary.base import Worded


class HeardQuestion(Worded):
    """What young people may say of themselves on /share and /join, if they want to."""

    AGE = "age", "Age"
    HOME = "home", "Where they live"
    ABOUT = "about", "Asked, if they want to say"


class HeardGroup(Worded):
    """A broad group, the value the name of its column in the tally, and what it answers."""

    question: HeardQuestion

    def __new__(cls, value: str, words: str = "", question: str = "about") -> Self:
        """Make a member from its value, its words and its question."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._words, member.question = words, HeardQuestion(question)
        return member

    UNDER_11 = "under_11", "Under 11", "age"
    FROM_11 = "from_11", "11 to 15", "age"
    FROM_16 = "from_16", "16 and 17", "age"
    FROM_18 = "from_18", "18 to 25", "age"
    FOSTER = "foster", "Foster families", "home"
    FAMILY = "family", "With family or friends", "home"
    CHILDRENS_HOME = "childrens_home", "Children’s homes", "home"
    SUPPORTED = "supported", "Supported lodgings", "home"
    AWAY = "away", "Living outside the area", "about"
    PARENT = "parent", "Young parents", "about"
    SEND = "send", "Special needs or disability", "about"
    CAME_ALONE = "came_alone", "Came to the UK alone", "about"

    @classmethod
    def of(cls, question: HeardQuestion) -> tuple[Self, ...]:
        """Return the groups that answer a question."""
        return tuple(one for one in cls if one.question is question)


ONE_ANSWER = (HeardQuestion.AGE, HeardQuestion.HOME)  # to the other, several may be true
