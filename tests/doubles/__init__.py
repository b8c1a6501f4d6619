"""Doubles of systems that are not ours, checked against clients that are not ours either."""
