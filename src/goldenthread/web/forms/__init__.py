"""What a browser sends, read and bounded: rules about the programme live in ``changes``."""
