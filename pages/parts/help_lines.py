"""Whom a young person can call now: the same lines on every page, of any kind.

Lines that are open all day come first, then the council's number that is open now. The other one
comes last and says when it opens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from coprod_data.queries.settings import Duty
from pages.parts.wording import catalogue, day_words, hour_words, near_day_words, opening_words, say

CHAT = "https://www.childline.org.uk/get-support/1-2-1-counsellor-chat/"
SHOUT = "sms:85258?body=SHOUT"
POLICE_NUMBER, CHILDLINE_NUMBER = "999", "0800 1111"
NAMES = ("SHOUT", "Shout", "Childline", "Samaritans", "Relay UK")
SHOUT_NUMBER, SAMARITANS_NUMBER = "85258", "116 123"


@dataclass(frozen=True)
class HelpLine:
    """A number to call, or another way to reach somebody. `shown` is the number or the word."""

    words: str
    shown: str
    href: str


def help_lines(duty: Duty | None = None, council: str = "") -> list[HelpLine]:
    """Return whom to call, in this order; without a rota, those of the whole country."""
    everywhere = [
        _call(say("help.police"), POLICE_NUMBER),
        _call(say("help.childline"), CHILDLINE_NUMBER),
        HelpLine(say("help.chat"), say("help.chat_open"), CHAT),
        HelpLine(say("help.shout"), SHOUT_NUMBER, SHOUT),
        _call(say("help.samaritans"), SAMARITANS_NUMBER),
    ]
    if duty is None:
        return everywhere
    numbers = [duty.phone, duty.out_of_hours]
    answering, shut = numbers if duty.open_now else reversed(numbers)
    if shut == answering:
        shut = ""
    when = hour_words(duty.changes_at, duty.at)
    closed = "help.closed_now" if duty.then else "help.closed"
    ours = (("help.open_now", answering), (closed, shut))
    return everywhere + [
        _call(say(name, council=council, when=when), number) for name, number in ours if number
    ]


def read_later_words(duty: Duty) -> str:
    """Return that nobody reads before hours begin; within hours, by which day at the latest.

    Without a day where nobody is there then.
    """
    if duty.open_now:
        return say("reader.not_before", when=near_day_words(duty.reads_by, duty.at))
    if not duty.then:
        return say("reader.not_now")
    return say("reader.before", when=opening_words(duty.opens_at, duty.at))


def here_words(names: Sequence[str]) -> str:
    """Return that those who are with a young person at a session can read this now."""
    together = " and ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])
    return say("reader.here" if len(names) == 1 else "reader.here_more", names=together)


def late_words(duty: Duty, read_by: date) -> str:
    """Return the day that was promised for what is late, and whom to call: no other day.

    Another promise each day would be broken each day.
    """
    number = (duty.phone if duty.open_now else duty.out_of_hours) or CHILDLINE_NUMBER
    return say("place.reading_late_by", day=day_words(read_by), number=number)


def names_kept(sentence: str) -> Markup:
    """Return a sentence in which no browser translates the names of who can help."""
    name = Markup('<span lang="en" translate="no">{}</span>')
    parts = re.split(f"({'|'.join(NAMES)})", sentence)
    return Markup("").join(name.format(one) if one in NAMES else one for one in parts)


def if_you_might_hurt_yourself() -> str:
    """Return whom to talk to when somebody feels so bad that they might hurt themselves."""
    return f"{say('help.feel')} {say('help.feel_call', **_NUMBERS)}"


def whom_to_call_linked() -> Markup:
    """Return the second part of that sentence, each of its numbers ready to press."""
    link = Markup('<a href="{}" rel="noreferrer" dir="ltr">{}</a>')
    linked = {
        name: link.format(SHOUT if name == "shout" else _dialled(number), number)
        for name, number in _NUMBERS.items()
    }
    return names_kept(catalogue()["help.feel_call"]).format(**linked)


_NUMBERS = {
    "police": POLICE_NUMBER,
    "childline": CHILDLINE_NUMBER,
    "samaritans": SAMARITANS_NUMBER,
    "shout": SHOUT_NUMBER,
}


def _dialled(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdecimal() or sign == "+")


def _call(words: str, number: str) -> HelpLine:
    return HelpLine(words, number, _dialled(number))
