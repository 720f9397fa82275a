"""Files of pictures: judged, and written anew without what was hidden in them. Pure."""
