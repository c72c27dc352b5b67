"""What young people may say of themselves: broad groups, asked at the end of a form, never kept
with it.
"""

from collections.abc import Collection

from starlette.datastructures import FormData

from coprod_data.vocabulary.heard import ONE_ANSWER, HeardGroup, HeardQuestion

ASKED = {
    question: (HeardGroup.of(question), question in ONE_ANSWER) for question in HeardQuestion
}  # each question with its groups, and whether it has one answer


def typed_groups(data: FormData) -> tuple[str, ...]:
    """Return the groups that were chosen in a form; of a question with one answer, the first."""
    chosen: list[str] = []
    for question, (groups, one) in ASKED.items():
        said = [value for value in data.getlist(f"heard_{question.value}") if value in set(groups)]
        chosen += [str(value) for value in (said[:1] if one else said)]
    return tuple(dict.fromkeys(chosen))


def groups_of(typed: Collection[str]) -> frozenset[HeardGroup]:
    """Return the groups of these values."""
    return frozenset(HeardGroup(value) for value in typed)
