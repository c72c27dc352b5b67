"""The library: kinds of items, how complete one is, in which formats it is there, its state."""

from coprod_data.vocabulary.base import Worded


class LibraryKind(Worded):
    """What an item is."""

    GUIDANCE = "guidance", "Guidance"
    TOOLKIT = "toolkit", "Toolkit"
    STANDARDS = "standards", "Standard set"
    PRACTICE = "practice", "Shared practice"
    HOME = "home", "Tool for home"
    SCHOOL = "school", "Tool for school"
    LEARNED = "learned", "Learned from"


class Completeness(Worded):
    """How complete an item is, the least complete first."""

    BEGUN = "begun", "Begun"
    DRAFTED = "drafted", "Drafted"
    TRIED = "tried", "Tried out with people"
    AGREED = "agreed", "Agreed with who made it"


class LibraryFormat(Worded):
    """A format of an item: each is a file, or a link."""

    STANDARD = "standard", "Standard"
    EASY_READ = "easy_read", "Easy-read"
    LARGE_PRINT = "large_print", "Large print"
    AUDIO = "audio", "Audio"


class LibraryState(Worded):
    """Whether the Youth Voice Team has let an item out."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
