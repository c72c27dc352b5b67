"""Send a card: the form for a young person with an account."""

from coprod_data.permissions import Permission
from pages.parts.frame import open_page, show_help
from pages.parts.wording import say
from pages.shared.send_form import THINKS, WANTS, send_form

open_page(say("send.title"), needs=Permission.ENTRIES_HOLD_CARD, lede=say("send.lead"))
send_form("send_card", {THINKS: say("words.title"), WANTS: say("words.better")})
show_help()
