"""What people are, in the lists that official statistics use, and how other codes map to them."""
