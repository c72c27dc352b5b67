"""The command line: `python -m coprod_data --help`."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from datetime import date, datetime

from coprod_data.commands.entries_erasing import erase_again
from coprod_data.commands.people import add_person, enable_person, make_reset_link
from coprod_data.commands.server_keys import tell_of_key
from coprod_data.commands.settings import settle_mode
from coprod_data.files.arguments import arguments_of
from coprod_data.files.as_at import confirmed
from coprod_data.files.backup import finish_restore, make_backup, passphrase, restore_backup
from coprod_data.files.board_paper import written_paper
from coprod_data.files.docs import rights_page
from coprod_data.files.seed import must_be_a_council, play_seed
from coprod_data.jobs import check_log, erase_all_due, run_jobs
from coprod_data.permissions import NotAllowed, Refused, Role
from coprod_data.queries.entries_codes import codes_under_key
from coprod_data.queries.event_seals import log_state
from coprod_data.queries.papers import paper_of_item
from coprod_data.queries.people import recovery
from coprod_data.queries.people_passwords import names_of_the_council
from coprod_data.queries.report_cards_counts import miscounted_cards
from coprod_data.queries.retention import count_due, kept_times
from coprod_data.rules.clocks import LONDON
from coprod_data.rules.usernames import checked_name, checked_username
from coprod_data.store import places
from coprod_data.store.actors import System, stored_mode
from coprod_data.store.database import Database, connect
from coprod_data.store.erasures import end_of, erasures_of
from coprod_data.store.keys import UnsafeKey, add_key, end_key, must_end
from coprod_data.store.making import make_or_upgrade
from coprod_data.store.own_keys import must_be_its_own
from coprod_data.store.passwords import checked_password, hash_password
from coprod_data.store.schema import SchemaFault, check_guards, check_release
from coprod_data.vocabulary.settings import Mode

_opened: list[Database] = []  # by the command that runs
LINK = "They set their password once, within a day, at /sign-in/new-password?link="


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, or 1 with a sentence on standard error."""
    given = arguments_of(str(__doc__), RUNS).parse_args(arguments)
    try:
        places.chosen_mode()  # a mistyped one is said by every command, before it does anything
        given.run(given)
    except (Refused, UnsafeKey, SchemaFault, places.PlaceFault) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except PermissionError as refusal:
        named = f" {refusal.filename}" if refusal.filename else ""
        print(f"You may not use{named}. Become the server's user first.", file=sys.stderr)
        return 1
    except EOFError:
        print("Nothing was changed. Run this where somebody can type.", file=sys.stderr)
        return 1
    finally:
        while _opened:
            _opened.pop().engine.dispose()
    return 0


def _made() -> Database:
    """Open the database, making it or bringing it to this release where that is needed."""
    database = make_or_upgrade(places.default_url(), places.default_key_file())
    _opened.append(database)
    return database


def _as_it_is() -> Database:
    """Open the database that is there, and change nothing about it."""
    places.must_exist(places.default_url(), places.default_key_file())
    database = connect(places.default_url(), places.default_key_file())
    _opened.append(database)
    with places.opening(database.engine.url):
        check_release(database.engine)
        must_be_its_own(database.engine, database.keys, places.default_key_file())
        check_guards(database.engine)
    return database


def _add_person(given: argparse.Namespace) -> None:
    if given.recover:
        _recover(given)
        return
    mode, password_hash = places.chosen_mode(), None
    checked_username(given.username)  # all of this before anything is made
    checked_name(given.name)
    if given.password:
        typed = getpass.getpass("Password: ")
        checked_password(typed, given.username, [given.name])
    database = _made()
    with database.writing(System()) as (db, actor):
        if stored_mode(db) is None:
            print(f"This is a new database: {places.shown(database.engine.url)}")
        settle_mode(db, actor, mode)
        names = given.name, *names_of_the_council(db, actor)
    if given.password:
        password_hash = hash_password(checked_password(typed, given.username, names))
    with database.writing(System(given.by)) as (db, actor):
        person_id = add_person(
            db, actor, username=given.username, name=given.name, job=given.job,
            roles=frozenset(Role(role) for role in given.roles), password_hash=password_hash,
        )  # fmt: skip
        token = None if given.password else make_reset_link(db, actor, person_id)
    print(f"Added {given.username}.")
    if token:
        print(f"{LINK}{token}")
    elif not given.password:
        print("A second person of the team confirms the role, and hands over the link.")


def _recover(given: argparse.Namespace) -> None:
    """Make a one-time link for an account that exists, by the rules that count on People too."""
    database = _as_it_is()
    with database.writing(System(given.by)) as (db, actor):
        found = recovery(db, actor, given.username)
        if found.disabled:
            enable_person(db, actor, found.person_id)
        token = found.token or make_reset_link(db, actor, found.person_id)
    if token:
        print(f"{LINK}{token}")
        return
    print(
        "This account needs a second person: it is on their My work, and they hand over the link. "
        "If nobody is there, it takes effect after a working day, unless somebody stops it. Run "
        "this again then."
    )


def _seed(given: argparse.Namespace) -> None:
    if places.chosen_mode() is not Mode.DEMO:
        raise NotAllowed("A live database is never seeded. Leave COPROD_MODE out, then try again.")
    must_be_a_council(given.folder)
    today = date.today()  # noqa: DTZ011 - the day on the calendar of this machine
    rows = play_seed(_made(), today, given.folder)
    print(f"Played {rows} rows of the invented council.")


def _jobs(_given: argparse.Namespace) -> None:
    for name in run_jobs(_as_it_is(), now=True):
        print(f"Done: {name}.")


def _retention(given: argparse.Namespace) -> None:
    database = _as_it_is()
    with database.reading(System()) as (db, actor):
        times, counts = kept_times(db, actor), count_due(db, actor)
    if not given.dry_run:
        counts = erase_all_due(database)
    for kept, number in times.items():
        print(f"{counts.get(kept, 0):,}  {kept.words} ({kept.how_long(number)})")
    print("Due now; nothing was erased." if given.dry_run else "Erased.")


def _docs(_given: argparse.Namespace) -> None:
    from pages.menu import pages_page  # all that it knows of pages is their list

    for name, made in (("rights.md", rights_page()), ("pages.md", pages_page())):
        (places.ROOT / "docs" / name).write_text(made, encoding="utf-8")
        print(f"Made: docs/{name}")


def _backup(given: argparse.Namespace) -> None:
    secret, database = passphrase(given.passphrase_file), _as_it_is()
    try:
        made = make_backup(database, given.file, secret)
    except OSError as fault:
        raise places.PlaceFault(
            f"{given.file} cannot be written: {places.why_not(fault)}."
        ) from fault
    print(f"Made {given.file}, {sum(made.counts.values()):,} rows, and read it again.")


def _restore(given: argparse.Namespace) -> None:
    key_file = places.default_key_file()
    lists = given.erasures or [erasures_of(key_file)]
    for listed in given.erasures:
        if not listed.is_file():
            raise places.PlaceFault(
                f"There is no list of erased entries at {listed}. Nothing was restored. Check "
                "the path that --erasures names."
            )
    if not lists[0].exists() and not given.without_erasures:
        raise places.PlaceFault(
            "Which entries were erased since that backup? Name the list of the server that was "
            "lost with --erasures: it is beside its key file and ends with .erased. If it is lost "
            "too, say --without-erasures: words erased since then come back."
        )
    ends = {listed: end_of(listed) for listed in lists if listed.exists()}
    database, erased = restore_backup(
        given.file, places.default_url(), key_file, passphrase(given.passphrase_file), lists,
        unmarked=given.unmarked_erasures,
    )  # fmt: skip
    try:
        if wrong := check_log(database):
            raise Refused(f"{wrong} Nothing starts from this backup.")
        over = sum(erase_all_due(database).values())  # their time is over here too
        with database.writing(System()) as (db, actor):
            again = erase_again(db, actor, erased)
        database.wipe()
    finally:
        database.engine.dispose()
    finish_restore(key_file)
    print(f"Restored {given.file}; erased the words of {again} entries again.")
    print(f"The list of erased entries names {len(erased):,}.")
    for listed, end in ends.items():
        print(f"{listed}: {end}. Compare it with the newest such line in its server's log.")
    print(f"Erased {over:,} more that had been kept for their time.")


def _rotate_keys(given: argparse.Namespace) -> None:
    key_file, ends, database = places.default_key_file(), given.end, _as_it_is()
    with database.reading(System()) as (db, actor):
        codes = codes_under_key(db, actor, ends or "")
    if ends is None:
        with database.writing(System()) as (db, actor):
            number = add_key(key_file).number
            tell_of_key(db, actor, number, ended=False)
        print(
            f"Added key {number} to {key_file}. A running server takes it within a minute; "
            "copy the file to the other servers, then make a backup."
        )
        return
    must_end(database.keys, ends)
    print(f"Card codes made under key {ends}: {codes:,}. They would never open their cards again.")
    if input(f"Type {ends} to end this key, or nothing to keep it: ").strip() != ends:
        raise places.PlaceFault("Nothing was ended.")
    with database.writing(System()) as (db, actor):
        tell_of_key(db, actor, ends, ended=True)
        end_key(key_file, ends)
    print(f"Ended key {ends}. What it signed in the log can still be checked.")


def _check(given: argparse.Namespace) -> None:
    if (given.fingerprint is None) != (given.as_at is None):
        raise Refused("Give --fingerprint and --as-at together, as they are on the printed page.")
    database = _as_it_is()
    with database.reading(System()) as (db, actor):
        log = log_state(db, actor)
        cards = miscounted_cards(db, actor)
    print(f"Database: {places.shown(database.engine.url)}")
    print(f"Events: {log.events:,}")
    print(f"Last seal: {_seal_words(log.last)}")
    if wrong := check_log(database):
        raise Refused(wrong)
    if cards:
        raise Refused(
            f"Report card {cards[0]} counts words that are not on it, or lacks some ({len(cards)})."
        )
    print(
        "The log is as it was sealed, every row is as the log says, its guards are in place, "
        "and a recount gives the same counts."
    )
    if given.fingerprint is not None:
        with database.reading_still(System()) as (db, actor):
            print(confirmed(db, actor, given.fingerprint, given.as_at))


def _paper(given: argparse.Namespace) -> None:
    try:
        day = date.fromisoformat(given.meeting)
    except ValueError:
        raise Refused("Write the day of the meeting like 2026-03-10.") from None
    with _as_it_is().reading_still(System()) as (db, actor):
        name, file = written_paper(db, actor, paper_of_item(db, actor, day, given.item))
    try:
        with given.out.open("xb") as made:
            made.write(file)
    except OSError as fault:
        raise places.PlaceFault(
            f"{given.out} cannot be written: {places.why_not(fault)}."
        ) from fault
    print(f"Made {given.out}. Its name in a committee system: {name}")


def _seal_words(last: tuple[int, datetime, int, str] | None) -> str:
    if last is None:
        return "none yet; the server seals its log every ten minutes"
    moment = last[1].astimezone(LONDON).strftime("%Y-%m-%d %H:%M")
    return f"no. {last[0]}, made {moment}, up to event {last[2]:,}, {last[3]}"


RUNS = {
    "add-person": _add_person, "seed": _seed, "jobs": _jobs, "retention": _retention, "docs": _docs,
    "backup": _backup, "restore": _restore, "rotate-keys": _rotate_keys, "check": _check,
    "paper": _paper,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
