"""What young people send, batch by batch: entries with everything that happened to them."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Flag, Review, VersionKind
from coprod_data.vocabulary.events import EventKind
from tests.benchmarks.filling_people import MANAGERS, TEAM, YOUNG
from tests.benchmarks.filling_plan import (
    ASKED_AFTER,
    ASKED_BACK,
    FLAGGED,
    HELD,
    OWED,
    READ_AFTER,
    RELEASED_AFTER,
    UNREAD,
    WITH_WORKER,
    Plan,
)
from tests.benchmarks.filling_rows import Rows, sent
from tests.benchmarks.filling_words import FRIGHT, LONGEST, RARE, SHARES, SHORTEST, Talk, sentence

SEED = "ten years"
VISITS = 0.1
ROLES = ("my social worker", "my school", "my carer", "my town")
LANGUAGES = ("en",) * 97 + ("ar", "pl", "ur")
USES = ((ConsentUse.BOARD, 0.8), (ConsentUse.PUBLIC, 0.5))
REPLIES = (
    "Thank you. We read your words to the Board, and we asked the service what they will do.",
    "You were right. The form is shorter now. Tell us whether that is better.",
    "We cannot change this today. We asked for it again, and we will tell you in the spring.",
    "Your worker knows, and calls you this week.",
)

WITHDRAWN, CLOSED = 0.03, 0.08  # cumulative shares of entries that are not released
REDACTED, SUMMED_UP, WAS_HELD, TYPED = 0.10, 0.02, 0.01, 0.05


def add_batch(rows: Rows, plan: Plan, number: int) -> None:
    """Add the rows of a batch, which depend only on its number."""
    random = Random(f"{SEED} {number}")  # noqa: S311 - invented words, not secrets
    talk = Talk(random)
    for entry in range(number * plan.batch, min(plan.words, (number + 1) * plan.batch)):
        _Entry(rows, plan, random, talk, entry).add()
        if plan.answer_after(entry):
            _add_answer(rows, plan, random, talk, entry)
        if random.random() < VISITS:
            rows.visited(plan.sent_at(entry), random.choice((*TEAM, *MANAGERS, *YOUNG)))
    rows.log.close()


def _add_answer(rows: Rows, plan: Plan, random: Random, talk: Talk, entry: int) -> None:
    """Add the answer that comes after an entry, with the question that it answers."""
    main = plan.answers(entry)
    about, card, asker = plan.id_of(main), plan.card(main), _checker(main)
    number, at = plan.id_of(entry) + 1, plan.answer_sent_at(entry)
    asked_at = min(plan.sent_at(main) + ASKED_AFTER, at - timedelta(minutes=10))
    question = rows.asked(
        about, asker, asked_at, "Can you tell us a bit more?", answered_at=at, answer_id=number
    )
    form, thinks = f"{random.getrandbits(256):064x}", sentence(talk.some(5, 20))
    version = rows.versions.next_id()
    changes, texts = sent(number, "answer", card, form, at, version, about=about)
    changes[f"entry_question:{question}.answered_at"] = [None, at.isoformat()]
    changes[f"entry_question:{question}.answer_id"] = [None, number]
    changes[f"card_entry:{about}.review"] = ["asked_back", "in_review"]
    rows.log.tell(
        at, EventKind.ENTRY_ANSWERED, "entry_question", question, changes, card=about, texts=texts
    )
    rows.versions.rows.append(
        (version, number, 1, VersionKind.ORIGINAL, thinks, None, [], at, None)
    )
    rows.opened(number, asker, at + READ_AFTER)
    released = at + RELEASED_AFTER
    uses = (ConsentUse.BOARD,)
    rows.consents.rows.append((rows.consents.next_id(), number, uses[0], at, None))
    rows.released(number, asker, released, version, {}, uses=uses)
    rows.search.add(rows.place, thinks)
    rows.entries.rows.append((
        number, EntryKind.ANSWER, card, about, form, None, None, at, None, None, "en", None, [],
        Review.RELEASED, asker, version, released, asker, rows.place, None, None, at, released, [],
        False,
    ))  # fmt: skip


class _Entry:
    """One entry of kind words on its way through the team."""

    def __init__(self, rows: Rows, plan: Plan, random: Random, talk: Talk, entry: int) -> None:
        self._rows, self._plan, self._random, self._talk = rows, plan, random, talk
        self._entry, self._id, self._by = entry, plan.id_of(entry), _checker(entry)
        self._sent = plan.sent_at(entry)
        self._read = self._sent + READ_AFTER
        self._card = plan.card_at(entry, self._sent)
        self._waits = entry - plan.settled  # from 0 for those waiting, in plan order
        self._typed_by: int | None = None
        self._flags: list[str] = []
        self._taken: int | None = self._by
        self._dealt: datetime | None = None
        self._uses: list[ConsentUse] = []
        self._released: tuple[Any, Any, Any, Any] = (None, None, None, None)
        self._withdrawn: datetime | None = None
        self._replied: datetime | None = None

    def add(self) -> None:
        """Add its rows and events."""
        plan, random, waits = self._plan, self._random, self._waits
        read_by_all = self._entry in plan.plain
        plain = read_by_all or waits >= 0 or plan.is_asked(self._entry)
        fate = 1.0 if plain else random.random()
        withdrawn, closed = fate < WITHDRAWN, WITHDRAWN <= fate < CLOSED
        was_held = not plain and not closed and random.random() < WAS_HELD
        unread = waits >= OWED + HELD + WITH_WORKER + ASKED_BACK
        is_held = OWED <= waits < OWED + HELD
        if was_held or is_held or (unread and waits % (UNREAD // FLAGGED) == 5):
            self._flags = [Flag.UNSAFE.value]
        thinks, wants = self._words()
        uses = [use for use, share in USES if random.random() < share or read_by_all]
        if ConsentUse.BOARD not in uses:
            uses = [ConsentUse.SUMMARY]
        self._uses = uses
        if not plain and random.random() < TYPED:
            self._typed_by = _another(self._by)
        version = self._send(self._uses)
        if unread and waits % 4 and waits % 16 != 5:
            self._taken = None
        else:
            self._rows.opened(self._id, self._by, self._read)
        if waits >= OWED:
            review = self._wait(version, is_held=is_held, unread=unread)
        elif closed:
            review = Review.CLOSED
            self._dealt = self._read + READ_AFTER
            self._reply(self._dealt, EventKind.ENTRY_CLOSED)
        else:
            review = Review.RELEASED
            self._release(
                version, thinks, wants, plain=plain, was_held=was_held, withdrawn=withdrawn
            )
        words = (None, None) if withdrawn else (thinks, wants)
        self._rows.versions.rows.append((
            version, self._id, 1, VersionKind.ORIGINAL, *words, [], self._sent, self._typed_by
        ))  # fmt: skip
        self._rows.entries.rows.append((
            self._id, EntryKind.WORDS, self._card, None, self._form, self._code, "1", self._sent,
            self._typed_by, None if self._typed_by is None else True, self._language,
            self._feeling, self._flags, review, self._taken, *self._released, self._withdrawn,
            self._replied, self._sent, self._dealt, [], False,
        ))  # fmt: skip

    def _words(self) -> tuple[str, str | None]:
        random = self._random
        words = self._talk.some(SHORTEST, LONGEST)
        for planted, share in SHARES.items():
            if random.random() < share:
                words[random.randrange(len(words))] = planted
        if self._entry in self._plan.rare:
            words[1] = RARE
        cut = len(words) if random.random() < 0.3 else max(4, len(words) * 2 // 3)
        thinks = sentence(words[:cut])
        if self._flags:
            thinks = f"{thinks} {FRIGHT}"
        return thinks, sentence(words[cut:]) if cut < len(words) else None

    def _send(self, uses: list[ConsentUse]) -> int:
        """Note the sending, and return the id of the sealed original."""
        random, rows, number, by = self._random, self._rows, self._id, self._typed_by
        self._form = f"{random.getrandbits(256):064x}"
        self._code = f"{random.getrandbits(256):064x}"
        self._language = random.choice(LANGUAGES)
        self._feeling = random.randint(1, 5) if random.random() < 0.8 else None
        version = rows.versions.next_id()
        changes, texts = sent(
            number, "words", self._card, self._form, self._sent, version, typed_by=by,
            language=self._language, feeling=self._feeling, flags=self._flags,
        )  # fmt: skip
        for use in uses:
            consent = rows.consents.next_id()
            rows.consents.rows.append((consent, number, use, self._sent, by))
            changes[f"consent:{consent}.entry_id"] = [None, number]
            changes[f"consent:{consent}.use"] = [None, use.value]
            changes[f"consent:{consent}.given_at"] = [None, self._sent.isoformat()]
            if by is not None:
                changes[f"consent:{consent}.recorded_by_id"] = [None, by]
        changes[f"card_entry:{number}.code_hash"] = [None, self._code]
        changes[f"card_entry:{number}.code_key"] = [None, "1"]
        rows.log.tell(
            self._sent, EventKind.ENTRY_SENT, "card_entry", number, changes, person=by, texts=texts
        )
        return version

    def _wait(self, version: int, *, is_held: bool, unread: bool) -> Review:
        """Leave it at a step that somebody has still to do."""
        later = self._read + READ_AFTER
        if is_held:
            self._rows.held(self._id, self._by, self._read, None)
            return Review.IN_REVIEW
        if unread and self._taken is None:
            return Review.SUBMITTED
        if unread:
            if self._flags:
                self._rows.proposed(self._id, self._by, later, version, None)
            return Review.IN_REVIEW
        if self._waits < OWED + HELD + WITH_WORKER:
            self._dealt = later
            self._rows.passed_on(self._id, self._by, later)
            return Review.PERSONAL_HELP
        self._dealt = later
        self._rows.asked(
            self._id, self._by, later, "Is it all right if we leave out the name of your school?"
        )
        return Review.ASKED_BACK

    def _release(
        self, version: int, thinks: str, wants: str | None, *, plain: bool, was_held: bool,
        withdrawn: bool,
    ) -> None:  # fmt: skip
        rows, random, number, by = self._rows, self._random, self._id, self._by
        at, shown, changes, texts = self._sent + RELEASED_AFTER, thinks, {}, None
        if was_held:
            rows.held(number, by, self._read, self._read + timedelta(hours=3))
        if not plain and random.random() < REDACTED:
            version, shown, changes, texts = rows.redacted(
                number, by, at, random.choice(ROLES), thinks, wants, erased=withdrawn
            )
        if was_held:
            by = _another(by)
            rows.proposed(number, self._by, at - READ_AFTER, version, (at, by))
            rows.opened(number, by, at - timedelta(minutes=9), first=False)
        rows.released(number, by, at, version, changes, texts, self._uses)
        self._dealt = at
        self._released = (version, at, by, rows.place)
        if not plain and random.random() < SUMMED_UP:
            hour, text = timedelta(hours=1), sentence(self._talk.some(5, 12))
            rows.summed_up(number, self._by, at - hour, at + hour, None if withdrawn else text)
        if self._waits < 0:
            self._reply(at + timedelta(hours=2 + 70 * random.random()), EventKind.ENTRY_REPLIED)
        if not withdrawn:
            rows.search.add(rows.place, shown, wants)
        elif self._replied is not None:
            self._withdrawn = self._replied + timedelta(hours=5)
            rows.taken_back(number, self._withdrawn)

    def _reply(self, at: datetime, kind: EventKind) -> None:
        self._replied = at
        self._rows.replied(self._id, self._by, at, self._random.choice(REPLIES), kind)


def _checker(entry: int) -> int:
    return TEAM[entry % len(TEAM)]


def _another(person: int) -> int:
    return TEAM[(TEAM.index(person) + 1) % len(TEAM)]
