"""Pictures of flows, and the numbers on them."""
