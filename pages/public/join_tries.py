"""How many wrong join codes one address may try, counted once for every page that takes one."""

from starlette.requests import Request

from pages.parts.limits import within_limit

WRONG_CODES, MINUTES = 240, 15  # a whole classroom behind one address may mistype


async def may_try(request: Request) -> bool:
    """Say whether an address may still try a join code."""
    return await within_limit(request, "join", most=WRONG_CODES, minutes=MINUTES, count=False)


async def note_wrong(request: Request) -> None:
    """Count a join code that opened nothing."""
    await within_limit(request, "join", most=WRONG_CODES, minutes=MINUTES)
