"""Live figures: what a text says of the budget, bound to the sheet and worked out each time it is read."""
