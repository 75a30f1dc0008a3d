"""What need not be in the input and never gets out."""
