"""The log of a federation, and the auditors' bundle."""
