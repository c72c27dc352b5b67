"""What may wait for somebody on their own page of work."""

from coprod_data.vocabulary.base import Worded


class WorkKind(Worded):
    """A kind of wait, in the order of the page: the most urgent kind first."""

    HOLD_UNOPENED = "hold_unopened", "On hold, and not opened yet"
    MESSAGE_LEFT = "message_left", "A message was left about a hold. Ring again"
    TAKEN_BACK = "taken_back", "Taken back before anybody read it"
    URGENT = "urgent", "Urgent: to be read first"
    SECOND = "second", "A second person is needed"
    WISH = "wish", "A young person wants somebody to talk to them"
    TO_READ = "to_read", "To read"
    REPLIES = "replies", "Replies owed to young people"
    REWORD = "reword", "Texts that repeat words which were taken back"
    FOR_OTHERS = "for_others", "You proposed this. Others decide"
    NOBODY = "nobody", "Nobody here may read this"


URGENT_WORK = (WorkKind.HOLD_UNOPENED, WorkKind.MESSAGE_LEFT)
