"""What a group is for, and each member's part and sector."""

from coprod_data.vocabulary.base import Worded


class GroupKind(Worded):
    """What a group is for."""

    BOARD = "board", "The Board"
    DELIVERY = "delivery", "Delivery group"
    ACTION = "action", "Action group of staff and young people"
    YOUNG_PEOPLE = "young_people", "Young people’s group"
    PARENTS_CARERS = "parents_carers", "Parent and carer forum"
    PANEL = "panel", "Parents’ panel"
    OTHER = "other", "Another group"


# These work only if young people sit in them, so none of them may be all adults.
WITH_YOUNG_PEOPLE = (GroupKind.ACTION, GroupKind.YOUNG_PEOPLE)


class MemberKind(Worded):
    """An adult's part in a group; young people are a number, never a name."""

    MEMBER = "member", "Councillor"
    OFFICER = "officer", "Officer"
    PARENT_CARER = "parent_carer", "Parent or carer"
    PARTNER = "partner", "Partner"


class Sector(Worded):
    """Where a member of a group comes from."""

    CHILDREN = "children", "Children’s services"
    COUNCIL = "council", "Another part of the council"
    EDUCATION = "education", "Education"
    HEALTH = "health", "Health"
    HOUSING = "housing", "Housing"
    JUSTICE = "justice", "Police and justice"
    VOLUNTARY = "voluntary", "Voluntary and community"
    FAMILIES = "families", "Families"
