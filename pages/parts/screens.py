"""How wide a screen is: others may see a wide one. The door's own script says so in a cookie."""

WIDTH = "screen"  # the cookie, and the name under server.trustedUserHeaders
NARROW = "narrow"  # anything else, and nothing, counts as wide
