"""Papers for the Board: all of them, and one of them to write, sign and download."""

from coprod_data.permissions import Permission
from coprod_data.queries.papers import paper
from coprod_data.queries.way_together import way_of_paper
from coprod_data.vocabulary.labels import labelled
from pages.board.papers_list import HERE, every, named
from pages.board.papers_one import one
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.frame import open_page
from pages.shared.way import crumbs, way_to

chosen = row_in_address(paper)
way = way_to(way_of_paper, chosen.row.id if chosen else None)
open_page(
    chosen.row.title if chosen else labelled("Papers for the Board"),
    Permission.PAPERS_READ,
    lede=named(chosen.row) if chosen else "",
    back=("All papers", HERE) if chosen else None,
    way=crumbs(way),
)
if chosen:
    one(chosen)
else:
    say_if_lost("paper")
    every()
