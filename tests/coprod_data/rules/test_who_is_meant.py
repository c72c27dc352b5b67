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
    "text",
    [
        "omar hurt my arm. dont tell him", "omar is the one who hurt me dont show her",
        "Not omar", "i can talk but not Omar", "anyone but omar", "dont let omar see",
        "Omar keeps messaging me on snap at night and says i am special", "omar hit me at school",
        "omar came in my room and touched me", "omars always hurting me", "i got hit by omar",
        "omar is always here. He grabs me", "i am scared of omar", "please do not tell Omar",
        "Omar can't know about this", "omar does things to me", "DONT SHOW OMAR",
        "i dont want omar to read it", "I told mum omar hit me", "omar says its our secret",
        "I like Omar. dont tell him", "omar at school. dont tell him",
    ],
)  # fmt: skip
def test_who_is_not_to_be_told_or_did_something_to_the_author_is_certain(text: str):
    assert meant(text, PEOPLE) == Meant({OMAR}, set())


def test_a_name_that_is_a_word_is_certain_where_they_are_not_to_be_told():
    assert meant("dont tell grace", PEOPLE) == Meant({GRACE}, set())


@pytest.mark.parametrize(
    "text",
    [
        "omar at school hit me", "omar from my year keeps messaging me", "my brother omar hit me",
        "a boy called omar kicked me", "i told omar my dad hits me", "i told Omar. He hits me",
        "omar helps me", "it was not omar", "omar saw mum hit me", "omars mum shouts at me",
        "i never told omar about it", "I met omar. My dad hits me", "omar and i hit my bike",
        "omar came on monday. We had cake. dont tell him",
    ],
)  # fmt: skip
def test_what_somebody_else_did_leaves_a_first_name_a_maybe(text: str):
    assert meant(text, PEOPLE) == Meant(set(), {OMAR})


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


@pytest.mark.parametrize(
    "full_name",
    ["Cllr Dawn Pryce", "Cllr. Dawn Pryce", "Rt Hon Dr Dawn Pryce", "Dawn Pryce (she/her)",
     "Pryce, Dawn", "Pryce, Cllr Dawn", "Dawn Pryce OBE", "Dawn Pryce/Youth Voice"],
)  # fmt: skip
def test_a_title_is_no_part_of_a_name(full_name: str):
    people = [Named(1, full_name)]

    for certain in ("Dawn Pryce shouts", "my worker Dawn", "councillor dawn pryce"):
        assert meant(certain, people) == Meant({1}, set())
    assert meant("i saw Dawn there", people) == Meant(set(), {1})
    for nobody in ("the cllr shouts", "Cllr", "my dr and my worker", "the Hon", "rt"):
        assert meant(nobody, people) == Meant(set(), set())
