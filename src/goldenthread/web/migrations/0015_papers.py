# ruff: noqa: E501
"""Papers for meetings, whose facts never change, and whose words and files stay once issued."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

_PAPER, _FILE = "goldenthread_paper", "goldenthread_paperfile"
# What a paper reckons from, and for whom; only the words may change before it is issued.
_FACTS = (
    *("public_id", "meeting_id", "plan_id", "number", "since", "as_at", "facts", "headline"),
    *("made_at", "made_by_id"),
)


def triggers() -> Iterator[tuple[str, str, str, str]]:
    """The name of each trigger, the deed that it refuses, the table, and when."""
    yield f"{_PAPER}_no_update", f"UPDATE OF {', '.join(_FACTS)}", _PAPER, ""
    yield f"{_PAPER}_issued_no_update", "UPDATE", _PAPER, "WHEN (OLD.issued_at IS NOT NULL)"
    yield f"{_PAPER}_no_delete", "DELETE", _PAPER, ""
    for deed in ("UPDATE", "DELETE"):
        yield f"{_FILE}_no_{deed.lower()}", deed, _FILE, ""


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers: what a committee was told stays as it was told."""
    postgresql = editor.connection.vendor == "postgresql"
    for name, deed, table, when in triggers():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
        if postgresql:
            refuse = "EXECUTE FUNCTION goldenthread_frozen()"
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW {when} {refuse}",
            params=None,
        )


def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Remove the triggers."""
    for name, _deed, table, _when in triggers():
        of = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER {name}{of}", params=None)


class Migration(migrations.Migration):
    """The tables as Django made them from the models, and triggers on both."""

    dependencies: ClassVar = [("goldenthread", "0014_meetings")]

    # fmt: off
    operations: ClassVar = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('since', models.DateField(null=True)),
                ('as_at', models.DateField()),
                ('facts', models.JSONField()),
                ('headline', models.TextField()),
                ('words', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('made_with', models.CharField(blank=True, max_length=20)),
                ('left_out', models.JSONField(default=list)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers_issued', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers_made', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='goldenthread.meeting')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='goldenthread.plan')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PaperFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('format', models.CharField(choices=[('docx', 'docx'), ('pdf', 'pdf'), ('html', 'html'), ('template', 'template')], max_length=8)),
                ('stored', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='goldenthread.paper')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(fields=('meeting', 'plan', 'number'), name='paper_numbered'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('issued_by__isnull', True), ('sha256', '')), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='paper_issued_by_somebody_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('as_at__gte', models.F('since')), _connector='OR'), name='paper_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='paperfile',
            constraint=models.UniqueConstraint(fields=('paper', 'format'), name='paper_file_once'),
        ),
        migrations.RunPython(freeze, thaw),
    ]
    # fmt: on
