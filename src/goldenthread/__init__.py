"""Golden Thread: a public body's equality programme, from evidence to action to accountability.

The map, from the ground up; each room may only import from the rooms below it:

- ``errors``: how we say no, and where in a file something stands
- ``intake``: reads any untrusted file, bounded, in a limited child process
- ``timescale``: the language of *when* ("End October 2021", "31 March 2022 and ongoing")
- ``spc``: is this change signal or noise? control charts of programme figures
- ``charts``: figures drawn, each with its words and its table
- ``plan``: recommendations, actions, leads and measures as frozen values; check, trace, compare
- ``documents``: a council's document in, a typed plan out
- ``cli``: the ``goldenthread`` command

ARCHITECTURE.md tells the rest.
"""

__version__ = "0.1.0"
