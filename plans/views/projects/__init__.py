"""The insatser in the browser: list, card, timeline, and all that changes them."""
