"""Files become commands, records become files."""
