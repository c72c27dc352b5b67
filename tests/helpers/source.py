"""Our own source as trees, for the tests that hold the house rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path and its code."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def module(self) -> str:
        return ".".join(self.path.with_suffix("").parts).removesuffix(".__init__")

    @property
    def folder(self) -> str:
        return ".".join(self.path.parent.parts)

    @property
    def stem(self) -> str:
        return self.path.stem

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Line and dotted name of everything imported, including names of `from` imports."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    parts = self.module.split(".")
                    if self.stem != "__init__":
                        parts = parts[:-1]
                    up = parts[: len(parts) - node.level + 1]
                    base = ".".join([*up, base] if base else up)
                found += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
        return found

    @property
    def functions(self) -> list[Function]:
        """The functions at the top level of the file."""
        return [node for node in self.tree.body if isinstance(node, Function)]

    @property
    def public_functions(self) -> list[Function]:
        return [function for function in self.functions if not function.name.startswith("_")]

    def calls(self) -> Iterator[tuple[int, str, ast.Call]]:
        """Line, dotted name and node of every call."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, dotted(node.func), node


def dotted(node: ast.AST) -> str:
    """`st.button` for the expression st.button; an empty string for anything without a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def read_source(path: Path) -> Source:
    return Source(PurePosixPath(path.relative_to(ROOT).as_posix()), path.read_text("utf-8"))


def all_source(*places: str) -> list[Source]:
    """Every Python file of these folders, or these files themselves."""
    files = [
        path
        for place in places
        for path in (
            [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
        )
        if path.is_file()
    ]
    return [read_source(path) for path in files]
