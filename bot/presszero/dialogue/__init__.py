"""The pure core: flows, state, events and the step between them. No clock, no chance, no sockets, no files."""
