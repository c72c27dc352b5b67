"""A live server's log: each line is one JSON object, and says no value that came from outside.

What others log (Streamlit, uvicorn) quotes addresses with their query, headers, and what a page
held when it failed. So of their lines only the words of their own program are kept, as they stand
in its source, with numbers; each other value reads "...". Of an exception, whoever logs it, only
its kind and the places it passed are kept, never its message.
"""

import ast
import json
import linecache
import logging
import re
import sys
import threading
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from traceback import extract_tb
from types import TracebackType

from coprod_data.store.places import PlaceFault, chosen_mode
from coprod_data.vocabulary.settings import Mode

OURS = "coprod_data"  # the logger whose messages are written with this log in mind
ACCESS = "uvicorn.access"  # switched off: the proxy tells who asked for what
SAYS_NOTHING = (  # warnings of Streamlit at each start, about modules that are imported before it
    "streamlit.runtime.caching.cache_data_api",
    "streamlit.runtime.scriptrunner_utils.script_run_context",
)
HIDDEN = "..."
LONGEST = 2_000  # characters of a message
PLACES = 12  # the last ones an exception passed
QUERY = re.compile(r"\?\S*")
PLACE = re.compile(r"%(\(\w+\))?[-#0 +]*\d*(\.\d+)?[a-zA-Z]")

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class OneLine(logging.Formatter):
    """Writes a record as one JSON object: time, level, logger, message, and where there are any,
    the id of the request, the exception's kind and the places it passed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record)[:LONGEST],
        }
        if told["message"] == HIDDEN:
            told["at"] = f"{record.pathname}:{record.lineno}"
        if (asked := request_id.get()) is not None:
            told["request"] = asked
        if record.exc_info and record.exc_info[0] is not None:
            told["fault"] = record.exc_info[0].__name__
            told["places"] = _places(record.exc_info[2])
        return json.dumps(told, ensure_ascii=True)


class _OneLineLogger(logging.Logger):
    """A logger made later, by whichever library: its own handlers write as ours do."""

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - the name logging gave it
        hdlr.setFormatter(OneLine())
        super().addHandler(hdlr)


def log_as_json_when_live() -> None:
    """In live mode let every logger of this process, now and later, write JSON lines.

    In either mode what Streamlit warns of at each start is left out.
    """
    for name in SAYS_NOTHING:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        if chosen_mode() is not Mode.LIVE:
            return
    except PlaceFault:  # the start says so in its own words
        return
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    root.setLevel(min(root.level, logging.WARNING))
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.setLoggerClass(_OneLineLogger)
    for logger in (root, *logging.root.manager.loggerDict.values()):
        if type(logger) is logging.Logger:
            logger.__class__ = _OneLineLogger  # Streamlit gives its loggers new handlers at times
            if not logger.handlers and logger.name != ACCESS:  # uvicorn took them away
                logger.propagate = True
        for handler in getattr(logger, "handlers", ()):
            handler.setFormatter(OneLine())
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda ended: _uncaught(
        ended.exc_type, ended.exc_value, ended.exc_traceback
    )
    sys.unraisablehook = lambda left: _uncaught(left.exc_type, left.exc_value, left.exc_traceback)


def _uncaught(
    kind: type[BaseException], fault: BaseException | None, passed: TracebackType | None
) -> None:
    caught = (kind, fault or kind(), passed)
    logging.getLogger(OURS).critical("A fault that nobody caught.", exc_info=caught)


def _message(record: logging.LogRecord) -> str:
    """Return what a record says. A log that failed would hide the fault that it tells of."""
    try:
        if record.name.partition(".")[0] == OURS:
            return QUERY.sub(HIDDEN, record.getMessage())
        if record.msg not in _words_of(record.pathname):
            return HIDDEN
        given = iter(record.args if isinstance(record.args, tuple) else ())
        return PLACE.sub(lambda _: _number(next(given, None)), record.msg).strip()
    except Exception:
        return HIDDEN


def _number(value: object) -> str:
    return str(value) if isinstance(value, int | float) else HIDDEN


@cache
def _words_of(path: str) -> frozenset[str]:
    """Return the texts that stand in a program's source as they are, with nothing filled in."""
    try:
        tree = ast.parse("".join(linecache.getlines(path)))
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _places(passed: TracebackType | None) -> list[str]:
    frames = extract_tb(passed)[-PLACES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
