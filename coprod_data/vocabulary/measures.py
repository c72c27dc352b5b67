"""Published figures: what they are about, in what unit, and which way is good."""

from coprod_data.vocabulary.base import Worded


class MeasureArea(Worded):
    """What a figure is about."""

    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    HOMES = "homes", "Homes"
    EMPLOYMENT = "employment", "Work and training"


class MeasureUnit(Worded):
    """What its numbers are."""

    PERCENT = "percent", "Percent"
    PEOPLE = "people", "Number of young people"
    NUMBER = "number", "Another number, for example an average"
    RATE = "rate", "Rate per 10,000"


class Better(Worded):
    """Which way is good."""

    UP = "up", "More is better"
    DOWN = "down", "Less is better"
    NEITHER = "neither", "Neither is better"


class MeasureChange(Worded):
    """What a figure says beside the one before."""

    BETTER = "better", "Better"
    WORSE = "worse", "Worse"
    SAME = "same", "The same"
    MOVED = "moved", "Changed"
    HIDDEN = "hidden", "Not comparable"
    ALONE = "alone", "First figure"
