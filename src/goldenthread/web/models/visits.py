"""In which browsers somebody is signed in, and what was tried lately."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from goldenthread.web.models.people import Person


class Visit(AbstractBaseSession):
    """One browser while the site remembers it: whose, since when, and when it was last seen.

    Nothing of the browser itself is kept, neither its kind nor its network.
    """

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="visits"
    )
    began = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In no order of their own."""

        ordering: ClassVar = []

    def __str__(self) -> str:
        return f"visit of person {self.person_id}"


class Attempt(models.Model):
    """How often something was tried lately, by a digest of what: a cache of all processes.

    Django's cache writes it, for the limits and spent codes of django-allauth.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "attempt"
