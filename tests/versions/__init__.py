"""Publishing while people are inside."""
