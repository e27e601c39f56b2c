"""A real server under load, for the tests and benchmarks that kill, stop and time it."""
