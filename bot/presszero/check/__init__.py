"""What can be said of a desk before any customer meets it: the rules over its flows, and what is built on them."""
