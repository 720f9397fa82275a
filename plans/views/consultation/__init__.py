"""The page of a plan's samråd, and what is done there."""
