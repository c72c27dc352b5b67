"""The screen of a meeting: what may not be shown to a room is in no answer that it gets."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.meetings_agenda import add_item, draw_up_agenda
from coprod_data.commands.meetings_decisions import confirm_decision, record_decision
from coprod_data.commands.meetings_heard import end_meeting, start_meeting
from coprod_data.models import AuthSession, Event, OpportunitySource, PromiseTheme, ReportCard
from coprod_data.permissions import Role
from coprod_data.rules.meeting_decision import Said
from coprod_data.store.database import Database
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import DecisionResult
from coprod_data.vocabulary.opportunities import OpportunityState
from pages.public.meeting_screen import ROUTES
from pages.public.room import SESSION
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_service,
    add,
    an_action,
    an_opportunity,
    an_outcome,
    somebody,
)
from tests.helpers.entries_read import let_out
from tests.helpers.live_server import hidden_fields
from tests.helpers.meetings import DAY, a_meeting
from tests.helpers.planting import BOTH, CANARY, PLANTS
from tests.helpers.working_together import a_source, the_person
from tests.helpers.young import OWN_PAGE, words_of

HERE = "/room/meeting/2"


@pytest.fixture
def room(open_council: Database) -> dict[Role, TestClient]:
    """A meeting that runs, after one that was held, with planted words in every state."""
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        people = {
            role: somebody(db, role, name=f"Ada {role.words}")
            for role in (Role.CLERK, Role.CHAIR, Role.BOARD_MEMBER, Role.ADMINISTRATOR)
        }
        for role, actor in people.items():
            add(db, AuthSession(
                public_id=role.value, token_hash=role.value, person_id=actor.id, began_at=NOW,
                seen_at=NOW,
            ))  # fmt: skip
        theme = db.scalars(sa.select(PromiseTheme)).first()
        card = db.scalars(sa.select(ReportCard).filter_by(theme_id=theme.id)).one()
        officer = the_person(db, worker)
        done = an_opportunity(db, theme, officer, title="Done", state=OpportunityState.WORKING)
        add(db, OpportunitySource(opportunity_id=done.id, report_card_id=card.id))
        an_action(db, a_commitment(db, theme), officer, a_service(db), opportunity_id=done.id)
        an_outcome(db, done, officer)
        for number, plant in enumerate(PLANTS.values()):
            plant(db, card, worker, f"We like {CANARY}{number} aloud.")
        let_out(db, worker, card, thinks="Board <alone> reads this of my room.")
        public = let_out(db, worker, card, thinks="All <may> read this one.", consents=BOTH)
        clerk = people[Role.CLERK]
        held = a_meeting(db, clerk, days=-30)
        end_meeting(db, clerk, held)
        number = a_meeting(db, clerk, days=0)
        opportunity = an_opportunity(db, theme, officer, title="Heat the flats")
        a_source(db, opportunity, public)
        draw_up_agenda(db, clerk, number)
        start_meeting(db, clerk, number)
        shut = add_item(db, clerk, number, title="A secret matter", private=True)
        item = add_item(db, clerk, number, title="Homes")
        for where, wording in ((shut, "Sack the <secret> firm"), (item, "Mend all <homes>")):
            record_decision(db, clerk, where, said=Said(
                recommendation="Mend ten homes.", result=DecisionResult.AMENDED, wording=wording,
                owner_id=people[Role.CHAIR].id, due_on=TODAY + 30 * DAY,
            ))  # fmt: skip
        db.commit()
    app = Starlette(routes=ROUTES)
    return {role: TestClient(app, headers={SESSION: role.value}) for role in people}


def on_it(page: str) -> str:
    return re.search(r'data-screen="([a-z]+)-\d+"', page)[1]


def turned(screen: TestClient, way: str = "next") -> str:
    """Press once, as the script or a browser without one does, and return the page that comes."""
    page = screen.get(HERE).text
    form = page.split(f'data-turn="{way}"')[1].split("</form>")[0]
    answer = screen.post(f"{HERE}/turn", data=hidden_fields(form), headers=OWN_PAGE)
    assert answer.status_code == 200
    return answer.text


def test_a_whole_walk_shows_what_a_room_may_see_and_every_screen_follows(
    room: dict[Role, TestClient],
):
    clerk, member = room[Role.CLERK], room[Role.BOARD_MEMBER]
    pages, followed = [clerk.get(HERE).text], []
    while on_it(pages[-1]) != "decided":
        pages.append(turned(clerk))
        seen = member.get(HERE).text
        assert "data-turn" not in seen
        assert on_it(seen) == on_it(pages[-1])
        followed.append(seen)

    assert list(dict.fromkeys(map(on_it, pages))) == [
        "words", "since", "promise", "waiting", "record", "decided"
    ]  # fmt: skip
    whole = "\n".join([*pages, *followed])
    assert "All &lt;may&gt; read this one." in whole
    assert "Mend all &lt;homes&gt;" in whole
    for never in (CANARY, "&lt;alone&gt;", "&lt;secret&gt;", "secret matter", "<may>"):
        assert never not in whole
    assert "The chair has not confirmed this yet" in pages[-1]
    assert on_it(turned(clerk, "back")) == "record"


def test_who_offers_on_their_own_device_stands_on_every_screen(room: dict[Role, TestClient]):
    clerk, member = room[Role.CLERK], room[Role.BOARD_MEMBER]
    while on_it(page := turned(clerk)) != "waiting":
        pass
    assert "I’ll do it</button>" not in page  # a clerk does not join
    form = hidden_fields(member.get(HERE).text.split('class="own"')[1].split("</form>")[0])

    member.post(f"{HERE}/offer", data=form, headers=OWN_PAGE)

    assert "Ada Board member will do it" in words_of(clerk.get(HERE).text)
    again = member.post(f"{HERE}/offer", data=form, headers=OWN_PAGE)
    assert again.status_code == 400
    assert "You have already said yes." in words_of(again.text)
    assert clerk.post(f"{HERE}/offer", data=form, headers=OWN_PAGE).status_code == 403
    assert member.post(f"{HERE}/offer", data=form).status_code == 400  # from another site


def test_who_is_worried_on_their_own_device_takes_the_words_off_every_screen(
    room: dict[Role, TestClient],
):
    clerk, member = room[Role.CLERK], room[Role.BOARD_MEMBER]
    said = "All &lt;may&gt; read this one."

    def pressed(page: str) -> str:
        form = hidden_fields(page.split(f'action="{HERE}/worried"')[1].split("</form>")[0])
        return member.post(f"{HERE}/worried", data=form, headers=OWN_PAGE).text

    before = member.get(HERE).text
    asked = pressed(before)
    assert said in asked
    assert said in clerk.get(HERE).text, "one press only asks"
    assert "Thank you" in pressed(asked)
    assert said not in clerk.get(HERE).text
    assert "not shown any more" in pressed(before), "an older page of another device"
    assert member.post(f"{HERE}/worried", data={"words": "7"}, headers=OWN_PAGE).status_code == 403


def test_a_stale_press_turns_nothing_and_who_keeps_no_meetings_turns_none(
    room: dict[Role, TestClient], open_council: Database
):
    clerk, chair = room[Role.CLERK], room[Role.CHAIR]
    page = clerk.get(HERE).text
    stale = hidden_fields(page.split('data-turn="next"')[1].split("</form>")[0])
    shown = turned(chair)

    assert on_it(clerk.post(f"{HERE}/turn", data=stale, headers=OWN_PAGE).text) == on_it(shown)
    member = room[Role.BOARD_MEMBER].post(f"{HERE}/turn", data=stale, headers=OWN_PAGE)
    assert member.status_code == 403
    assert room[Role.ADMINISTRATOR].get(HERE).status_code == 403
    assert clerk.get("/room/meeting/99").status_code == 404
    assert clerk.get(f"/room/meeting/{'9' * 30}").status_code == 404
    with Session(open_council.engine) as db:
        turns = sa.select(sa.func.count()).where(Event.kind == EventKind.MEETING_SCREEN_TURNED)
        assert db.scalar(turns) == 1


def test_what_is_confirmed_makes_room_for_what_comes_next(
    room: dict[Role, TestClient], open_council: Database
):
    clerk = room[Role.CLERK]
    while on_it(turned(clerk)) != "record":
        pass
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        chair = somebody(db, Role.CHAIR)
        confirm_decision(db, chair, 2)
        db.commit()

    page = clerk.get(HERE).text

    assert on_it(page) == "decided"
    assert "Mend all &lt;homes&gt;" in page
    assert "The chair has not confirmed this yet" not in page
