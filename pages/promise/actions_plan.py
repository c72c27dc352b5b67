"""The plan on one screen: what it says at once, then what leads on from it."""

from coprod_data.permissions import Permission
from coprod_data.queries.way import way_of_theme
from coprod_data.vocabulary.actions import Listed, Only
from coprod_data.vocabulary.labels import labelled
from pages.parts.address import address_now
from pages.parts.faults import refusals
from pages.parts.html import draw, show
from pages.parts.sign_in import reading
from pages.parts.tables import sheet_of
from pages.promise.actions_answer import ELSEWHERE, answer
from pages.promise.actions_propose import SHOW as PROPOSE
from pages.promise.actions_propose import WORDS as PROPOSES
from pages.promise.actions_rows import HERE
from pages.shared.as_at import SHOW, WORDS
from pages.shared.lists import address, meanings
from pages.shared.way import came_of, way_to


def show_plan() -> None:
    """Show every commitment that the address chooses, with the one it opens.

    What else the address names is no view of this page, so the whole plan is shown.
    """
    chosen = {name: said for name, said in address_now().items() if name not in ELSEWHERE}
    with refusals(stop=True), reading() as (db, actor):
        said = answer(db, actor, chosen)
    if said is None:
        return
    draw(*said.blocks)
    if said.limits is None:
        return
    at = said.at
    came_of(way_to(way_of_theme, at.theme))
    over = [said.numbers[one] for one in (Listed.DROPPED, Listed.ENDED)]
    dropped = ", with what is over" if any(over) else ""
    with refusals(stop=True), reading() as (_, actor):
        get = sheet_of(
            actor, "actions", "my actions" if at.only is Only.MINE else f"the plan{dropped}",
            theme=at.theme, service=at.service, owner=at.owner, state=at.state, only=at.only,
        )  # fmt: skip
        proposes = actor.may(Permission.ACTIONS_PROPOSE)
    show(
        "leads_on.html",
        links=_links(said.numbers, proposes),
        get=get,
        meanings=meanings(said.limits),
    )


def _links(numbers: dict[Listed, int], proposes: bool) -> list[tuple[str, str]]:
    proposed, every = numbers[Listed.PROPOSED], numbers[Listed.ALL]
    links = [(PROPOSES, address(HERE, show=PROPOSE))] if proposes else []
    if proposed:
        many = f"{proposed} proposed actions are" if proposed > 1 else "1 proposed action is"
        links.append((f"{many} waiting for the chair", address(HERE, list=Listed.PROPOSED)))
    if every:
        words = f"All {every} actions as a list" if every > 1 else "1 action as a list"
        links.append((words, address(HERE, list=Listed.ALL)))
        links.append(("What was done since the last meeting", address(HERE, show="since")))
        links.append((WORDS, address(HERE, show=SHOW)))
        links.append(("The plan in pictures", address(HERE, show="moved")))
    if left := numbers[Listed.NO_OWNER]:
        have = f"{left} actions have" if left > 1 else "1 action has"
        links.append((f"{have} no owner", address(HERE, list=Listed.NO_OWNER)))
    if held := numbers[Listed.ON_HOLD]:
        many = f"{held} actions are" if held > 1 else "1 action is"
        links.append((f"{many} on hold", address(HERE, list=Listed.ON_HOLD)))
    if ended := numbers[Listed.ENDED]:
        many = f"{ended} actions were" if ended > 1 else "1 action was"
        links.append((f"{many} finished with an earlier wording", address(HERE, list=Listed.ENDED)))
    if dropped := numbers[Listed.DROPPED]:
        many = f"{dropped} actions were" if dropped > 1 else "1 action was"
        links.append((f"{many} dropped or turned down", address(HERE, list=Listed.DROPPED)))
    links.append((labelled("The Promise in its wordings"), "/wordings"))
    return links
