"""The goals of a plan as a board that the user can rearrange."""
