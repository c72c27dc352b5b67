"""How wide a screen is: others may see a wide one. The door's own script says so in a cookie, and
its reader says in the tab's address who can see it.
"""

WIDTH = "screen"  # the cookie, and the name under server.trustedUserHeaders
NARROW = "narrow"  # anything else, and nothing, counts as wide

SEEN_BY = "screen"  # in the address, and in what the tab remembers
OWN, OTHERS = "own", "others"
