"""Before an audit: what a file holds, what it allows, and what its columns probably are."""
