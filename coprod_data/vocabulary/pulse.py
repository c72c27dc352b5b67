"""What young people are asked again and again: were they listened to, and has it helped them."""

from coprod_data.vocabulary.base import Worded


class PulseAsked(Worded):
    """One sentence; those of before and of now are never put together for one person."""

    LISTENED = "listened", "I was listened to"
    COUNTED = "counted", "My view counted"
    WELCOME = "welcome", "I felt welcome"
    SURE_BEFORE = "sure_before", "I can speak up: before"
    SURE_NOW = "sure_now", "I can speak up: now"
    TRUST_BEFORE = "trust_before", "I have people I trust: before"
    TRUST_NOW = "trust_now", "I have people I trust: now"


class PulsePlace(Worded):
    """After what somebody was asked."""

    CARD = "card", "After a reply to a card"
    SESSION = "session", "After a session"
