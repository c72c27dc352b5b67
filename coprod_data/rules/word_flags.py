"""Words that ask a person to read an entry sooner. They never refuse, hide or close anything.

A short list on purpose: most disclosures use none of these words, so a person reads every entry. A
flag changes only the order of the queue and who must read, and the young person never sees it.
"""

import re

from coprod_data.vocabulary.entries import Flag

WORDS: dict[Flag, tuple[str, ...]] = {
    Flag.HURT: (
        "hurt", "hurts", "hurting", "hit me", "hits me", "hitting me", "punch", "punched",
        "kicked me", "slapped", "beat me", "beats me", "bruise", "bruises", "bruised", "abuse",
        "abused", "abuses", "choked", "touched me", "touches me", "rape", "raped",
    ),
    Flag.SELF_HARM: (
        "self harm", "self harming", "selfharm", "cut myself", "cutting myself", "hurt myself",
        "hurting myself", "kill myself", "suicide", "suicidal", "want to die", "wanna die",
        "overdose", "end it all", "no point living", "better off dead", "not be here",
    ),
    Flag.UNSAFE: (
        "not safe", "unsafe", "dont feel safe", "do not feel safe", "never feel safe", "scared",
        "scares me", "scary man", "afraid", "frightened", "terrified", "threatened", "threatens",
        "threatening", "follows me", "following me", "locked in", "locks me", "knife",
    ),
    Flag.RUNNING_AWAY: (
        "run away", "ran away", "running away", "runaway", "going missing", "went missing",
        "sleeping rough", "slept outside", "sleep outside", "leave and not come back",
    ),
    Flag.SECRET: (
        "secret", "secrets", "dont tell", "do not tell", "not allowed to tell", "promise not to",
        "cant tell anyone", "cannot tell anyone", "nobody knows",
    ),
    Flag.EXPLOITATION: (
        "county lines", "drugs", "deliver packages", "sell weed", "gang", "gangs", "owe them",
        "older boyfriend", "older man", "older men", "pictures of me", "nudes", "naked", "sext",
        "gives me money", "gave me a phone", "buys me", "hotel",
    ),
}  # fmt: skip

_PATTERNS = {
    flag: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") for flag, words in WORDS.items()
}


def flags_in(*texts: str) -> list[Flag]:
    """Return the reasons to read these texts sooner, in the order of `Flag`.

    Capitals, apostrophes, hyphens and line breaks make no difference.
    """
    plain = re.sub(r"['’ʼ`]", "", " ".join(texts).casefold())
    spaced = re.sub(r"[\W_]+", " ", plain)
    return [flag for flag, pattern in _PATTERNS.items() if pattern.search(spaced)]
