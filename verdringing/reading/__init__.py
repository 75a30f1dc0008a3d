"""Files to rows of text: which files, which reader, which header is which column."""
