"""Where things are kept: the database and its schema, keys, codes, passwords, seals, the index."""
