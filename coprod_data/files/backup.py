"""One sealed file with all that a council needs to begin again: made while people write, and
restored into an empty place only.

It holds the database, the key file, the list of erased entries, the newest seal and a manifest of
what a restored database must count. It is read again as soon as it is made.
"""

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from coprod_data.files import backup_engines
from coprod_data.store.actors import System
from coprod_data.store.database import Database, connect
from coprod_data.store.erasures import (
    erasures_of,
    listed_for_restore,
    make_erasures_whole,
    must_go_on_from,
)
from coprod_data.store.keys import read_keys, restoring
from coprod_data.store.places import MB, PlaceFault, address_of, shown, why_not
from coprod_data.store.schema import check_guards, migrate, refuse_newer
from coprod_data.store.seal_notes import note_of
from coprod_data.store.sealed_files import OpenedFile, SealingFile, Unreadable

EMPTY_ONLY = "A backup is restored into an empty place only."
MANIFEST, DATABASE, KEY, ERASED, SEAL = "manifest", "database", "key", "erased", "seal"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: which engine and schema, when it was made, rows by table."""

    engine: str
    revision: str
    made_at: str
    counts: dict[str, int]


def make_backup(database: Database, target: Path, passphrase: str) -> Manifest:
    """Write a backup that nobody can read without the passphrase, and open it again to see.

    Raises PlaceFault.
    """
    key_file, at = database.key_file, database.clock()
    if key_file is None:
        raise PlaceFault("There is no key file to keep with the database.")
    if target.exists():
        raise PlaceFault(f"{target} is there already. Name a new file.")
    if not target.absolute().parent.is_dir():
        raise PlaceFault(
            f"There is no folder {target.absolute().parent}. Make it, readable by the server's "
            "user only, or name another. Nothing was written."
        )
    with database.reading(System()) as (db, _):
        make_erasures_whole(db, key_file, database.keys, at)
    _must_have_room(database.engine.url)
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    with (
        _gone_unless_whole(unfinished),
        tempfile.TemporaryDirectory(dir=_room(database.engine.url, key_file)) as room,
    ):
        copy = Path(room) / DATABASE
        beside = {KEY: key_file, ERASED: erasures_of(key_file), SEAL: note_of(key_file)}
        for name, path in beside.items():  # first, so that no seal is noted which the copy lacks
            if path.exists():
                shutil.copyfile(path, Path(room) / name)
        manifest = _copied(database, copy, at)
        (Path(room) / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="ascii")
        parts = (MANIFEST, KEY, ERASED, SEAL, DATABASE)
        with (
            SealingFile(unfinished, passphrase) as sealing,
            tarfile.open(fileobj=sealing, mode="w|") as packed,
        ):
            for name in parts:
                if (Path(room) / name).exists():
                    packed.add(Path(room) / name, arcname=name)
        again = Path(room) / "again"
        again.mkdir()
        if _unpacked(unfinished, passphrase, again) != manifest:
            raise PlaceFault(f"{target} does not read as it was written. Is the disk sound?")
        backup_engines.must_be_sound(database.engine, again / DATABASE)
    unfinished.rename(target)
    return manifest


def _must_have_room(address: sa.URL) -> None:
    """Refuse a disk that cannot hold the copy of a database file, and the one it is read into."""
    if address.get_backend_name() != "sqlite":
        return
    file = Path(address.database or "").absolute()
    wanted = 2 * sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    if (free := shutil.disk_usage(file.parent).free) < wanted:
        raise PlaceFault(
            f"There is no room for a backup. It is copied and read again in {file.parent} first: "
            f"that needs {wanted / MB:,.1f} MB, and {free / MB:,.1f} are free. Nothing was written."
        )


@contextmanager
def _gone_unless_whole(unfinished: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def restore_backup(
    source: Path,
    url: str,
    key_file: Path,
    passphrase: str,
    lists: Sequence[Path] = (),
    *,
    unmarked: bool = False,
) -> tuple[Database, set[int]]:
    """Put a backup into an empty place and return it, open, with the entries that the lists name;
    `finish_restore` must follow.

    Until then a mark beside the key file keeps every server from taking it for whole. It names
    the database, so that only what a restore which did not end has filled is emptied, and not
    before backup and list were read. Raises PlaceFault, SchemaFault.
    """
    address = address_of(url)
    mark = restoring(key_file)
    begins_anew = _is_of(mark, address)
    if not begins_anew and (found := _taken(address, key_file)):
        raise PlaceFault(f"There is something at {found} already. {EMPTY_ONLY}")
    key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=_room(address, key_file)) as room:
        manifest = _unpacked(source, passphrase, Path(room))
        if manifest.engine != address.get_backend_name():
            raise PlaceFault(
                f"This backup is of {manifest.engine}. Name such a place in COPROD_DATABASE_URL."
            )
        refuse_newer(manifest.revision)
        keys = Path(room) / KEY
        keys.chmod(0o600)
        erased, before = set[int](), set[int]()
        for listed in lists:
            named, known = listed_for_restore(
                listed, read_keys(keys), manifest.made_at, unmarked=unmarked
            )
            erased, before = erased | named, before | known
        must_go_on_from(lists, Path(room) / ERASED)
        if begins_anew:
            _clear(address, key_file)
        fresh = mark.with_name(f"{mark.name}.new")  # half of a mark would name no database
        fresh.touch(mode=0o600)
        fresh.write_text(shown(address), encoding="utf-8")
        fresh.replace(mark)
        database = connect(url, keys)
        try:
            backup_engines.fill(database.engine, Path(room) / DATABASE)
            if backup_engines.counts(database.engine) != manifest.counts:
                raise PlaceFault("What was restored does not count as the backup says.")
            if before - _entries(database):
                raise PlaceFault(
                    "A list of erased entries names some that this backup should know and does "
                    "not: it is of another council. Nothing starts from what was restored."
                )
            beside, noted = erasures_of(key_file), note_of(key_file)
            for name, path in ((ERASED, beside), (SEAL, noted)):
                if (Path(room) / name).exists() and not (path == beside and path.exists()):
                    shutil.copyfile(Path(room) / name, path)
                    path.chmod(0o600)
            shutil.copyfile(keys, key_file)
            key_file.chmod(0o600)
            migrate(database.engine, keys=database.keys)
            check_guards(database.engine)
        except BaseException:
            database.engine.dispose()
            raise
    database.key_file = key_file
    return database, erased


def finish_restore(key_file: Path) -> None:
    """Let servers start: the restored database was checked, and erasures were made again."""
    restoring(key_file).unlink()


def _copied(database: Database, copy: Path, at: datetime) -> Manifest:
    revision, counts = backup_engines.copy(database.engine, copy)
    return Manifest(database.engine.dialect.name, revision, at.isoformat(), counts)


def _unpacked(source: Path, passphrase: str, room: Path) -> Manifest:
    try:
        with OpenedFile(source, passphrase) as opened:
            with tarfile.open(fileobj=opened, mode="r|") as packed:
                for part in packed:
                    if part.name in (MANIFEST, DATABASE, KEY, ERASED, SEAL) and part.isfile():
                        _write(room / part.name, packed.extractfile(part))
            opened.read()
        return Manifest(**json.loads((room / MANIFEST).read_bytes()))
    except OSError as error:
        raise PlaceFault(f"{source} cannot be restored: {why_not(error)}.") from error
    except (tarfile.TarError, Unreadable, ValueError) as error:
        raise PlaceFault(f"{source} cannot be restored. {error}") from error


def _write(file: Path, body: IO[bytes] | None) -> None:
    # Not `extract`: its filter is missing in the Python of Debian 12.
    with file.open("xb") as target:
        if body is not None:
            shutil.copyfileobj(body, target)


def _room(address: sa.URL, key_file: Path) -> Path:
    """Return the folder on whose disk there is room for a copy of the database."""
    if address.get_backend_name() == "sqlite":
        folder = Path(address.database or "").parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder
    return key_file.parent


def _taken(address: sa.URL, key_file: Path) -> str:
    if key_file.exists():
        return str(key_file)
    return backup_engines.taken(address)


def _is_of(mark: Path, address: sa.URL) -> bool:
    try:
        return mark.read_text(encoding="utf-8") == shown(address)
    except (OSError, UnicodeDecodeError):
        return False


def _entries(database: Database) -> set[int]:
    with database.engine.connect() as connection:
        return set(connection.scalars(sa.text("SELECT id FROM card_entry")))


def _clear(address: sa.URL, key_file: Path) -> None:
    """Take away what a restore that did not end has left."""
    key_file.unlink(missing_ok=True)
    backup_engines.clear(address)


def passphrase(file: Path | None) -> str:
    """Return the passphrase of backups, from its file or the environment. Raises PlaceFault."""
    said = os.environ.get("COPROD_BACKUP_PASSPHRASE", "")
    if file:
        try:
            said = file.read_text(encoding="utf-8")
        except OSError as error:
            raise PlaceFault(
                f"The passphrase cannot be read from {file}: {why_not(error)}."
            ) from error
        except UnicodeDecodeError as error:
            raise PlaceFault(f"{file} holds no text, so no passphrase.") from error
    if len(said.strip()) < 12:
        raise PlaceFault(
            "A backup needs a passphrase of 12 characters or more: name a file with it after "
            "--passphrase-file, or set COPROD_BACKUP_PASSPHRASE."
        )
    return said.strip()
