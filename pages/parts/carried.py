"""Forms that carry what they were opened with, and keep what staff type until it is saved.

A form shows the values with which its tab opened it. Its command gets them too, and saves nothing
if somebody has changed them since: then the form shows what is there now, beside what was typed.
What is typed is a draft row as soon as typing pauses; it is back after a reload or a new sign-in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coprod_data.commands.drafts import keep_draft_of_tab, wipe_drafts_of_tab
from coprod_data.commands.quotes import put_in_quotes
from coprod_data.permissions import ChangedMeanwhile, Invalid
from coprod_data.queries.drafts import typed_before
from coprod_data.rules.draft_marks import DraftMark
from coprod_data.rules.texts import LONGEST, is_blank
from coprod_data.store.database import Opened
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import say_fault, say_length
from pages.parts.carried_values import Carried, changed_since, digest, in_draft, shown
from pages.parts.faults import refusals
from pages.parts.forms import fresh, once
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.quotes import offer_quotes
from pages.parts.sign_in import reading, writing
from pages.parts.times import clock, on

KEPT = "What you had typed is here again. It is not saved yet."
CHANGED = "Somebody changed this after you opened it. It now says:"
A_NUMBER = re.compile(r"-?[0-9]{1,15}")
K = TypeVar("K", bound=str)


@dataclass
class Form:
    """One form of one tab. Keys of its boxes begin with `key`; `labels` name its values."""

    name: str
    about: str
    key: str
    labels: Mapping[str, str]
    tell: Callable[[str, Any], str]
    carried: Carried
    told: DeltaGenerator | None = None  # where it says what somebody changed, once
    below: dict[str, DeltaGenerator] = field(default_factory=dict)  # where a box says its fault

    @property
    def opened(self) -> dict[str, Any]:
        """The values to compare with, for the command."""
        return self.carried.opened

    @property
    def restored(self) -> bool:
        """Say whether the form began with something typed before, so that it is shown open."""
        return bool(self.carried.typed)

    @property
    def keeps(self) -> bool:
        """Say whether what is typed is kept here."""
        return self.carried.typed is not None

    def begin(self) -> None:
        """Show what was kept and what has changed; boxes come below."""
        with st.container():
            if self.restored:
                show("notice.html", tone="plain", icon="clock", title=KEPT, words="", urgent=False)
                st.button(
                    "Clear this and start again", key=f"{self.key}-again", on_click=self._forget
                )
            self.told = st.empty()
        self._say_changed()

    def box(self, name: str) -> dict[str, Any]:
        """Return key and first value of a box that is not kept as a draft."""
        return {"key": self.key_of(name), "value": self.carried.start[name]}

    def key_of(self, name: str) -> str:
        """Return the key of a box. While a box of the form is on screen, the form stays open."""
        key = f"{self.key}-{name}"
        self.carried.boxes.add(key)
        return key

    def area(
        self,
        label: str,
        name: str,
        *,
        place: TextPlace | None,
        longest: int = LONGEST,
        **options: Any,
    ) -> str:
        """Show a box of several lines, which keeps what is typed. Returns all that is in it.

        `place` is where the text is saved, if it may be about young people's words: these are
        offered as a quote. Beside more than `longest` letters it says how many to take out.
        """
        return self._kept_box(st.text_area, label, name, place, longest, options)

    def line(
        self, label: str, name: str, *, place: TextPlace | None, longest: int = 160, **options: Any
    ) -> str:
        """Show a box of one line, as `area` does. Returns what is in it.

        `first` is what it shows at first where the form carries nothing of that name.
        """
        return self._kept_box(st.text_input, label, name, place, longest, options)

    def choice(
        self, name: str, options: Iterable[Any], first: Any = None, *, key: str = ""
    ) -> dict[str, Any]:
        """Return key and callback of a choice beside a kept text, so that it comes back with it.

        `first` is chosen at first. What was chosen and is no option any more is chosen again.
        `key` is another name for its box.
        """
        box = self.key_of(key or name)
        before = (self.carried.typed or {}).get(name)
        if isinstance(options, range):  # any number that was typed: the box says which it takes
            chosen = f"{before.text if before else ''}", f"{st.session_state.get(box)}"
            options = [int(one) for one in chosen if A_NUMBER.fullmatch(one)]
        known = {in_draft(one): one for one in options}
        if box not in st.session_state:
            st.session_state[box] = first if before is None else known.get(before.text)
        elif in_draft(st.session_state[box]) not in known:
            st.session_state[box] = None
        if not self.keeps:
            return {"key": box}
        return {"key": box, "on_change": self.keep, "args": (name, box)}

    def kept(self, name: str, first: str | None = None) -> dict[str, Any]:
        """Return key and callback of a choice among texts, which keeps what was chosen."""
        key = self.key_of(name)
        if key not in st.session_state:
            st.session_state[key] = self._first(name, first)
        if not self.keeps:
            return {"key": key}
        return {"key": key, "on_change": self.keep, "args": (name,)}

    @contextmanager
    def saving(self, done: str = "") -> Iterator[Opened]:
        """Save what was typed, as `parts.forms.saving` does, and drop this tab's drafts of it.

        When somebody else changed it since, nothing is saved and the form shows both. What cannot
        be accepted is said beside its box, too. Without `done`, the block announces its sentence.
        """
        with refusals():
            try:
                with once(self.key) as opened:
                    if self.keeps:
                        put_in_quotes(*opened, self.name, self.about)
                    yield opened
                    if self.keeps:
                        self._wipe(*opened, self.carried.marks.values())
            except ChangedMeanwhile as changed:
                self.tell_changed(changed)
                raise
            except Invalid as invalid:
                self._say_beside(invalid)
                raise
            if done:
                announce(done)
            st.rerun()

    def tell_changed(self, changed: ChangedMeanwhile) -> None:
        """Show what somebody changed meanwhile; saving again says that the person has read it."""
        self.carried.opened = {**self.carried.opened, **changed.now}
        self.carried.changed = changed
        self._say_changed()

    def _kept_box(
        self, box: Any, label: str, name: str, place: TextPlace | None, longest: int,
        options: dict[str, Any],
    ) -> str:  # fmt: skip
        first = options.pop("first", "")
        here = st.container(key=f"draft-{self.key_of(name)}" if self.keeps else None)
        with here:
            typed = box(label, **self.kept(name, first), **options) or ""
            if not say_length(typed, longest):
                self.below[name] = here
            # In here, or it would move the boxes below, and with them what is being typed is lost.
            if name in self.carried.kept_here:
                show("kept.html", at=clock(self.carried.marks[name].saved_at))
        if self.keeps and place is not None:
            offer_quotes(
                place, self.name, self.about, name, typed, key=self.key_of(name),
                before=self.carried.start.get(name) or "", put=partial(self._put, name),
            )  # fmt: skip
        return typed

    def _put(self, name: str, text: str) -> None:
        st.session_state[f"{self.key}-{name}"] = text
        self.keep(name)

    def _first(self, name: str, first: str | None) -> Any:
        typed = (self.carried.typed or {}).get(name)
        return self.carried.start.get(name, "") or first if typed is None else typed.text

    def keep(self, name: str, box: str = "") -> None:
        """Keep what is in a box as a draft of this tab."""
        typed = in_draft(st.session_state.get(box or f"{self.key}-{name}"))
        before = self.carried.marks.pop(name, None)
        self.carried.kept_here.discard(name)
        with refusals(), writing() as (db, actor):
            if typed == in_draft(self.carried.start.get(name)):
                self._wipe(db, actor, [before])
                return
            self.carried.marks[name] = keep_draft_of_tab(
                db, actor, self.name, f"{self.about}:{name}", typed,
                showed=digest(self.opened), before=before,
            )  # fmt: skip
            self.carried.kept_here.add(name)

    def _wipe(self, db: Any, actor: Any, marks: Iterable[DraftMark | None]) -> None:
        wipe_drafts_of_tab(db, actor, self.name, self.about, marks)

    def _forget(self) -> None:
        with refusals(), once(self.key) as (db, actor):
            self._wipe(db, actor, self.carried.marks.values())

    def _say_beside(self, invalid: Invalid) -> None:
        """Say a fault below the box that its field names. At the button it is read out."""
        for name, here in self.below.items():
            if name == invalid.field or name.startswith(f"{invalid.field}-"):
                with here:
                    say_fault(invalid.sentence, aloud=False)

    def _say_changed(self) -> None:
        changed = self.carried.changed
        if changed is None or self.told is None:
            return
        with self.told:
            show(
                "changed.html",
                title=f"{changed.by} wrote on {on(changed.on)}" if changed.on else CHANGED,
                words=changed.words,
                rows=[
                    (label, said)
                    for name, label in self.labels.items()
                    if name in changed.now
                    and (said := self.tell(name, changed.now[name])) != changed.words
                ],
            )


def carried_form(
    name: str,
    about: int | str,
    values: Mapping[K, Any] | None = None,
    labels: Mapping[K, str] | None = None,
    *,
    tell: Callable[[str, Any], str] = lambda _name, value: shown(value),
    key: str = "",
) -> Form:
    """Return a form of this tab about one thing; `values` are what it would show if opened now.

    `name` and `about` name its drafts, at most 40 characters each with the name of a box. `labels`
    say in what order, and by what words, changed values are told, and `tell` turns one by its name
    into words. The form stays open while one of its boxes is on screen.
    """
    prefix = fresh(key or f"{name}-{about}")
    memory = f"{prefix}-carried"
    carried: Carried | None = st.session_state.get(memory)
    if carried is None or not any(box in st.session_state for box in carried.boxes):
        carried = st.session_state[memory] = _opened_now(
            name, str(about), dict[str, Any]((values or {}).items())
        )
    elif since := changed_since(carried.opened, values or {}, labels or {}):
        carried.changed = since
    return Form(name, str(about), prefix, dict[str, str]((labels or {}).items()), tell, carried)


def keep_apart(name: str, about: int, box: str) -> bool:
    """Keep what this tab had typed into a form that it shows no more. Says if there is anything."""
    key = fresh(f"{name}-{about}")
    carried: Carried | None = st.session_state.get(f"{key}-carried")
    if carried is None or is_blank(st.session_state.get(f"{key}-{box}") or ""):
        return False
    Form(name, str(about), key, {}, lambda _name, value: shown(value), carried).keep(box)
    return True


def _opened_now(name: str, about: str, values: dict[str, Any]) -> Carried:
    with refusals(stop=True), reading() as (db, actor):
        typed = typed_before(db, actor, name, about)
    marks = {box: one.mark for box, one in (typed or {}).items()}
    carried = Carried(start=dict(values), opened=dict(values), typed=typed, marks=marks)
    if typed and any(one.opened != digest(values) for one in typed.values()):
        carried.changed = ChangedMeanwhile(values)
    return carried
