"""House rules of labels: a sentence that says Board or Promise is said in the council's words."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from tests.helpers.house_rules import Broken, at
from tests.helpers.page_rules import is_page
from tests.helpers.source import ROOT, Function, Source, dotted

SAYS = {"labelled", "labelled_with_gaps"}
CLOSED_LISTS = {"Worded", "WordedNumber", "Spoken"}  # whose members' words are said by it
LABELS = re.compile(r"\b(Boards?|Promises?)\b|\bboards?\b(?=.* )|(?<= )\bboards?\b|\bCPB\b")
OWN = "coprod_data/vocabulary/labels.py"


def sentences_are_labelled(
    sources: list[Source], said_later: Mapping[str, Iterable[str]]
) -> Broken:
    """A sentence with one of the labels is an argument of `labelled`, or words of a closed list.

    `said_later` names constants whose words their reader says by `labelled`.
    """
    for source in sources:
        if str(source.path) == OWN or "migrations" in source.path.parts:
            continue
        said = set(_said(source, set(said_later.get(str(source.path), ()))))
        for node in ast.walk(source.tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node not in said
                and LABELS.search(node.value)
            ):
                yield at(source, node.lineno, repr(node.value), 'write labelled("...") around it')


def labels_are_said_when_a_page_is_drawn(sources: list[Source]) -> Broken:
    """Nothing is said while a file is imported: the council's labels are not read by then."""
    for source in sources:
        if is_page(source):  # runs from its first line each time
            continue
        late = {call for function in _functions(source) for call in ast.walk(function)}
        for line, name, call in source.calls():
            if name in SAYS and call not in late:
                yield at(source, line, name, "say it when the page is drawn")


def only_our_sentences_are_labelled(sources: list[Source]) -> Broken:
    """What is filled into a sentence may have been typed, so it never goes through `labelled`."""
    for source in sources:
        for line, name, call in source.calls():
            if name in SAYS and any(isinstance(part, ast.JoinedStr) for part in ast.walk(call)):
                yield at(source, line, name, "put the values beside it")


def scripts_that_name_a_label() -> list[str]:
    """Scripts of a browser, which know no labels."""
    return [
        path.name
        for path in (ROOT / "pages" / "static").rglob("*.js")
        if LABELS.search(path.read_text("utf-8"))
    ]


def _said(source: Source, later: set[str]) -> Iterator[ast.AST]:
    """Every part of what is said by `labelled`, and docstrings."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in SAYS:
            yield from ast.walk(node)
        if isinstance(node, ast.ClassDef) and {dotted(base) for base in node.bases} & CLOSED_LISTS:
            yield from ast.walk(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
    for node in source.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if {dotted(target) for target in targets} & later:
                yield from ast.walk(node)


def _functions(source: Source) -> Iterator[ast.AST]:
    return (node for node in ast.walk(source.tree) if isinstance(node, Function | ast.Lambda))
