"""The text of a policy: versions that stay, cut text that is kept, easy words that go stale."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.policies_text import (
    PartTyped,
    place_cut,
    put_out_version,
    remove_part,
    start_version,
    write_easy,
    write_part,
)
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    Refused,
    Role,
)
from coprod_data.queries.policies_text import cut_texts, versions
from coprod_data.rules.policy_text import LONGEST_PART
from coprod_data.vocabulary.policies import CutState, PolicyStep
from tests.helpers.builders import somebody
from tests.helpers.policies import (
    EASY,
    a_policy,
    a_twin,
    a_version,
    until,
)

WORD_PASTE = (
    "<html><style>p{}</style><!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoNormal>"
    "We&nbsp;ask <b>first</b>.<o:p></o:p></p><p>·\tEvery time</p>"
)


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


def test_text_that_is_cut_is_never_lost(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version, part = a_version(db, worker, number)
    long = "We agree how people are involved first. We write down who comes and how they travel."
    write_part(db, worker, version, PartTyped(heading="Before", text=long), part_id=part)
    short = PartTyped(heading="Before", text="We agree how people are involved first.")
    write_part(db, worker, version, short, part_id=part)
    remove_part(db, worker, part)

    cut = cut_texts(db, worker, number)
    assert [one.text for one in cut] == [
        "We agree how people are involved first.",
        "We write down who comes and how they travel.",
    ]
    place_cut(db, worker, cut[1].id, state=CutState.GUIDANCE)
    assert cut_texts(db, worker, number)[1].state is CutState.GUIDANCE


def test_markup_of_word_is_taken_out_and_forty_pages_are_refused(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version, part = a_version(db, worker, number)
    write_part(db, worker, version, PartTyped(heading="Before", text=WORD_PASTE), part_id=part)
    assert versions(db, worker, number)[0].parts[0].text == "We ask first.\n- Every time"
    write_part(db, worker, version, PartTyped(heading="Before", text="2 < 3 > 1"), part_id=part)
    assert versions(db, worker, number)[0].parts[0].text == "2 < 3 > 1"

    with pytest.raises(Invalid, match="Keep it to 20,000"):
        write_part(db, worker, version, PartTyped(heading="-", text="word " * 18_000))
    assert len("word " * 3_000) < LONGEST_PART
    write_part(db, worker, version, PartTyped(heading="Long", text="word " * 3_000))
    length = versions(db, worker, number)[0].length
    assert (length.pages, length.target_words, length.over) == (7, 450, length.words - 450)


def test_a_next_version_carries_the_text_on_and_the_one_before_stays(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version, part = a_version(db, worker, number)
    a_twin(db, worker, version)
    second = start_version(db, worker, number)
    with pytest.raises(Refused, match="newer version"):
        write_part(db, worker, version, PartTyped(heading="-", text="-"), part_id=part)
    row = versions(db, worker, number)[0]
    assert (row.id, row.number, row.stale, row.easy_read_by) == (second, 2, (), "")
    mine = PartTyped(heading="Before", text="We agree it, with a guide, before we start a thing.")
    write_part(db, worker, second, mine, part_id=row.parts[0].id)
    row = versions(db, worker, number)[0]
    assert ([one.part for one in row.stale], row.grew) == ([row.parts[0].part], True)


def test_two_who_write_one_part_see_both(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version, part = a_version(db, worker, number)
    row = versions(db, worker, number)[0].parts[0]
    opened = {"heading": row.heading, "text": row.text, "tested_with": "", "tested_said": ""}
    write_part(db, worker, version, PartTyped(heading="A", text="Mine"), part_id=part,
               opened=opened)  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        write_part(db, worker, version, PartTyped(heading="B", text="Theirs"), part_id=part,
                   opened=opened)  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        write_easy(db, worker, part, easy=EASY, opened={"easy": "", "text": row.text})


def test_text_that_people_read_stays_and_its_easy_words_can_change(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    with pytest.raises(Refused, match="learning and its draft"):
        put_out_version(db, worker, a_version(db, worker, number)[0])
    other, _ = a_policy(db, worker, title="Another")
    version = until(db, worker, other, PolicyStep.REVISION)
    part = versions(db, worker, other)[0].parts[0]
    with pytest.raises(Refused, match="People are reading"):
        write_part(db, worker, version, PartTyped(heading="-", text="-"), part_id=part.id)
    said = PartTyped(heading=part.heading, text=part.text, tested_with="Parents", tested_said="Yes")
    write_part(db, worker, version, said, part_id=part.id)
    write_easy(db, worker, part.id, easy=EASY)
