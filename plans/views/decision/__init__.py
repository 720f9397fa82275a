"""The decision in the browser: the meeting as it is recorded, the adoption, and what came after."""
