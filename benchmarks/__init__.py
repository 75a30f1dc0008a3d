"""How fast and how large: own data, whole processes in turns, equal answers from others before any time counts."""
