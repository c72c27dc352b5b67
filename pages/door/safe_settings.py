"""A live council starts only with safe settings; each refusal says which to change and how."""

from collections.abc import Callable
from typing import Any

from streamlit import config

from coprod_data.store.places import ROOT, chosen_mode, default_key_file
from coprod_data.vocabulary.settings import Mode


class UnsafeSettings(Exception):
    """What to change before a live server may start."""


def _is(value: Any) -> Callable[[Any], bool]:
    return lambda found: bool(found == value)


EVERY_ADDRESS = ("0.0.0.0", "::", "*")  # noqa: S104 - refused: past the proxy nothing is safe
SAFE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "server.address": (
        lambda address: bool(address) and address not in EVERY_ADDRESS,
        "name the one address to listen on, usually 127.0.0.1",
    ),
    "server.allowedHosts": (
        lambda hosts: bool(hosts) and "*" not in hosts,
        "name the hosts that people type",
    ),
    "server.trustedUserHeaders": (
        _is({"X-Coprod-Session": "session", "X-Coprod-Screen": "screen"}),
        'set "X-Coprod-Session" = "session", "X-Coprod-Screen" = "screen" and nothing else',
    ),
    "server.enableXsrfProtection": (_is(True), "set it to true"),
    "server.enableCORS": (_is(True), "set it to true"),
    "server.scriptHealthCheckEnabled": (_is(False), "set it to false"),
    "server.fileWatcherType": (_is("none"), 'set it to "none"'),
    "server.maxUploadSize": (lambda size: size <= 5, "set it to 5 or less"),
    "server.maxWidgetStateSize": (lambda size: size <= 2, "set it to 2"),
    "server.disconnectedSessionTTL": (lambda seconds: seconds <= 120, "set it to 120 or less"),
    "client.allowedOrigins": (_is([]), "set it to an empty list"),
    "client.showErrorDetails": (_is("none"), 'set it to "none"'),
    "client.showErrorLinks": (_is(False), "set it to false"),
    "client.toolbarMode": (_is("minimal"), 'set it to "minimal"'),
    "browser.gatherUsageStats": (_is(False), "set it to false"),
    "global.developmentMode": (_is(False), "set it to false"),
}


def unsafe_settings() -> list[str]:
    """Return a sentence for every setting that a live council must not start with."""
    found = [
        f"{name}: {what}."
        for name, (is_safe, what) in SAFE.items()
        if not is_safe(config.get_option(name))
    ]
    if default_key_file().resolve().is_relative_to(ROOT):
        found.append("COPROD_KEY_FILE: keep the keys outside the program's own folder.")
    return found


def refuse_unsafe_settings() -> None:
    """Raise UnsafeSettings in live mode unless everything is safe, PlaceFault for no mode."""
    if chosen_mode() is Mode.LIVE and (found := unsafe_settings()):
        raise UnsafeSettings("A live council needs other settings. " + " ".join(found))
