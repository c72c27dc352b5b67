"""Posts: who holds which office, by account or name, from when to when."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.posts import change_post, end_post, give_post
from coprod_data.permissions import Invalid, NotAllowed, Refused, Role
from coprod_data.queries.posts import posts
from coprod_data.vocabulary.posts import Office
from tests.helpers.builders import NOW, TODAY, a_person, somebody, unrecorded

DAY = timedelta(days=1)


def test_an_office_is_held_from_a_day_to_a_day(db: Session):
    clerk, officer = somebody(db, Role.CLERK), a_person(db, Role.MANAGER, name="Ada Lead")
    lead = {"office": Office.LEAD_OFFICER, "title": "Virtual School head"}
    first = give_post(db, clerk, **lead, name="Bo Before", began_on=TODAY - 90 * DAY)  # type: ignore[arg-type]
    end_post(db, clerk, first, ended_on=TODAY - DAY)
    second = give_post(db, clerk, **lead, person_id=officer.id)  # type: ignore[arg-type]
    holder = give_post(db, clerk, office=Office.PORTFOLIO_HOLDER, name="Cllr Vance")

    assert give_post(db, clerk, **lead, person_id=officer.id) == second  # type: ignore[arg-type]
    rows = posts(db, somebody(db, Role.BOARD_MEMBER))
    assert [(row.id, row.name, row.ended_on) for row in rows] == [
        (holder, "Cllr Vance", None), (second, "Ada Lead", None),
        (first, "Bo Before", TODAY - DAY),
    ]  # fmt: skip
    with unrecorded(db):
        officer.disabled_at = NOW
    assert [row.gone for row in posts(db, clerk)] == [False, True, False]


def test_what_cannot_be_is_refused(db: Session):
    clerk = somebody(db, Role.CLERK)
    young = a_person(db, Role.YOUNG_PERSON)
    with pytest.raises(Invalid, match="Choose somebody"):
        give_post(db, clerk, office=Office.CLERK)
    with pytest.raises(Invalid, match="holds no office"):
        give_post(db, clerk, office=Office.CLERK, person_id=young.id)
    number = give_post(db, clerk, office=Office.CLERK, name="Tess")
    with pytest.raises(Invalid, match="before it begins"):
        end_post(db, clerk, number, ended_on=TODAY - DAY)
    end_post(db, clerk, number)
    with pytest.raises(Refused):
        end_post(db, clerk, number)
    with pytest.raises(NotAllowed):
        give_post(db, somebody(db, Role.YOUTH_VOICE), office=Office.CLERK, name="Tess")


def test_a_wrong_entry_is_corrected_and_an_end_taken_back(db: Session):
    clerk = somebody(db, Role.CLERK)
    number = give_post(db, clerk, office=Office.PORTFOLIO_HOLDER, name="Cllr Vanse")
    end_post(db, clerk, number)
    change_post(db, clerk, number, name="Cllr Vance", began_on=TODAY - DAY)
    [row] = posts(db, clerk)
    assert (row.name, row.began_on, row.ended_on) == ("Cllr Vance", TODAY - DAY, None)
    for wrong in ({"name": "\u3164"}, {"began_on": None}, {"ended_on": TODAY - 2 * DAY}):
        with pytest.raises(Invalid):
            change_post(db, clerk, number, **{"name": "V", "began_on": TODAY - DAY, **wrong})  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        change_post(db, somebody(db, Role.MANAGER), number, name="V", began_on=TODAY)
