"""Whom a young person can call now: the same lines on every page, of any kind.

Lines that are open all day come first; of the council's own two numbers the one that is open now.
"""

from dataclasses import dataclass

from coprod_data.queries.settings import Duty
from pages.parts.wording import say

CHAT = "https://www.childline.org.uk/get-support/1-2-1-counsellor-chat/"
SHOUT = "sms:85258?body=SHOUT"


@dataclass(frozen=True)
class HelpLine:
    """A number to call, or another way to reach somebody. `shown` is the number or the word."""

    words: str
    shown: str
    href: str


def help_lines(duty: Duty | None = None, council: str = "") -> list[HelpLine]:
    """Return whom to call, in this order; without a rota, those of the whole country."""
    everywhere = [
        _call(say("help.police"), "999"),
        _call(say("help.childline"), "0800 1111"),
        HelpLine(say("help.chat"), say("help.chat_open"), CHAT),
        HelpLine(say("help.shout"), "85258", SHOUT),
        _call(say("help.samaritans"), "116 123"),
    ]
    if duty is None:
        return everywhere
    by_day = say("help.in_hours", council=council, hours=duty.hours), duty.phone
    at_night = say("help.out_of_hours", council=council), duty.out_of_hours
    (_, answering), other = (by_day, at_night) if duty.open_now else (at_night, by_day)
    ours = [(say("help.open_now", council=council), answering), other]
    return everywhere + [_call(words, number) for words, number in ours if number]


def _call(words: str, number: str) -> HelpLine:
    dialled = "".join(sign for sign in number if sign.isdecimal() or sign == "+")
    return HelpLine(words, number, f"tel:{dialled}")
