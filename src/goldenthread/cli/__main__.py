"""``python -m goldenthread.cli`` is the ``goldenthread`` command."""

from goldenthread.cli import main

main()
