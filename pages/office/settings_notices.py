"""How notices are sent: the form of Settings, a test, and those that could not be sent."""

from typing import Any

import streamlit as st

from coprod_data.commands.notices import ask_for_test
from coprod_data.commands.settings import change_notice_host
from coprod_data.queries.notices import FailedNotice, LadoNotices, LastTest, NoticesState
from coprod_data.scopes.notices import NoticeHost, NotifyHost, SmtpHost, host_to_keep
from coprod_data.sending.secret import notice_secret
from coprod_data.vocabulary.notices import HostKind, Safety, SecretPlace
from coprod_data.vocabulary.settings import SettingKey
from pages.parts.boxes import number_box, text_line
from pages.parts.carried import Form, carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import saving, words_of
from pages.parts.html import show
from pages.parts.times import on_and_at

OFF = "No notices are sent"
PORT = 587
LABELS = {
    SettingKey.NOTICE_HOST: "How notices are sent",
    SettingKey.PUBLIC_ADDRESS: SettingKey.PUBLIC_ADDRESS.words,
}


def notices_form(state: NoticesState) -> None:
    """Show how notices go out, and everything an administrator may do about it."""
    st.text(
        "A notice says only that something is waiting, with a link to My work. "
        "It holds no words, no names and no numbers of entries."
    )
    _say_what_is_wrong(state)
    form = carried_form(
        "notices",
        "host",
        {
            SettingKey.NOTICE_HOST: host_to_keep(state.host),
            SettingKey.PUBLIC_ADDRESS: state.site,
        },
        LABELS,
        key="notice",
        tell=_told_host,
    )
    form.begin()
    before = form.carried.start.setdefault("host", state.host)
    kinds: list[HostKind | None] = [None, *HostKind]
    kind = st.selectbox(
        "Through what are notices sent?",
        kinds,
        index=kinds.index(_kind(before)),
        format_func=lambda one: OFF if one is None else words_of(one),
        key=form.key_of("kind"),
    )
    with st.form("notices"):
        address, host = "", None
        if kind is not None:
            address = text_line(
                SettingKey.PUBLIC_ADDRESS.words,
                value=form.carried.start[SettingKey.PUBLIC_ADDRESS],
                placeholder="https://together.westmarch.gov.uk",
                longest=200,
                key=form.key_of("site"),
            )
            host = _notify(form, before) if kind is HostKind.NOTIFY else _smtp(form, before)
        if st.form_submit_button("Save how notices are sent", type="primary"):
            with form.saving("Saved.") as (db, actor):
                change_notice_host(db, actor, host, address=address, opened=form.opened)
    if state.host is not None:
        _lado(state.lado)
        _test(state)
    _failed(state.failed)


def _say_what_is_wrong(state: NoticesState) -> None:
    needs = isinstance(state.host, NotifyHost) or (
        isinstance(state.host, SmtpHost) and state.host.user
    )
    if needs and notice_secret() is None:
        show(
            "notice.html", tone="alert", icon="lock", urgent=False,
            title="The server does not have the password or the key",
            words=f"It is set where the server runs, in {SecretPlace.VARIABLE} or "
            f"{SecretPlace.FILE}. Then the server is started again.",
        )  # fmt: skip
    if state.host is not None and state.unreachable:
        show(
            "notice.html", tone="soon", icon="warning", urgent=False,
            title="Some people of the two teams get no notices",
            words=f"No work e-mail yet: {', '.join(state.unreachable)}. "
            "They add it on My work, or you do on People.",
        )  # fmt: skip


def _kind(host: NoticeHost | None) -> HostKind | None:
    if host is None:
        return None
    return HostKind.NOTIFY if isinstance(host, NotifyHost) else HostKind.SMTP


def _smtp(form: Form, before: NoticeHost | None) -> SmtpHost:
    old = before if isinstance(before, SmtpHost) else None
    host = text_line(
        "Name of the mail server",
        value=old.host if old else "",
        longest=253,
        key=form.key_of("host"),
    )
    safety: Safety | None = st.selectbox(
        "How the connection is kept safe",
        list(Safety),
        index=list(Safety).index(old.safety) if old else 0,
        format_func=words_of,
        key=form.key_of("safety"),
    )
    port = number_box(
        "Port", least=1, most=65_535, value=old.port if old else PORT, step=1,
        key=form.key_of("port"),
    )  # fmt: skip
    sender = text_line(
        "Sender, an e-mail address", value=old.sender if old else "", longest=254,
        key=form.key_of("sender"),
    )  # fmt: skip
    user = text_line(
        "User, if the server asks for one (its password is set where Together runs)",
        value=old.user if old else "",
        longest=200,
        key=form.key_of("login"),
    )
    safe = safety or Safety.STARTTLS
    return SmtpHost(host=host, port=int(port), safety=safe, sender=sender, user=user)


def _notify(form: Form, before: NoticeHost | None) -> NotifyHost:
    old = before if isinstance(before, NotifyHost) else None
    st.text("The template has ((subject)) as its subject and ((message)) as its message.")
    return NotifyHost(
        template_id=text_line(
            "Template ID",
            value=old.template_id if old else "",
            longest=60,
            key=form.key_of("template"),
        )
    )


def _told_host(_name: str, value: Any) -> str:
    """Return the host that is named now, in words."""
    if not isinstance(value, dict):
        return shown(value) if value else OFF
    return ", ".join(shown(fact) for fact in value.values())


def _lado(lado: LadoNotices) -> None:
    """Say where the LADO's notices go, and how far the last one is."""
    if not lado.address:
        show(
            "notice.html", tone="soon", icon="warning", urgent=False,
            title="The LADO gets no notice",
            words="It would say that they ring you, when nobody on duty may read a card. "
            "Add the LADO’s e-mail under Who is on duty.",
        )  # fmt: skip
        return
    st.text(f"Where nobody on duty may read a card, one goes to the LADO: {lado.address}.")
    if lado.waits:
        st.text("One is on its way. Reload the page to see.")
    elif lado.sent_at is not None:
        st.text(f"The last was sent: {on_and_at(lado.sent_at)}.")


def _test(state: NoticesState) -> None:
    """Show how the last test went, and a way to send another to oneself."""
    if state.test is not None:
        st.text(_told(state.test))
    if not state.my_address:
        st.text("To send yourself a test, first add your own work e-mail on My work.")
    elif st.button("Send me a test", key="notice-test"):
        with saving("The test goes out within a minute. Reload the page to see.") as (db, actor):
            ask_for_test(db, actor)


def _told(test: LastTest) -> str:
    if test.sent_at is not None:
        return f"Your test was sent: {on_and_at(test.sent_at)}."
    if test.waits:
        return "Your test is on its way. Reload the page to see."
    why = test.why.words if test.why else "The host did not take it"
    return f"Your test of {on_and_at(test.made_at)} could not be sent. {why}."


def _failed(failed: tuple[FailedNotice, ...]) -> None:
    if failed:
        st.subheader("Notices we could not send", anchor=False)
        show(
            "list.html",
            rows=[
                {
                    "title": f"{row.name}: {row.kind.words}",
                    "detail": f"{on_and_at(row.made_at)}. {row.why.words if row.why else ''}",
                    "state": None, "word": None, "href": None,
                }
                for row in failed
            ],
            empty="",
        )  # fmt: skip
