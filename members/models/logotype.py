"""The mark of a federation, in the database as the pictures of its plans are (ADR 27)."""

from django.db import models

from finsam.fields import choice_constraint
from members.models.federation import Federation


class Logotype(models.Model):
    """A picture as it was re-encoded when it came (finsam/pictures/)."""

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    federation = models.OneToOneField(
        Federation, models.CASCADE, related_name="logotype", verbose_name="förbund"
    )
    content = models.BinaryField("innehåll")
    media_type = models.CharField("format", max_length=10, choices=MediaType)

    class Meta:
        ordering = ["federation"]
        verbose_name = "logotyp"
        verbose_name_plural = "logotyper"
        constraints = [choice_constraint("media_type", ["image/jpeg", "image/png"], "logotype_media_type")]

    def __str__(self) -> str:
        return self.get_media_type_display()
