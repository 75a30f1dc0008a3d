"""One file per kind of check; the file name is the name of the check."""
