"""Nobody but the server's own user reads its files."""

import os
import stat
from pathlib import Path

import pytest

from coprod_data.store.database import connect
from coprod_data.store.owner_only import BESIDE_KEY, keep_to_owner
from coprod_data.store.places import PlaceFault
from coprod_data.store.schema import migrate


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_the_server_makes_is_its_owners_and_what_is_not_is_refused_or_mended(
    tmp_path: Path,
) -> None:
    before = os.umask(0)
    try:
        url, key = f"sqlite:///{tmp_path / 'new' / 'council.db'}", tmp_path / "keys" / "key"
        database = connect(url, key)
        migrate(database.engine, keys=database.keys)
        with database.engine.connect() as kept:
            kept.exec_driver_sql("SELECT 1")
            made = list((tmp_path / "new").iterdir())
            assert {path.name for path in made} >= {"council.db", "council.db-wal"}
            assert {mode(path) for path in [*made, key]} == {0o600}
            assert mode(tmp_path / "new") == 0o700
        database.engine.dispose()
    finally:
        os.umask(before)
    keep_to_owner(url, key, mend=False)

    opened = [*made, *(Path(f"{key}{part}") for part in BESIDE_KEY)]
    for path in opened:
        path.touch()
        path.chmod(0o640)
        with pytest.raises(PlaceFault, match=f"Others can read {path}. Run: chmod 600 {path}"):
            keep_to_owner(url, key, mend=False)
        keep_to_owner(url, key, mend=True)
        assert mode(path) == 0o600
