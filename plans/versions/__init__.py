"""Versions: a plan frozen when it is sent to its readers, with its files and its place in a chain."""
