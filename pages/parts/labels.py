"""The council's words for its Board and its Promise in templates."""

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from coprod_data.vocabulary.labels import OURS, labelled


class LabelsInTemplates(Extension):
    """A template may say "the Board" and "The Promise", in its text and between quotes of its
    tags.

    What is filled into a template is never changed: somebody may have typed it.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Put a call of `labelled` into the place of each such word, once as it is read."""
        self.environment.globals["labelled"] = labelled
        for token in stream:
            if token.type == "data":
                yield from _of_text(token)
            elif token.type == "string" and OURS.search(token.value):
                yield from _call(token.lineno, token.value)
            else:
                yield token


def _of_text(token: Token) -> Iterator[Token]:
    at = 0
    for found in OURS.finditer(token.value):
        yield Token(token.lineno, "data", token.value[at : found.start()])
        yield Token(token.lineno, "variable_begin", "{{")
        yield from _call(token.lineno, found[0])
        yield Token(token.lineno, "variable_end", "}}")
        at = found.end()
    yield Token(token.lineno, "data", token.value[at:])


def _call(line: int, words: str) -> Iterator[Token]:
    yield Token(line, "name", "labelled")
    yield Token(line, "lparen", "(")
    yield Token(line, "string", words)
    yield Token(line, "rparen", ")")
