"""The auditors' bundle: everything of a plan year in one zip, readable without Finsam."""
