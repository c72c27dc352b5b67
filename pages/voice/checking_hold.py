"""After a hold: whom to ring, and nothing else until somebody was told."""

from dataclasses import replace

import streamlit as st

from coprod_data.commands.entries_care import tell_of_hold
from coprod_data.permissions import Invalid, NotFound, Permission
from coprod_data.queries.entries_holds import HeldEntry, open_holds
from coprod_data.queries.settings import Duty, duty
from coprod_data.vocabulary.entry_care import Told
from coprod_data.vocabulary.settings import DutyPost
from pages.parts.faults import refusals
from pages.parts.forms import inert, saving, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on_and_at
from pages.shared.hold_words import who_deals
from pages.voice.checking_opening import open_entry
from pages.voice.checking_place import back_to_list
from pages.voice.checking_rows import moment, sentence


def rings_first() -> HeldEntry | None:
    """Return a hold of this person's that somebody has to be told of before anything else."""
    with refusals(stop=True), reading() as (db, actor):
        mine = [hold for hold in open_holds(db, actor) if hold.opened_by_me]
        return next((hold for hold in mine if hold.needs_a_call(actor.at)), None)


def ring(hold: HeldEntry) -> None:
    """Show whom to ring; the queue goes on once it is written down who was told."""
    with refusals(stop=True), reading() as (db, actor):
        on_duty, now = duty(db, actor), actor.at
    again = hold.ring_again_at
    if again is not None and again <= now:
        _, left_at, _ = hold.calls[-1]
        st.text(
            f"You left a message on {on_and_at(left_at)}, and nobody has opened it. "
            "Ring the next number."
        )
    elif again is not None:
        st.text("You left a message. Ring the next number too, before the queue goes on.")
    show("hold_ring.html", **_whom(hold, on_duty),
         by=moment(hold.open_by, now))  # fmt: skip
    with st.container(key="box-told"):
        _told_form(hold, on_duty)
        st.text(
            "The queue goes on when you have spoken to somebody, or when nobody answered at two "
            "numbers."
        )
    show("hold_next.html")


def show_hold(entry_id: int) -> None:
    """Show one hold without its words, to somebody who may not open them."""
    st.button("Back to the list", key="back-to-list", on_click=back_to_list)
    with refusals(stop=True), reading() as (db, actor):
        hold = next((one for one in open_holds(db, actor) if one.id == entry_id), None)
        on_duty, now = duty(db, actor), actor.at
        opens = actor.may(Permission.ENTRIES_READ_HELD)
        if hold is None:
            raise NotFound("This entry is not on hold any more.")
    if opens:
        hold_facts(hold)
        st.button(
            f"Read no. {hold.id}", key=f"read-{hold.id}", type="primary",
            on_click=open_entry, args=(hold.id,),
        )  # fmt: skip
        return
    if hold.first_read_at is None:
        show("hold_ring.html", **_whom(hold, on_duty),
             by=moment(hold.open_by, now))  # fmt: skip
    hold_facts(hold)
    if hold.first_read_at is None:
        with st.container(key="box-told"):
            _told_form(hold, on_duty)


def write_call(hold: HeldEntry) -> None:
    """Let safeguarding write down whom they spoke to about a hold."""
    with refusals(stop=True), reading() as (db, actor):
        on_duty, me = duty(db, actor), actor.id
    show("section.html", title="Write down a call", count=None)
    _told_form(hold, on_duty, me)


def hold_facts(hold: HeldEntry) -> None:
    """Show when a hold began, who was told and who opened it."""
    show(
        "hold_facts.html",
        number=hold.id,
        opened=f"{hold.opened_by}, {on_and_at(hold.opened_at)}",
        read=f"{hold.first_read_by}, {on_and_at(hold.first_read_at)}" if hold.first_read_at else "",
        deals=sentence(who_deals(hold)) if hold.first_read_at else "",
        taken_back=on_and_at(hold.taken_back_at) if hold.taken_back_at else "",
        calls=[f"{told.words} ({name}, {on_and_at(at)})" for told, at, name in hold.calls],
    )


def _told_form(hold: HeldEntry, on_duty: Duty, me: int | None = None) -> None:
    """Ask whom somebody spoke to; `me` is nobody's own choice."""
    on_duty = replace(on_duty, people=tuple(p for p in on_duty.people if p.person_id != me))
    key = f"told-{hold.id}-{len(hold.calls)}"
    numbers = _numbers(on_duty)
    spoke = st.pills("I spoke to", _spoken_to(on_duty), format_func=words_of, key=key)
    left = st.pills(
        "Nobody answered. I left a message for", list(numbers),
        format_func=lambda told: numbers[told], key=f"left-{key}",
    ) if numbers else None  # fmt: skip
    if st.button("Write it down", key=f"save-{key}", type="primary"):
        with saving("Written down.") as (db, actor):
            told = spoke or left
            if told is None:
                raise Invalid("Choose whom you spoke to.", field="told")
            if spoke and left:
                raise Invalid("Choose one: you spoke to them, or left a message.", field="told")
            tell_of_hold(db, actor, hold.id, told)


def _spoken_to(on_duty: Duty) -> list[Told]:
    """Return whom somebody may have spoken to: each that the panel above tells them to ring.

    Who is away is not among them.
    """
    there = {one.post.value for one in on_duty.people}
    shown = {
        **{Told(post.value): post.value in there for post in DutyPost},
        Told.OUT_OF_HOURS: True,
        Told.LADO: bool(on_duty.lado_phone),
    }
    return [told for told in Told if not told.message and shown.get(told, True)]


def _numbers(on_duty: Duty) -> dict[Told, str]:
    """Return each number at which a message can be left, with its name."""
    found = [
        (Told(f"left_{one.post.value}"), one.name, one.phone or on_duty.phone)
        for one in on_duty.people
    ]
    found += [
        (Told.LEFT_OUT_OF_HOURS, "The out-of-hours team", on_duty.out_of_hours),
        (Told.LEFT_SOCIAL_WORK, "Duty social work", on_duty.social_work),
        (Told.LEFT_LADO, on_duty.lado_name or "LADO", on_duty.lado_phone),
    ]
    return {told: f"{inert(name)}, {phone}" for told, name, phone in found if phone}


def _whom(hold: HeldEntry, on_duty: Duty) -> dict[str, object]:
    """Return whom to ring, and who is next: people on duty in their hours, else the night line."""
    out_of_hours = ("the out-of-hours team", on_duty.out_of_hours)
    calls = [(one.name, one.phone or on_duty.phone) for one in on_duty.people]
    calls = [*calls, out_of_hours] if on_duty.open_now else [out_of_hours, *calls]
    next_one = hold.tries % len(calls)
    calls = [*calls[next_one:], *calls[:next_one]]
    (name, phone), others = calls[0], calls[1:]
    return {
        "number": hold.id,
        "started": on_and_at(hold.opened_at),
        "name": name,
        "phone": phone,
        "others": others,
        "social_work": on_duty.social_work,
        "lado": (on_duty.lado_name, on_duty.lado_phone) if on_duty.lado_phone else None,
        "late": hold.late,
    }
