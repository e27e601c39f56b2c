"""The door for a web server: ``gunicorn goldenthread.web.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

from goldenthread.web.settings import make_folders

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
make_folders()
application = get_wsgi_application()
