"""The work list and its sample, what people decide on it, and whether that still stands."""
