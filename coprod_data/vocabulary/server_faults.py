"""What can be wrong with a server, as its health says it: a phrase that names nobody."""

from coprod_data.vocabulary.base import Worded


class ServerFault(Worded):
    """One fault that keeps a server from being ready."""

    AWAY = "away", "database away"
    SAVES_NOTHING = "saves_nothing", "database saves nothing"
    DISK = "disk", "disk nearly full"
    OLDER = "older", "database of an older release"
    NEWER = "newer", "database of a newer release"
    GUARDS = "guards", "guards lost"
    OPEN = "open", "files open to others"
    KEY = "key", "key file cannot be used"
    OTHER_KEY = "other_key", "key of another database"
    LOG = "log", "log not proven"
    NOTE = "note", "seal note missing"
    ERASURES = "erasures", "list of erased entries cannot be written"
    JOBS = "jobs", "jobs late"
    WIPING = "wiping", "erased words not wiped"
    NOTICES = "notices", "notices not sent"
    CLOCK = "clock", "clock behind"
    AHEAD = "ahead", "clock ahead, or no jobs for a month"
