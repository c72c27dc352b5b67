"""Kinds of groups."""

from enum import StrEnum


class GroupKind(StrEnum):
    """What a group is for."""

    BOARD = "board"
    DELIVERY = "delivery"
    ACTION = "action"
    YOUNG_PEOPLE = "young_people"
