"""House rules of forms: what overwrites a value is told what its form showed.

A command that puts something typed into a row that is already there takes `opened`; a page that
calls it hands on what it showed; and staff's boxes of several lines keep what is typed.
"""

import ast
import re
from collections.abc import Collection, Iterable, Mapping

from tests.helpers.house_rules import Broken, at
from tests.helpers.source import Source

OPENED = "opened"
OF_BOXES = {  # the only files that draw a box themselves
    "pages/parts/boxes.py": "each of its boxes says beside itself what is too much",
    "pages/parts/carried.py": "so does each box of a form that keeps what is typed",
    "pages/shared/search_box.py": "the search itself says what is too long",
}


def parameters(function: ast.FunctionDef) -> set[str]:
    return {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def typed_names(function: ast.FunctionDef) -> set[str]:
    """Parameters that are no number of a row, and what is made of them."""
    typed = {name for name in parameters(function) - {"db", "actor", OPENED} if name[-3:] != "_id"}
    for node in ast.walk(function):
        if isinstance(node, ast.For) and names_in(node.iter) & typed:
            typed |= names_in(node.target)
        if isinstance(node, ast.Assign | ast.AnnAssign) and names_in(node.value or node) & typed:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                typed |= {one.id for one in ast.walk(target) if isinstance(one, ast.Name)
                          and isinstance(one.ctx, ast.Store)}  # fmt: skip
    return typed


def overwrites(function: ast.FunctionDef, helpers: Collection[str] = ()) -> bool:
    """Whether something typed is put into an attribute, here or by one of these helpers."""
    typed = typed_names(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and names_in(node.value) & typed:
            for target in node.targets:
                parts = target.elts if isinstance(target, ast.Tuple) else [target]
                values = (
                    node.value.elts
                    if isinstance(node.value, ast.Tuple) and len(parts) == len(node.value.elts)
                    else [node.value] * len(parts)
                )
                for part, value in zip(parts, values, strict=True):
                    if isinstance(part, ast.Attribute) and names_in(value) & typed:
                        return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [*node.args, *(one.value for one in node.keywords)]
            if (node.func.id == "setattr" or node.func.id in helpers) and any(
                names_in(one) & typed for one in given
            ):
                return True
    return False


def commands_that_overwrite(sources: Iterable[Source]) -> dict[str, tuple[Source, ast.FunctionDef]]:
    found = {}
    for source in sources:
        if source.folder != "coprod_data.commands" or source.stem.endswith(("_rules", "_steps")):
            continue
        functions = [one for one in source.tree.body if isinstance(one, ast.FunctionDef)]
        helpers = {one.name for one in functions if one.name[0] == "_" and overwrites(one)}
        for function in functions:
            public = not function.name.startswith("_") and "actor" in parameters(function)
            if public and overwrites(function, helpers):
                found[function.name] = source, function
    return found


def edits_carry_what_was_opened(sources: list[Source], exceptions: Mapping[str, str]) -> Broken:
    for name, (source, function) in commands_that_overwrite(sources).items():
        if OPENED not in parameters(function) and name not in exceptions:
            yield at(source, function.lineno, name, "take what the form showed, as `opened`")


def pages_hand_on_what_they_showed(sources: list[Source], exceptions: Mapping[str, str]) -> Broken:
    carrying = {
        function.name
        for source in sources
        if source.folder == "coprod_data.commands"
        for function in source.tree.body
        if isinstance(function, ast.FunctionDef) and OPENED in parameters(function)
    }
    for source in sources:
        if not source.folder.startswith("pages"):
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            known = f"{source.stem}.{node.func.id}" in exceptions or node.func.id not in carrying
            if not known and OPENED not in {one.arg for one in node.keywords}:
                yield at(source, node.lineno, node.func.id, "hand on what the form showed")


def long_boxes_keep_what_is_typed(sources: list[Source], exceptions: Mapping[str, str]) -> Broken:
    for source in sources:
        for line, name, _ in source.calls():
            if name in ("st.text_area", "text_lines") and str(source.path) not in {
                **exceptions,
                **OF_BOXES,
            }:
                yield at(source, line, name, "use Form.area, which keeps what is typed")


def boxes_that_read_no_markup_are_given_none(sources: list[Source]) -> Broken:
    """Where a list shows its choices as they are, escapes against markup are read by everybody."""
    for source in sources:
        for line, name, call in source.calls():
            if name.endswith((".selectbox", ".multiselect")) and "inert(" in ast.unparse(call):
                yield at(source, line, name, "reads no markup, so give it the words as they are")


KEPT_TEXT = re.compile(r"\.(area|line)\(")
CHOICES = (
    "radio", "selectbox", "multiselect", "checkbox", "number_input", "text_input", "number_box",
    "text_line",
)  # fmt: skip


def choices_beside_kept_texts_come_back(sources: list[Source]) -> Broken:
    """What is chosen beside a kept text is kept with it: a form that restores only its words would
    save another choice than was made. Boxes in `st.form` keep nothing before the press.
    """
    for source in sources:
        if "carried_form(" not in source.text or not KEPT_TEXT.search(source.text):
            continue
        pressed = {
            line
            for one in ast.walk(source.tree)
            if isinstance(one, ast.FunctionDef) and "st.form(" in ast.unparse(one)
            for line in range(one.lineno, (one.end_lineno or one.lineno) + 1)
        }
        for line, name, call in source.calls():
            keys = [ast.unparse(one.value) for one in call.keywords if one.arg in ("key", None)]
            loose = any(".key_of(" in key or ".box(" in key for key in keys)
            if name.rpartition(".")[2] in CHOICES and loose and line not in pressed:
                yield at(source, line, name, "use Form.choice or Form.line, which come back")


DRAWS = ("text_input", "text_area", "number_input")


def no_box_cuts_what_is_typed(sources: list[Source]) -> Broken:
    """A limit of Streamlit's own loses a longer paste, or a number, without a word (D21). The boxes
    of `pages/parts` take whatever is typed, and say beside themselves what their command refuses.
    """
    for source in sources:
        if not source.folder.startswith("pages"):
            continue
        for line, name, call in source.calls():
            cuts = "max_chars" in {one.arg for one in call.keywords}
            if cuts or (name.rpartition(".")[2] in DRAWS and str(source.path) not in OF_BOXES):
                yield at(source, line, name, "use a box of pages/parts, which never cuts a paste")


def templates_that_cut(templates: Mapping[str, str]) -> list[str]:
    """Return the plain pages whose boxes cut a longer paste: the browser does it without a word."""
    return [name for name, text in templates.items() if "maxlength" in text.casefold()]
