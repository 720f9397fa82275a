"""Files on their way in, kept between the steps of an import."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from budgets.models.budget import Budget

KEPT = timedelta(days=1)


class Import(models.Model):
    """What somebody has uploaded or pasted and not yet read in: the raw cells and what they are taken to
    mean. Nobody else sees it; gone when it is read in, dropped, or a day old."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="imports", verbose_name="budget")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports", verbose_name="användare"
    )
    made_at = models.DateTimeField("inlämnad", auto_now_add=True)
    file_name = models.CharField("fil", max_length=200)
    cells = models.JSONField("celler")
    mapping = models.JSONField("tolkning", null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"

    def __str__(self) -> str:
        return f"{self.file_name}, {self.budget}"

    @classmethod
    def still_kept(cls) -> models.QuerySet["Import"]:
        """Those less than a day old."""
        return cls.objects.filter(made_at__gte=timezone.now() - KEPT)

    @classmethod
    def forget_old(cls) -> None:
        """Remove what is more than a day old, whoever left it."""
        cls.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
