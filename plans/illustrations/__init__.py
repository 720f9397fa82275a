"""Pictures for a plan's texts: judged and written anew when they come, then stored with the federation."""

from plans.illustrations.reencoding import Encoded, UnusablePictureError, reencoded
from plans.illustrations.storing import store_illustration

__all__ = ["Encoded", "UnusablePictureError", "reencoded", "store_illustration"]
