"""Samråd: what each member of the federation says of the plan before it is decided (FinsamL 23 §)."""
