"""The duty rota as a form, and whether the form for young people is open.

The settings page and the first set-up both show it.
"""

from datetime import date
from typing import Any

import streamlit as st

from coprod_data.commands.settings import Rota, change_duty
from coprod_data.permissions import Invalid
from coprod_data.queries.settings_duty import Choice, NamedPerson, RotaState
from coprod_data.rules.clocks import WEEKDAYS, Hours, Span, clock_words
from coprod_data.rules.texts import is_blank
from coprod_data.rules.typed_days import Meant
from coprod_data.rules.typed_hours import typed_spans
from coprod_data.scopes.duty import Contact
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.settings import DUTY_NUMBERS, POSTS, DutyPost, SettingKey
from pages.parts.carried import Form, carried_form
from pages.parts.carried_values import shown
from pages.parts.html import show
from pages.parts.times import A_DAY, on, typed_day
from pages.parts.wording import opening_words

LABELS = {
    **{key: post.words for post, key in POSTS.items()},
    SettingKey.DUTY_HOURS: "When somebody reads",
    **{key: key.words for key in DUTY_NUMBERS},
}


def form_state(state: RotaState, *, promised: bool) -> None:
    """Say truthfully whether the form for young people is open, and if it is closed, why."""
    why = [*_why_nobody(state), *([] if promised else [labelled("There is no Promise yet.")])]
    if why:
        show(
            "notice.html", tone="alert", icon="shield", urgent=False,
            title="The form for young people is closed", words=" ".join(why),
        )  # fmt: skip
    else:
        there = ", ".join(f"{one.name} ({one.post.words})" for one in state.people if one.present)
        when = opening_words(state.opens_at, state.at)
        reads = "Somebody reads now." if state.reads_now else f"Nobody reads before {when}."
        show(
            "notice.html", tone="good", icon="check", urgent=False,
            title="The form for young people is open", words=f"On duty: {there}. {reads}",
        )  # fmt: skip
    for first, last in state.gaps:
        days = f"On {on(first)}" if first == last else f"From {on(first)} to {on(last)}"
        show(
            "notice.html", tone="soon", icon="calendar", urgent=False,
            title="The form will be closed",
            words=f"{days} everybody named for duty is away. Name a stand-in who is there.",
        )  # fmt: skip


def duty_form(state: RotaState) -> None:
    """Show the rota and save all of it together."""
    if not state.choices:
        st.text("Nobody holds Safeguarding yet. Give that role to the lead and the deputy first.")
    choices = {choice.id: choice for choice in state.choices}
    form = carried_form(
        "duty", "rota", state.stored, LABELS, key="duty",
        tell=lambda key, value: _told(key, value, choices),
    )  # fmt: skip
    state = form.carried.start.setdefault("state", state)
    form.carried.start.setdefault("closed", "\n".join(map(on, state.closed)))
    named = {person.post: person for person in state.people}
    with st.container(border=True):
        form.begin()
        typed_people: dict[DutyPost, tuple[int | None, str]] = {}
        for post in DutyPost:
            before = named.get(post)
            only_one = post is DutyPost.LEAD and not named and len(choices) == 1
            typed_people[post] = _contact(form, post, choices, before, first=int(only_one))
        st.subheader("When somebody reads", anchor=False)
        st.text(
            "Write, for example, 9am to 5pm. Leave a day empty when nobody reads. "
            "Bank holidays of England are always closed."
            if state.hours_are_set
            else "Nobody has set these hours yet. Change them to yours and save."
        )
        typed_week = [
            form.line(
                day, day, place=None, first=_typed(spans), longest=80, placeholder="Nobody reads"
            )
            for day, spans in zip(WEEKDAYS, state.week, strict=True)
        ]
        typed_closed = form.area(
            f"Other closed days, one on each line, for example {A_DAY}", "closed", place=None
        )
        st.subheader("Numbers", anchor=False)
        numbers = {
            key: form.line(key.words, key, place=None, first=number, longest=160)
            for key, number in state.numbers.items()
        }
        if st.button("Save the duty rota", type="primary", key=f"{form.key}-save"):
            with form.saving("The duty rota is saved.") as (db, actor):
                rota = Rota(
                    people=_people(typed_people),
                    hours=_hours(typed_week, typed_closed),
                    phone=numbers[SettingKey.DUTY_PHONE],
                    out_of_hours=numbers[SettingKey.DUTY_OUT_OF_HOURS],
                    social_work=numbers[SettingKey.DUTY_SOCIAL_WORK],
                    lado_name=numbers[SettingKey.DUTY_LADO_NAME],
                    lado_phone=numbers[SettingKey.DUTY_LADO_PHONE],
                    lado_email=numbers[SettingKey.DUTY_LADO_EMAIL],
                    lado_rings=numbers[SettingKey.DUTY_LADO_RINGS],
                )
                change_duty(db, actor, rota, opened=form.opened)


def _why_nobody(state: RotaState) -> list[str]:
    """Return why nobody is on duty, a sentence for each person named; nothing while somebody is."""
    if state.somebody:
        return []
    if not state.people:
        return ["Nobody is named for duty."]
    return [_why_not_there(one) for one in state.people]


def _why_not_there(one: NamedPerson) -> str:
    if not one.holds:
        return f"{one.name} does not hold Safeguarding."
    if not one.arrived:
        return f"{one.name} has not set a password yet. Hand over their one-time link."
    return f"{one.name} is away today."


def _contact(
    form: Form,
    post: DutyPost,
    choices: dict[int, Choice],
    before: NamedPerson | None,
    *,
    first: int,
) -> tuple[int | None, str]:
    """Ask who holds a post, and on which number they are called; `first` is chosen at first."""
    options: list[int | None] = [None, *choices]
    who, number = st.columns(2)
    held = before.person_id if before and before.person_id in choices else options[first]
    box = f"{post}-first" if first else str(post)  # chosen in an open tab, too
    person_id = who.selectbox(
        post.words,
        options,
        placeholder="Nobody",
        format_func=lambda key: "Nobody" if key is None else choices[key].name,
        **form.choice(f"{post}-who", options, held, key=box),
    )
    with number:
        phone = form.line(
            f"{post.words}: phone number", f"{post}-phone", place=None,
            first=before.phone if before else "", longest=40,
        )  # fmt: skip
    return person_id, phone


def _people(typed: dict[DutyPost, tuple[int | None, str]]) -> dict[DutyPost, Contact]:
    """Return who holds each post. Raises Invalid for a number that nobody is called on."""
    people: dict[DutyPost, Contact] = {}
    for post, (person_id, phone) in typed.items():
        if person_id is not None:
            people[post] = Contact(person_id, phone)
        elif not is_blank(phone):
            raise Invalid(
                f"{post.words}: choose who is called on this number, or take the number out.",
                field=post.value,
            )
    return people


def _typed(spans: tuple[Span, ...]) -> str:
    return " and ".join(f"{clock_words(begins)} to {clock_words(ends)}" for begins, ends in spans)


def _hours(typed_week: list[str], typed_closed: str) -> Hours:
    """Return the hours as they were typed. Raises Invalid."""
    week: list[tuple[Span, ...]] = []
    for day, typed in zip(WEEKDAYS, typed_week, strict=True):
        try:
            week.append(typed_spans(typed))
        except ValueError as fault:
            raise Invalid(f"{day}: {fault}", field=day) from None
    closed: set[date] = set()
    for line in typed_closed.splitlines():
        if shut := typed_day(line, "closed", Meant.COMING):
            closed.add(shut)
    try:
        return Hours(tuple(week), frozenset(closed))
    except ValueError as fault:
        raise Invalid(str(fault), field=SettingKey.DUTY_HOURS.value) from None


def _told(key: str, value: Any, choices: dict[int, Choice]) -> str:
    """Return what a setting of duty says now, in words."""
    if isinstance(value, dict):
        choice = choices.get(value["person_id"])
        return f"{choice.name if choice else 'Somebody else'}, {value['phone']}"
    if key == SettingKey.DUTY_HOURS and value:
        return "\n".join(
            f"{day}: {' and '.join(f'{begins} to {ends}' for begins, ends in spans) or 'nobody'}"
            for day, spans in zip(WEEKDAYS, value, strict=True)
        )
    return shown(value)
