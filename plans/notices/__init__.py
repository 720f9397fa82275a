"""What users are told by e-mail, and how they want it."""
