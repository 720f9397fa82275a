"""The law's dates of a plan, from samråd to årsredovisning: as a list, and as a calendar file."""
