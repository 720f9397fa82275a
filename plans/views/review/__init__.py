"""A version as its readers see it: the plan, the budget, the findings, what has changed, and the comments."""
