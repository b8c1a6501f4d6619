"""Generated answers, from the side of whoever reads them."""
