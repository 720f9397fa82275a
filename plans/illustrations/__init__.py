"""Pictures for a plan's texts: written anew when they come (finsam/pictures/), then stored with the
federation."""

from finsam.pictures.reencoding import UnusablePictureError
from plans.illustrations.storing import store_illustration

__all__ = ["UnusablePictureError", "store_illustration"]
