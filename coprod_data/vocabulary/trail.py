"""What is noted in the trail: coming and going, what was refused, what was taken out."""

from coprod_data.vocabulary.base import Worded


class TrailKind(Worded):
    """What somebody did or tried, without any words of an entry."""

    SIGNED_IN = "signed_in", "signed in"
    SIGN_IN_REFUSED = "sign_in_refused", "was refused at sign-in"
    RIGHT_REFUSED = "right_refused", "was refused a right"
    EXPORTED = "exported", "downloaded"
