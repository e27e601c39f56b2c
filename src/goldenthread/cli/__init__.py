"""The ``goldenthread`` command."""


def main() -> None:
    """Run the command line."""
