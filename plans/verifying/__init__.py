"""Verifying: everything that is frozen is computed again, and what differs is said."""
