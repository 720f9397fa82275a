"""The decision on a plan: the meeting as it is recorded, who decided, and the adoption."""
