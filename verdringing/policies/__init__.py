"""Rules and policies as they stand on disk, and what a policy changes, for whom and when."""
