"""What a scanner would look for in our source, held by rules of our own beside ruff's `S`."""

import ast
import re
import tomllib

from coprod_data.permissions import BRINGS_FILES, Permission
from tests.helpers.source import ROOT, all_source, is_within

SOURCES = all_source("coprod_data", "pages", "dashboard.py")
OUTWARD = ("urllib.request", "http.client", "smtplib", "socket", "requests", "httpx2", "ftplib")
SIGN_IN = "pages/parts/sign_in.py"
# Names of tables, columns and members that are written out; nothing that anybody typed.
OF_OUR_OWN_NAMES = (
    "coprod_data/store/",
    "coprod_data/scopes/entries.py",  # a value of a closed list, as its index names it
    "coprod_data/commands/heard_tally.py",  # the columns of a closed list
)


def test_nothing_but_the_sending_of_notices_calls_another_host():
    calling = {
        str(source.path)
        for source in SOURCES
        for _, name in source.imports
        if any(is_within(name, one) for one in OUTWARD)
    }

    assert calling == {"coprod_data/sending/notify.py", "coprod_data/sending/smtp.py"}


def test_each_box_for_a_file_is_on_a_page_of_a_right_that_brings_files():
    """All files come in by one door, which asks for one of these rights; no other box has one."""
    boxes = ("file_uploader", "camera_input", "audio_input", "accept_file", "accept_audio")
    found = {str(source.path) for source in SOURCES if any(box in source.text for box in boxes)}
    forms = [one for one in SOURCES if re.search(r"max_files=(?!0\b)", one.text)]

    assert found == {
        "pages/listening/measures_import.py", "pages/listening/surveys_import.py",
        "pages/office/settings_papers.py", "pages/together/library_forms.py",
    }  # fmt: skip
    rights = Permission.SURVEYS_WRITE, Permission.SETTINGS_CHANGE, Permission.LIBRARY_WRITE
    assert set(BRINGS_FILES) == set(rights)
    assert forms == []


def test_of_the_sign_in_package_only_its_login_is_used():
    naming = [source for source in SOURCES if "streamlit_authenticator" in source.text]
    called = {name.rpartition(".")[2] for one in naming for _, name, _ in one.calls()}
    others = re.compile(r"register|forgot|hint|reset_|update_|guest|two_factor|oauth|widget")

    assert [str(one.path) for one in naming] == [SIGN_IN]
    assert "login" in "".join(one.text for one in naming)
    assert {name for name in called if others.search(name)} == set()


def is_put_together(text: ast.AST) -> bool:
    """Say whether a statement is made of pieces: an f-string, a sum, `%`, `format` or `join`."""
    return any(
        isinstance(node, ast.JoinedStr | ast.BinOp)
        or (isinstance(node, ast.Attribute) and node.attr in ("format", "join", "replace"))
        for node in ast.walk(text)
    )


def test_no_statement_is_put_together_from_text():
    put_together = [
        f"{source.path}:{line}"
        for source in SOURCES
        if not str(source.path).startswith(OF_OUR_OWN_NAMES)
        for line, name, call in source.calls()
        if name in ("sa.text", "sa.literal_column") or name.endswith("exec_driver_sql")
        if call.args and is_put_together(call.args[0])
    ]

    assert put_together == []
    assert is_put_together(ast.parse("f'DELETE FROM {name}'"))
    assert is_put_together(ast.parse("'DELETE FROM ' + name"))
    assert not is_put_together(ast.parse("'a' if one else 'b'"))


def test_ruffs_rules_of_security_are_on_and_each_waiver_says_why():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    waived = [
        f"{source.path}: {line.strip()}"
        for source in SOURCES
        for line in source.text.splitlines()
        if re.search(r"# noqa: [A-Z0-9, ]*\bS\d+", line)
        and not re.search(r"# noqa: [A-Z0-9, ]+ - \w+", line)
    ]

    assert "S" in rules["select"]
    assert not any(rule.startswith("S") and rule[1:].isdigit() for rule in rules["ignore"])
    assert waived == []
