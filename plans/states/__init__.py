"""The states of a plan: which moves there are, what they ask for, and the moves themselves."""
