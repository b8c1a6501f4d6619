"""Publishing a desk: what changes, who is inside, history, trials; and the published set as the runtime needs it."""
