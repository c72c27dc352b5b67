"""The list of erased entries proves whose it is, and that nobody changed it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coprod_data.store.erasures import (
    end_of,
    erasures_of,
    list_erased,
    listed_for_restore,
    must_go_on_from,
    read_erased,
)
from coprod_data.store.keys import add_key, end_key, load_keys, read_keys
from coprod_data.store.places import PlaceFault

THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
BACKUP = (THEN + timedelta(hours=1)).isoformat()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A key file with a list of three erased entries; the last after the backup."""
    path = tmp_path / "key"
    keys = load_keys(path)
    list_erased(path, keys, [7, 8], THEN)
    list_erased(path, keys, [9], THEN + timedelta(hours=2))
    return path


def follow(key_file: Path, *, unmarked: bool = False) -> tuple[set[int], set[int]]:
    return listed_for_restore(erasures_of(key_file), read_keys(key_file), BACKUP, unmarked=unmarked)


def test_a_list_is_followed_after_a_rotation_and_from_a_backup_before_it(key_file: Path) -> None:
    before = read_keys(key_file)
    add_key(key_file)
    end_key(key_file, "1")
    list_erased(key_file, read_keys(key_file), [10], THEN)
    assert follow(key_file) == ({7, 8, 9, 10}, {7, 8, 10})
    assert listed_for_restore(erasures_of(key_file), before, BACKUP)[0] == {7, 8, 9, 10}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [lines[0].replace('"entry": 7', '"entry": 5'), *lines[1:]], 1),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[1], lines[0], lines[2]], 1),
        (lambda lines: [*lines, f'{{"entry": 5, "at": "{BACKUP}"}}'], 4),
        (lambda lines: [f'{{"entry": 5, "at": "{BACKUP}"}}', *lines], 2),
    ],
    ids=["changed", "left out", "turned round", "put below", "put above"],
)
def test_a_changed_list_is_refused_and_the_server_puts_it_aside(
    key_file: Path, change: object, line: int
) -> None:
    listed = erasures_of(key_file)
    listed.write_text("\n".join(change(listed.read_text().splitlines())) + "\n")  # type: ignore[operator]
    for unmarked in (False, True):
        with pytest.raises(PlaceFault, match=f"the mark on line {line} of .* Nothing was restored"):
            follow(key_file, unmarked=unmarked)

    list_erased(key_file, read_keys(key_file), [11], THEN)
    assert follow(key_file)[0] == {11}  # what else was erased comes from the database
    aside = listed.with_name("key.erased.not-ours")
    assert 9 in read_erased(aside)
    assert aside.stat().st_mode & 0o077 == 0


def test_another_councils_list_is_refused(key_file: Path, tmp_path: Path) -> None:
    with pytest.raises(PlaceFault, match="It is of another council, or somebody changed it"):
        listed_for_restore(erasures_of(key_file), load_keys(tmp_path / "other"), BACKUP)


def test_a_list_without_marks_is_taken_on_purpose_only_and_gets_them(key_file: Path) -> None:
    listed = erasures_of(key_file)
    bare = [json.loads(line) for line in listed.read_text().splitlines()]
    lines = [json.dumps({"entry": one["entry"], "at": one["at"]}) for one in bare]
    listed.write_text("\n".join(lines) + "\n")
    with pytest.raises(PlaceFault, match="say --unmarked-erasures too"):
        follow(key_file)
    assert follow(key_file, unmarked=True) == ({7, 8, 9}, {7, 8})

    list_erased(key_file, read_keys(key_file), [], THEN)
    assert follow(key_file) == ({7, 8, 9}, {7, 8})


def test_a_list_must_go_on_from_the_one_in_the_backup(
    key_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    newest, keys = erasures_of(key_file), read_keys(key_file)
    own, older, beside, emptied = (tmp_path / name for name in ("own", "older", "beside", "empty"))
    own.write_text(newest.read_text())
    older.write_text("".join(newest.read_text().splitlines(keepends=True)[:2]))
    emptied.touch()
    list_erased(tmp_path / "second", keys, [10], THEN)  # another server's began otherwise
    erasures_of(tmp_path / "second").rename(beside)
    with caplog.at_level("INFO", "coprod_data"):
        list_erased(key_file, keys, [11], THEN)

    for taken in ([newest], [own], [older, newest], [beside], [emptied, newest]):
        must_go_on_from(taken, own)
    for cut in ([older], [emptied], [older, beside]):
        with pytest.raises(PlaceFault, match="or its newest lines were cut off. Nothing was rest"):
            must_go_on_from(cut, own)
    list_erased(older.with_name("third"), keys, (), THEN)
    older.rename(erasures_of(tmp_path / "third"))  # cut off, then written to again by a server
    list_erased(tmp_path / "third", keys, [9, 12], THEN)
    with pytest.raises(PlaceFault, match="does not go on from the list in this backup"):
        must_go_on_from([erasures_of(tmp_path / "third")], own)
    assert end_of(newest) in caplog.text  # so that a shorter list shows beside the server's log
    assert end_of(own) != end_of(newest)


@pytest.mark.parametrize("cut", [1, 20])
def test_a_line_that_a_fault_cut_off_spoils_nothing_that_comes_after(
    key_file: Path, cut: int
) -> None:
    listed = erasures_of(key_file)
    listed.write_text(listed.read_text()[:-cut])
    there = {7, 8, 9} if cut == 1 else {7, 8}
    assert follow(key_file)[0] == there
    list_erased(key_file, read_keys(key_file), [10], THEN)
    assert follow(key_file)[0] == {10, *there}
