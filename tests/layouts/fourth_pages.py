"""The fourth set goes on: web pages, and plans that other programs saved."""
