"""Which lists of opportunities there are, which one the address names, and its sheet."""

from dataclasses import dataclass

from coprod_data.permissions import Actor
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.tables import sheet_of
from pages.shared.lists import address

HERE = "/opportunities"
GROUPS = {  # by their names in the address
    "waiting": ("Awaiting a member", (P.OPEN,)),
    "answer": ("Awaiting a young person", (P.OFFERED,)),
    "going": ("Working together", (P.MATCHED, P.WORKING, P.OUTCOME_PROPOSED)),
    "suggested": ("Suggested", (P.SPOTTED, P.REVIEWED)),
    "parked": ("Parked", (P.PARKED,)),
    "declined": ("Not taken forward", (P.DECLINED, P.CLOSED)),
}
OUTCOMES = {
    "together": ("Done together", OutcomeProgress.CO_SIGNED),
    "signature": ("Waiting for a signature", OutcomeProgress.STAFF_SAY_DONE),
    "sent_back": ("Sent back", OutcomeProgress.DISPUTED),
}
FOR_ME, ASKED, BY_CODE = "mine", "asked", "code"
ORDER = ("waiting", "answer", "going", "together", "suggested", "parked", "declined")
BESIDE = ("signature", "sent_back", BY_CODE, ASKED)  # lists that are named while they are shown
WORDS = {name: title for name, (title, _) in (GROUPS | OUTCOMES).items()}
WORDS |= {ASKED: "Asked, no answer yet", BY_CODE: "By card code only"}


@dataclass(frozen=True)
class Shown:
    """The list that the address names, with how many rows each list has."""

    group: str
    theme_id: int | None
    page: int
    numbers: dict[str, int]

    def href(self, group: str, **also: object) -> str:
        """Return the address of a list, with the theme chosen."""
        return address(HERE, show=group, theme=self.theme_id, **also)


def sheet_of_list(actor: Actor, at: Shown) -> tuple[str, str] | None:
    """Return the rows of the list as a sheet, where it has one: not who was asked."""
    if not at.numbers[at.group] or at.group == ASKED:
        return None
    if at.group == FOR_ME:
        return sheet_of(actor, "opportunities", "this list", show=FOR_ME)
    if at.group in GROUPS:
        states = ",".join(GROUPS[at.group][1])
        return sheet_of(actor, "opportunities", "this list", theme=at.theme_id, state=states)
    if at.group == BY_CODE:
        signed = OutcomeProgress.CO_SIGNED
        return sheet_of(
            actor, "outcomes", "this list", theme=at.theme_id, state=signed, by_code="1"
        )
    state = OUTCOMES[at.group][1]
    return sheet_of(actor, "outcomes", "this list", theme=at.theme_id, state=state)
