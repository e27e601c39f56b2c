"""Numbers about the people who work here: exact, with their base, their source and their doubt."""
