"""The server's keys: made once, kept private, refused when they cannot be trusted."""

from pathlib import Path

import pytest

from coprod_data.store.keys import UnsafeKey, load_keys


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text, "ascii")
    path.chmod(mode)
    return path


def test_a_missing_key_is_made_once_and_for_its_owner_alone(tmp_path: Path):
    path = tmp_path / "new folder" / "key"

    made, read = load_keys(path), load_keys(path)

    assert made == read
    assert len(made.newest.secret) == 32
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "mode", "sentence"),
    [
        (f"1 {'ab' * 32}\n", 0o644, "chmod 600"),
        ("1 not hexadecimal\n", 0o600, "damaged"),
        ("1 abcd\n", 0o600, "shorter than 32 bytes"),
        ("", 0o600, "holds no key"),
    ],
)
def test_an_unsafe_key_is_refused_with_what_to_do(
    tmp_path: Path, text: str, mode: int, sentence: str
):
    with pytest.raises(UnsafeKey, match=sentence):
        load_keys(write(tmp_path / "key", text, mode))


def test_new_things_are_made_under_the_newest_key_and_old_keys_are_kept(tmp_path: Path):
    keys = load_keys(write(tmp_path / "key", f"1 {'ab' * 32}\n2 {'cd' * 32}\n"))

    assert keys.newest.number == "2"
    assert [key.number for key in keys.all] == ["1", "2"]


def test_a_key_derived_for_one_purpose_says_nothing_of_another(tmp_path: Path):
    key = load_keys(tmp_path / "key").newest

    assert len({key.derive("a"), key.derive("b"), key.secret}) == 3


def test_a_keyed_hash_needs_the_key(tmp_path: Path):
    here, there = load_keys(tmp_path / "here"), load_keys(tmp_path / "there")

    assert here.keyed_hash("address", "1.2.3.4") == here.keyed_hash("address", "1.2.3.4")
    assert here.keyed_hash("address", "1.2.3.4") != here.keyed_hash("name", "1.2.3.4")
    assert here.keyed_hash("address", "1.2.3.4") != there.keyed_hash("address", "1.2.3.4")
