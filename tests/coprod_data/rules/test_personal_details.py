"""Possible personal details are pointed out; what is missed is known and stated."""

import pytest

from coprod_data.rules.personal_details import possible_details

FOUND = [
    ("Ring me on 07700 900123 please", "07700 900123"),
    ("my number is 01632960999", "01632960999"),
    ("+44 7700 900123", "+44 7700 900123"),
    ("write to kit.b@example.org", "kit.b@example.org"),
    ("add me @kitty_99 lol", "@kitty_99"),
    ("I live at 12 Acacia Avenue now", "12 Acacia Avenue"),
    ("it is 3b Old Mill Lane", "3b Old Mill Lane"),
    ("my postcode is ZZ9 9ZZ", "ZZ9 9ZZ"),
    ("born 03/04/2011", "03/04/2011"),
    ("Ms Begum never rings", "Ms Begum"),
    ("Dr. O'Neill said no", "Dr. O'Neill"),
    ("at Hill Top Primary they know", "Hill Top Primary"),
    ("everyone at Westmarch Academy", "Westmarch Academy"),
]
FOUND += [
    ("Dave lost my box", "Dave"),
    ("my friend karen smith", "karen"),
    ("my best mate Ella Brown", "Ella Brown"),
    ("my best mate Ella is kind", "Ella"),
    ("ella's mum", "ella"),
    ("Zoë’s room", "Zoë"),
    ("i like mohammed and his dog", "mohammed"),
    ("thats wiktorias bed", "wiktoria"),
    ("I told Grace about it", "Grace"),
    ("ask Will", "Will"),
    ("i told May about it", "May"),
    ("my snap is kitty_99", "kitty_99"),
    ("insta: kit.b.2011", "kit.b.2011"),
    ("his car is AB12 CDE", "AB12 CDE"),
    ("my nhs number is 943 476 5919", "943 476 5919"),
    ("born 3rd of april 2011", "3rd of april 2011"),
    ("i live at 12 acacia avenue", "12 acacia avenue"),
    ("he goes to westmarch academy", "westmarch academy"),
    ("she lives in Hill Top", "Hill Top"),
    ("my best mate [my friend] Brown moved", "Brown"),
    ("[my worker] O'Neill said no", "O'Neill"),
    ("my mate [my friend]-Mae Smith", "Mae Smith"),
]
MISSED = ["my mate Sproggo", "the boy with three sisters in Form 4", "my worker zbyszko"]


@pytest.mark.parametrize(("text", "detail"), FOUND)
def test_details_are_pointed_out(text: str, detail: str):
    assert possible_details(text) == [detail]


@pytest.mark.parametrize("text", MISSED)
def test_rare_names_and_stories_are_missed_so_a_clean_result_proves_nothing(text: str):
    assert possible_details(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I waited 3 times and 45 days", "It costs £1,146", "see you at 10:30", "on 12 May",
        "I am 13 and I like A4 paper", "what a mess @ home", "[Ms Begum] never rings",
        "I want to go to college", "will you hope for it", "may i go in summer", "Will you come?",
        "Grace is said before tea", "mark my words", "I WILL BE IN MAY", "we go in May",
        "i go to a new school", "my jack plug", "she goes on Monday", "my insta is great",
        "I like rose and ivy and holly", "after school club", "He is 20 minutes down the road",
        "[my worker] She never rings", "I see [my carer] Monday", "[my friend] I like him",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str):
    assert possible_details(text) == []


def test_each_detail_is_named_once_in_the_order_of_the_text():
    text = "Ms Begum told Mr Ali. Ms Begum has 07700 900123."

    assert possible_details(text) == ["Ms Begum", "Mr Ali", "07700 900123"]
