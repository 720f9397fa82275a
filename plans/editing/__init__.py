"""Changing a plan's sections: one road, under the plan's lock, kept in its history."""
