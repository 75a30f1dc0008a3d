"""Generated pages and the starter folder."""
