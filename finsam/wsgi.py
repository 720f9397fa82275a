import os

from django.core.wsgi import get_wsgi_application

from finsam.only_utf8 import Utf8Request
from finsam.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")

refuse_unsafe()
application = get_wsgi_application()
application.request_class = Utf8Request
