"""What runs: intake, the turn, timers, calls, the outbox, people. The one place that awaits."""
