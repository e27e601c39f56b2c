"""The one Django app of the site."""

from django.apps import AppConfig


class GoldenThread(AppConfig):
    """Rows of the golden thread; its label is the tables' first word."""

    name = "goldenthread.web"
    label = "goldenthread"
    verbose_name = "Golden Thread"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the check of every view, and who hears of second factors."""
        from goldenthread.web.views import (  # slow: the views come last  # noqa: F401
            declared,
            signing_in,
        )
