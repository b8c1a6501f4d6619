"""What every HTTP surface shares: problems, declared permissions, bounded bodies, limits, headers."""
