"""The only readers of rows. Every query is for somebody, and begins with what they may see."""
