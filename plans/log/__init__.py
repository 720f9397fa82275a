"""The log: what has been decided and done, and who has read what."""
