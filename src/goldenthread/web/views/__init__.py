"""What is asked for at each address, thin: a permission declared, a query or a change, a page."""
