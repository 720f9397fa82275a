"""The pictures that a federation's texts show. Only ever added to: a text names a picture by what it is."""

from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from members.models import Federation


class Illustration(models.Model):
    """A picture as it was re-encoded when it came (finsam/pictures/). `key` is the beginning of the
    SHA-256 of its bytes, so the same picture is one row and never changes."""

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    federation = models.ForeignKey(
        Federation, models.CASCADE, related_name="illustrations", verbose_name="samordningsförbund"
    )
    key = models.CharField("nyckel", max_length=20)
    content = models.BinaryField("innehåll")
    media_type = models.CharField("format", max_length=10, choices=MediaType)
    width = models.PositiveSmallIntegerField("bredd i bildpunkter")
    height = models.PositiveSmallIntegerField("höjd i bildpunkter")
    made_at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        ordering = ["federation", "key"]
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "key"],
                name="illustration_key_unique",
                violation_error_message="Förbundet har redan den bilden.",
            ),
            models.CheckConstraint(
                condition=Q(key__regex="^[0-9a-f]{20}$"),
                name="illustration_key",
                violation_error_message="Bildens nyckel är tjugo siffror ur dess kontrollsumma.",
            ),
            choice_constraint("media_type", ["image/jpeg", "image/png"], "illustration_media_type"),
            models.CheckConstraint(
                condition=Q(width__range=(1, 2000), height__range=(1, 2000)),
                name="illustration_size",
                violation_error_message="En bild är högst 2 000 bildpunkter bred och hög.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.width} × {self.height})"
