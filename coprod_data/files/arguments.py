"""What may be typed after `python -m coprod_data`: its commands and their options."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from coprod_data.files.seed import FOLDER
from coprod_data.permissions import Role

Run = Callable[[argparse.Namespace], None]


def arguments_of(words: str, runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """Return the parser of all commands; `runs` has, by its name, what each of them runs."""
    parser = argparse.ArgumentParser(prog="python -m coprod_data", description=words)
    parser.add_argument(
        "--as", dest="by", metavar="USERNAME", help="who acts; else the server itself"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    person = commands.add_parser("add-person", help="add an account to the database")
    person.add_argument("username", help="letters, digits, dots and dashes, for example jo.smith")
    person.add_argument("name", nargs="?", default="", help="the name to show on screen")
    person.add_argument("--job", default="", help="the job title to show on screen")
    person.add_argument(
        "--role", action="append", default=[], choices=[role.value for role in Role], dest="roles"
    )
    person.add_argument(
        "--recover",
        action="store_true",
        help="a new one-time link for an account that exists; name and roles are not read",
    )
    person.add_argument(
        "--password", action="store_true", help="ask for a password now, instead of a one-time link"
    )
    person.set_defaults(run=runs["add-person"])
    seed = commands.add_parser("seed", help="play an invented council into an empty database")
    seed.add_argument("--folder", type=Path, default=FOLDER, help="where its sheets are")
    seed.set_defaults(run=runs["seed"])
    commands.add_parser("jobs", help="run every recurring job now").set_defaults(run=runs["jobs"])
    retention = commands.add_parser("retention", help="erase what has been kept for its time")
    retention.add_argument(
        "--dry-run", action="store_true", help="only count what is due, and change nothing"
    )
    retention.set_defaults(run=runs["retention"])
    commands.add_parser(
        "docs", help="make the pages of docs/ that follow from the code"
    ).set_defaults(run=runs["docs"])
    backup = commands.add_parser("backup", help="write one sealed file with all that is needed")
    backup.add_argument("file", type=Path, help="a new file; keep its passphrase somewhere else")
    backup.set_defaults(run=runs["backup"])
    restore = commands.add_parser("restore", help="put a backup into an empty place")
    restore.add_argument("file", type=Path, help="the file that backup made")
    restore.add_argument(
        "--erasures",
        type=Path,
        action="append",
        default=[],
        help="the list of erased entries of the server that was lost; of two servers, one each",
    )
    restore.add_argument(
        "--unmarked-erasures",
        action="store_true",
        help="take a list that an earlier release wrote, which nothing shows to be this council's",
    )
    restore.add_argument(
        "--without-erasures", action="store_true", help="restore although that list is lost"
    )
    restore.set_defaults(run=runs["restore"])
    for one in (backup, restore):
        one.add_argument(
            "--passphrase-file", type=Path, help="else COPROD_BACKUP_PASSPHRASE in the environment"
        )
    rotate = commands.add_parser(
        "rotate-keys", help="add a key for what is made from now on, or end an old one"
    )
    rotate.add_argument("--end", metavar="KEY", help="the number of the key to end")
    rotate.set_defaults(run=runs["rotate-keys"])
    paper = commands.add_parser(
        "paper", help="write a signed paper as a Word file, with public words only"
    )
    paper.add_argument("meeting", metavar="MEETING", help="its day, for example 2026-03-10")
    paper.add_argument("item", metavar="ITEM", type=int, help="the number of the item")
    paper.add_argument("--out", type=Path, required=True, help="a new file")
    paper.set_defaults(run=runs["paper"])
    check = commands.add_parser(
        "check", help="say which database this is, and whether log, guards and counts are intact"
    )
    check.add_argument(
        "--fingerprint", help="also whether the numbers of a day are still those that were printed"
    )
    check.add_argument(
        "--as-at",
        metavar="DAY",
        help='the day beside it, for example 2026-06-30 or "2026-06-30 14:30"',
    )
    check.set_defaults(run=runs["check"])
    return parser
