"""I have an idea to fix this: a card with only the box for what would make it better.

It is an entry like any other, so an opportunity can come from it.
"""

from coprod_data.permissions import Permission
from pages.parts.frame import open_page, show_help
from pages.parts.wording import say
from pages.shared.send_form import WANTS, send_form

open_page(say("send.idea_title"), needs=Permission.ENTRIES_HOLD_CARD, lede=say("send.idea_lead"))
send_form("send_idea", {WANTS: say("send.idea")})
show_help()
