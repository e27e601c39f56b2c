"""The one Django app of the site."""

from django.apps import AppConfig


class GoldenThread(AppConfig):
    """Rows of the golden thread; its label is the tables' first word."""

    name = "goldenthread.web"
    label = "goldenthread"
    verbose_name = "Golden Thread"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks that stop a site from starting with a view nobody may refuse."""
        from goldenthread.web.views import declared  # slow: the views come last  # noqa: F401
