"""House rules of the pages: how user text may be shown, and where an actor may be used."""

import ast
import re

from tests.helpers.house_rules import ROOMS, Broken, at
from tests.helpers.source import Function, Source, dotted, is_within

HTML = "pages/parts/html.py"
DRAWS_MARKUP = {
    "markdown", "write", "write_stream", "title", "header", "subheader", "caption", "badge",
    "error", "warning", "info", "success", "toast", "exception", "latex", "metric",
}  # fmt: skip
AUTHENTICATOR_KEYS = {"username", "name", "roles", "email", "authentication_status", "logout"}
KEPT = re.compile(r"cache|statement|_built_once")
CLOSED_CHOICES = {
    "selectbox", "multiselect", "radio", "pills", "segmented_control", "checkbox", "toggle",
}  # fmt: skip


def is_streamlit(name: str) -> bool:
    return is_within(name, "st") or is_within(name, "streamlit")


def only_the_shell_stands_in_the_hall(sources: list[Source]) -> Broken:
    for source in sources:
        if source.folder == "pages" and source.stem not in ("shell", "menu", "__init__"):
            yield at(
                source, 1, source.stem, "a page file straight under pages/ runs without its door"
            )


def markup_is_drawn_in_one_place(sources: list[Source]) -> Broken:
    for source in sources:
        for line, name, call in source.calls():
            if any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords):
                yield at(source, line, name, "unsafe_allow_html is never used")
            if str(source.path) == HTML or source.path.parts[0] != "pages":
                continue
            if is_streamlit(name) and name.rpartition(".")[2] in ("html", "iframe"):
                yield at(source, line, name, f"raw HTML is drawn in {HTML} alone")
            trusted = all(isinstance(argument, ast.Constant) for argument in call.args)
            if name.endswith("Markup") and not trusted:
                yield at(source, line, name, f"raw HTML is drawn in {HTML} alone")


def markdown_is_ours(sources: list[Source]) -> Broken:
    """Functions that read text as markdown get only text from the source, never a value."""
    for source in sources:
        if source.path.parts[0] != "pages" or str(source.path) == HTML:
            continue
        for line, name, call in source.calls():
            if not is_streamlit(name) or name.rpartition(".")[2] not in DRAWS_MARKUP:
                continue
            if not all(isinstance(_unlabelled(argument), ast.Constant) for argument in call.args):
                yield at(
                    source, line, name, "values are shown by st.text or show(), never as markdown"
                )


def _unlabelled(argument: ast.expr) -> ast.expr:
    """The sentence inside `labelled(...)`: a label holds no markup."""
    if isinstance(argument, ast.Call) and dotted(argument.func) == "labelled":
        return argument.args[0]
    return argument


def widgets_keep_off_the_sign_in(sources: list[Source]) -> Broken:
    for source in sources:
        if source.path.parts[0] != "pages":
            continue
        for line, name, call in source.calls():
            keys = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
            if name.endswith(".form"):
                keys += call.args[:1]
            for key in keys:
                taken = isinstance(key, ast.Constant) and key.value in AUTHENTICATOR_KEYS
                if is_streamlit(name) and taken:
                    yield at(source, line, name, "this key belongs to the sign-in")


def addresses_hold_closed_choices(sources: list[Source]) -> Broken:
    for source in sources:
        for line, name, call in source.calls():
            bound = any(keyword.arg == "bind" for keyword in call.keywords)
            if bound and name.rpartition(".")[2] not in CLOSED_CHOICES:
                yield at(source, line, name, "only choices from closed lists stand in an address")


def an_actor_lives_in_its_transaction(sources: list[Source]) -> Broken:
    """`db` and `actor` are used inside the `with` that made them, or as arguments passed down."""
    for source in sources:
        if source.path.parts[0] == "pages":
            yield from _strays(source, source.tree, frozenset())


def _strays(source: Source, node: ast.AST, known: frozenset[str]) -> Broken:
    if isinstance(node, Function | ast.Lambda):
        arguments = node.args
        known = frozenset(
            a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        )
    elif isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            if item.optional_vars:
                known |= {n.id for n in ast.walk(item.optional_vars) if isinstance(n, ast.Name)}
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        if node.id in ("db", "actor") and node.id not in known:
            yield at(source, node.lineno, node.id, "lives only inside its transaction")
    elif isinstance(node, ast.keyword) and node.arg in ("args", "kwargs", "on_click", "on_change"):
        for inner in ast.walk(node.value):
            if isinstance(inner, ast.Name) and inner.id in ("db", "actor"):
                yield at(source, node.value.lineno, inner.id, "is never handed to a callback")
    for child in ast.iter_child_nodes(node):
        yield from _strays(source, child, known)


def nothing_personal_is_cached(sources: list[Source]) -> Broken:
    """What is cached is made without knowing who asks, and without reading."""
    for source in sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, Function):
                continue
            cached = any(KEPT.search(ast.unparse(mark)) for mark in node.decorator_list)
            taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            said = {argument.arg.strip("_") for argument in taken} | {
                ast.unparse(argument.annotation) for argument in taken if argument.annotation
            }
            if cached and said & {"db", "actor", "who", "Session", "Actor", "Who"}:
                yield at(
                    source, node.lineno, node.name, "a cache would show one person another's view"
                )


def is_page(source: Source) -> bool:
    """Say whether a file of a room is a page: it opens one."""
    return any(name == "open_page" for _, name, _ in source.calls())


def a_room_holds_pages_and_their_files(sources: list[Source]) -> Broken:
    """A file of a room is a page, or has its page's name: `audits_form` of `audits`."""
    for room in ROOMS:
        files = [s for s in sources if s.folder == f"pages.{room}" and s.stem != "__init__"]
        pages = [source.stem for source in files if is_page(source)]
        for source in files:
            if not any(source.stem == page or source.stem.startswith(f"{page}_") for page in pages):
                yield at(source, 1, source.stem, "is no page and bears no page's name")


def every_room_page_asks_first(sources: list[Source]) -> Broken:
    """The first thing a page does, after its imports and definitions, is open_page(...)."""
    named = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef, Function)
    for source in sources:
        if source.folder not in {f"pages.{room}" for room in ROOMS} or not is_page(source):
            continue
        acts = [n for n in source.tree.body[1:] if not isinstance(n, named)] or [source.tree]
        calls = {dotted(n.func) for n in ast.walk(acts[0]) if isinstance(n, ast.Call)}
        if "open_page" not in calls or isinstance(acts[0], ast.Module):
            yield at(source, 1, source.stem, "a page first calls open_page(...)")


def permissions_asked(source: Source) -> set[str]:
    """The names of the permissions that a page passes to open_page(...)."""
    opened = [call for _, name, call in source.calls() if name == "open_page"]
    return {
        inner.attr
        for call in opened
        for inner in ast.walk(call)
        if isinstance(inner, ast.Attribute) and dotted(inner.value) == "Permission"
    }
