import os

from django.core.wsgi import get_wsgi_application

from finsam.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")

refuse_unsafe()
application = get_wsgi_application()
