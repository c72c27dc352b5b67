"""An opportunity at each of its steps, and an action with an owner, for tests of the next step."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import open_round
from coprod_data.commands.opportunities import suggest_opportunity
from coprod_data.commands.opportunities_joining import offer_to_join
from coprod_data.commands.outcomes import propose_outcome
from coprod_data.models import (
    AuditReturn,
    CardEntry,
    Invitation,
    Opportunity,
    Outcome,
    Person,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
    Service,
)
from coprod_data.permissions import Actor, Role
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.audit_returns import DUE, TWO, the_return
from tests.helpers.builders import a_service, an_entry, an_opportunity, days_ago, somebody
from tests.helpers.entries_read import let_out
from tests.helpers.quoting import BOTH, QUOTE, THINKS
from tests.helpers.working_together import (
    TOLD,
    WORDED,
    Work,
    a_source,
    an_invitation,
    the_person,
)


@pytest.fixture
def spotted(db: Session, theme: PromiseTheme, worker: Actor) -> Opportunity:
    """An opportunity that has its wording and is not yet open."""
    id_ = suggest_opportunity(db, worker, theme_id=theme.id, wording=WORDED)
    return db.get_one(Opportunity, id_)


@pytest.fixture
def entry(db: Session, card: ReportCard) -> CardEntry:
    return an_entry(db, card, released=True)


@pytest.fixture
def opportunity(db: Session, theme: PromiseTheme, worker: Actor, entry: CardEntry) -> Opportunity:
    """An open opportunity that came from the entry."""
    opportunity = an_opportunity(db, theme, the_person(db, worker))
    a_source(db, opportunity, entry)
    return opportunity


@pytest.fixture
def offer(db: Session, opportunity: Opportunity, member: Actor) -> Invitation:
    return db.get_one(Invitation, offer_to_join(db, member, opportunity.id))


@pytest.fixture
def outcome(db: Session, together: Work) -> Outcome:
    """What the member says came of the work; nobody has signed it."""
    id_ = propose_outcome(
        db,
        together.member,
        together.opportunity.id,
        **TOLD,
        what_changed="Every flat has a heater.",
    )
    return db.get_one(Outcome, id_)


@pytest.fixture
def commitment(db: Session, theme: PromiseTheme) -> PromiseCommitment:
    return db.scalars(
        sa.select(PromiseCommitment).where(PromiseCommitment.theme_id == theme.id)
    ).one()


@pytest.fixture
def owner(db: Session) -> Actor:
    return somebody(db, Role.MANAGER, name="Olu Bright")


@pytest.fixture
def quoted(db: Session, worker: Actor, card: ReportCard) -> CardEntry:
    """An entry that is out for the Board and for everyone."""
    return let_out(db, worker, card, thinks=THINKS, wants=None, consents=BOTH)


@pytest.fixture
def quoting(db: Session, theme: PromiseTheme, worker: Actor, quoted: CardEntry) -> Opportunity:
    """An opportunity that came from the entry and repeats its words."""
    made = an_opportunity(db, theme, the_person(db, worker), title="Bags", help_wanted=QUOTE)
    a_source(db, made, quoted)
    return made


@pytest.fixture
def administrator(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR)


@pytest.fixture
def manager(db: Session) -> Actor:
    return somebody(db, Role.MANAGER)


@pytest.fixture
def service(db: Session, manager: Actor) -> Service:
    return a_service(db, db.get_one(Person, manager.id), name="Fostering")


@pytest.fixture
def owed(db: Session, administrator: Actor, service: Service) -> AuditReturn:
    round_id = open_round(db, administrator, title="This year", due_on=DUE, standards=TWO)
    return the_return(db, round_id, service)


@pytest.fixture
def chair_in_the_work(db: Session, together: Work) -> Actor:
    """The chair, in the work as a member."""
    chair = somebody(db, Role.CHAIR, Role.BOARD_MEMBER, name="Cllr Martin Ashby")
    yes = {"reply": InvitationReply.YES, "confirmed_at": days_ago(5)}
    an_invitation(db, together.opportunity, chair, **yes)
    return chair
