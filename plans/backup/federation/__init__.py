"""One federation with all its data, as a file that another installation takes in."""
