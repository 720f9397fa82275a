"""A plan's way to its decision: where it is, what it lacks, sending it on and back, and its versions."""
