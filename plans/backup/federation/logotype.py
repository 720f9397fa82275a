"""The logotype of a federation that is taken in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ImageField

from members.models import Federation
from plans.backup.archive import BackupError


def stored_logotype(federation: Federation, content: bytes) -> None:
    """Keeps the picture under a name of our own. Raises BackupError when it is none."""
    try:
        file: Any = ImageField().to_python(SimpleUploadedFile("logotype.png", content))
    except ValidationError as error:
        raise BackupError(f"Logotypen: {' '.join(error.messages)}") from None
    name = f"{federation.slug}.{(file.image.format or 'png').lower()}"
    federation.logotype.save(name, ContentFile(content), save=False)
    Federation.objects.filter(pk=federation.pk).update(logotype=federation.logotype.name)
