"""What the page shows: a case as a person reads it, its picture, the overview, the search, the style."""
