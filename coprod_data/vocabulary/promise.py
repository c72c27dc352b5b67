"""How a new wording of The Promise follows the one in force, and where its actions go."""

from coprod_data.vocabulary.base import Worded


class HomeKind(Worded):
    """What becomes of an action once a new wording is adopted."""

    MOVE = "move", "Move to a commitment"
    FINISH = "finish", "Finish: it is done, with evidence"
    DROP = "drop", "Drop it, with a reason"


class WordingChange(Worded):
    """What a new wording does with a commitment of the one before."""

    LEFT_OUT = "left_out", "Left out"
    SPLIT = "split", "Split"
    JOINED = "joined", "Joined"
    RECAST = "recast", "Joined and split"
    REWORDED = "reworded", "Reworded"
    MOVED = "moved", "Other theme"
    NEW = "new", "New"
    SAME = "same", "Same words"
