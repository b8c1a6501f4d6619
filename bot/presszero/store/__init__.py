"""What is kept: one protocol (`base`), and the engines that keep it. No other package writes SQL."""
