"""Backups of the whole installation, and federations that leave with all their data."""
