"""What may leave the council. It begins with the table that may not: ``RawTable``."""
