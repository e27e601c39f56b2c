"""Tables made at once; no migration itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Make these tables, which may refer to each other in any order.

    Django draws every model that is related to a new one again after each that it creates: with a
    hundred that all hang together, half a minute. Here they are drawn once.
    """

    def __init__(self, *tables: CreateModel) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state, whose drawing of them begins anew."""
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        _from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for table in self.tables:
            schema_editor.create_model(to_state.apps.get_model(app_label, table.name))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        _to_state: ProjectState,
    ) -> None:
        """Remove the tables."""
        for table in reversed(self.tables):
            schema_editor.delete_model(from_state.apps.get_model(app_label, table.name))

    def describe(self) -> str:
        """What ``migrate --plan`` prints."""
        return f"Create {len(self.tables)} tables together"
