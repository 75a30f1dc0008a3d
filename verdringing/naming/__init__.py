"""Names beside the keys: what a person decided on them, which look alike, and lists of employers."""
