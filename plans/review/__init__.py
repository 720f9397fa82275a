"""What a reader of a version is helped with: what has changed, what others say, who has read it."""
