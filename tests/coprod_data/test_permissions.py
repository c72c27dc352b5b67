"""Rights: every permission is granted in one table, and nobody has one by accident."""

import pytest

from coprod_data.permissions import GRANTS, Actor, ActorKind, NotAllowed, Permission, Role
from tests.helpers.builders import NOW


def being(*roles: Role, kind: ActorKind = ActorKind.PERSON) -> Actor:
    return Actor(kind=kind, at=NOW, recorded_at=NOW, person_id=1, roles=frozenset(roles))


def test_every_permission_is_granted_to_somebody():
    assert set(GRANTS) == set(Permission)
    assert all(GRANTS.values())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_what_the_table_says_and_nothing_else(permission: Permission, role: Role):
    actor, granted = being(role), role in GRANTS[permission]

    assert actor.may(permission) is granted
    if granted:
        actor.must(permission)
    else:
        with pytest.raises(NotAllowed, match="Ask an administrator"):
            actor.must(permission)


@pytest.mark.parametrize("permission", Permission)
def test_somebody_without_a_role_may_nothing(permission: Permission):
    assert not being().may(permission)


def test_must_is_content_with_one_of_several():
    being(Role.CHAIR).must(Permission.SETTINGS_CHANGE, Permission.OVERVIEW_PIN)


WORDS_NOT_RELEASED = {
    Permission.ENTRIES_QUEUE,
    Permission.ENTRIES_READ_RAW,
    Permission.ENTRIES_CHECK,
}


def test_unreleased_words_are_for_the_youth_voice_team_alone():
    for permission in WORDS_NOT_RELEASED:
        assert GRANTS[permission] == {Role.YOUTH_VOICE}
    assert GRANTS[Permission.ENTRIES_READ_HELD] == {Role.SAFEGUARDING}
    assert GRANTS[Permission.ENTRIES_HOLD] == {Role.YOUTH_VOICE, Role.SAFEGUARDING}


def test_an_administrator_reads_no_card_and_no_entry():
    reads = {p for p in Permission if being(Role.ADMINISTRATOR).may(p)}

    assert {p.value for p in reads if p.value.startswith(("entries:", "report_cards:"))} == {
        "entries:read_public", "entries:worry",  # about words that everybody may read
    }  # fmt: skip


def test_a_stranger_may_send_sign_in_and_read_what_is_public():
    stranger = being(kind=ActorKind.PUBLIC)

    assert {p.value for p in Permission if stranger.may(p)} == {
        "entries:send", "entries:read_public", "report_cards:read_public", "promise:read",
        "session:sign_in", "settings:read", "duty:read", "meetings:next",
        "page_feedback:give", "policies:read_public",
    }  # fmt: skip


def test_one_human_signs_one_side():
    """Anyone with the young-person role signs only the young people's side, so roles decide, not
    pages.
    """
    assert GRANTS[Permission.OUTCOMES_SIGN] == {
        ActorKind.CARD_CODE, Role.YOUNG_PERSON, Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR
    }  # fmt: skip
    assert Role.YOUTH_VOICE in GRANTS[Permission.OUTCOMES_RECORD]
