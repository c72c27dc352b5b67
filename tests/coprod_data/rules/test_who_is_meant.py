"""Those a text is about are found by their names, so that they do not read it themselves."""

import pytest

from coprod_data.rules.who_is_meant import Meant, Named, meant

AMANDA, OMAR, GRACE, ZOE = range(1, 5)
KHAN, FINCH, LI, WILL = range(5, 9)
PEOPLE = [
    Named(AMANDA, "Amanda Jane Smith-Jones"), Named(OMAR, "Omar O’Neill"),
    Named(GRACE, "Grace May"), Named(ZOE, "Zoë Brown"), Named(KHAN, "Sadia Khan"),
    Named(FINCH, "Peter Finch"), Named(LI, "O Li"), Named(WILL, "Will"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("amanda jane smith jones shouted at me", {AMANDA}),
        ("AMANDA SMITH-JONES shouted", {AMANDA}),
        ("it was omar oneill", {OMAR}),
        ("it was Omar O'Neill's idea", {OMAR}),
        ("zoe brown laughed", {ZOE}),
        ("my worker amanda never rings", {AMANDA}),
        ("Omar, who is my social worker, hit me", {OMAR}),
        ("omar from youth voice", {OMAR}),
        ("the manager is called zoe", {ZOE}),
        ("Mr Khan and cllr finch", {KHAN, FINCH}),
        ("mrs. o'neill", {OMAR}),
        ("grace may hurt me", {GRACE}),
        ("my worker Grace hurt me", {GRACE}),
        ("Ms May and Mr Brown", {GRACE, ZOE}),
        ("o li did it", {LI}),
    ],
)
def test_a_full_name_a_title_or_the_trade_beside_a_first_name_is_certain(
    text: str, certain: set[int]
):
    assert meant(text, PEOPLE) == Meant(certain, set())


@pytest.mark.parametrize(
    ("text", "maybe"),
    [
        ("amanda is in my class", {AMANDA}),
        ("Amanda’s dog and OMARS cat", {AMANDA, OMAR}),
        ("i told Grace about it", {GRACE}),
        ("my worker is late and then I met my friend omar", {OMAR}),
    ],
)
def test_a_first_name_by_itself_is_a_maybe(text: str, maybe: set[int]):
    assert meant(text, PEOPLE) == Meant(set(), maybe)


@pytest.mark.parametrize(
    "text",
    [
        "will my worker come", "Will my worker come?", "say grace before my carer eats",
        "o my worker", "i miss may", "brown shoes", "may staff have pizza", "", "li",
        "the finch in the garden", "romar and amandas2 staff",
    ],
)  # fmt: skip
def test_ordinary_words_surnames_and_single_letters_name_nobody(text: str):
    assert meant(text, PEOPLE) == Meant(set(), set())
