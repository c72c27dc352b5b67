"""A row of each table about policies, straight into the tables, for texts of staff."""

from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    Person,
    Policy,
    PolicyActivity,
    PolicyBoard,
    PolicyComment,
    PolicyCommitment,
    PolicyCut,
    PolicyDone,
    PolicyPart,
    PolicyVersion,
    ReportCard,
)
from coprod_data.vocabulary.policies import ActivityKind, PolicyChannel, PolicyStep
from tests.helpers.builders import TODAY, add, an_entry


def a_row_of_a_policy(
    db: Session, table: str, person: Person, action: Action, card: ReportCard
) -> object:
    """Return a row of this table, with all that it belongs to."""
    policy = add(db, Policy(title="-", owner_id=person.id))
    its = {"policy_id": policy.id}
    version = add(db, PolicyVersion(number=1, made_on=TODAY, **its))
    part = add(db, PolicyPart(version_id=version.id, part=1, place=1, heading="-", text="-"))
    match table:
        case "policy":
            return policy
        case "policy_version":
            return version
        case "policy_part":
            return part
        case "policy_cut":
            return add(db, PolicyCut(version_id=version.id, heading="-", text="-"))
        case "policy_done":
            return add(db, PolicyDone(lap=1, step=PolicyStep.IDEA, done_on=TODAY, **its))
        case "policy_board":
            return add(db, PolicyBoard(
                version_id=version.id, body="-", seen_on=TODAY, recorded_by_id=person.id
            ))  # fmt: skip
        case "policy_commitment":
            under = action.commitment_id
            return add(db, PolicyCommitment(wording="-", will_see="-", commitment_id=under, **its))
        case "policy_activity":
            asked = {"kind": ActivityKind.ASKING, "channel": PolicyChannel.STAND}
            return add(db, PolicyActivity(title="-", **asked, **its))  # type: ignore[arg-type]
        case _:
            return add(db, PolicyComment(entry_id=an_entry(db, card).id, part_id=part.id))
