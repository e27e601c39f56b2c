# ruff: noqa: E501
"""Bodies that meet: their members, meetings, asks and stances, and the words chosen for groups."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

# Only ever added to.
_ADDED_TO = ("remit", "answer", "consulted", "stance", "term")
# What was asked, word for word, who asked it and when; what becomes of it may change.
_ASKED = (
    *("public_id", "committee_id", "meeting_id", "number", "kind", "words", "member", "asked_on"),
    *("follows_id", "reason", "at", "by_id"),
)


def triggers() -> Iterator[tuple[str, str, str]]:
    """The name of each trigger, the deed that it refuses, and the table."""
    for name in _ADDED_TO:
        table = f"goldenthread_{name}"
        for deed in ("UPDATE", "DELETE"):
            yield f"{table}_no_{deed.lower()}", deed, table
    yield "goldenthread_ask_no_update", f"UPDATE OF {', '.join(_ASKED)}", "goldenthread_ask"
    yield "goldenthread_ask_no_delete", "DELETE", "goldenthread_ask"


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers: what was said and asked stays as it was."""
    postgresql = editor.connection.vendor == "postgresql"
    for name, deed, table in triggers():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
        if postgresql:
            refuse = "EXECUTE FUNCTION goldenthread_frozen()"
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW {refuse}", params=None
        )


def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Remove the triggers."""
    for name, _deed, table in triggers():
        of = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER {name}{of}", params=None)


class Migration(migrations.Migration):
    """The tables as Django made them from the models, and triggers on six of them."""

    dependencies: ClassVar = [("goldenthread", "0013_measures")]

    # fmt: off
    operations: ClassVar = [
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('cabinet', 'cabinet'), ('council', 'council'), ('scrutiny', 'scrutiny'), ('equality_group', 'equality_group'), ('joint_union_committee', 'joint_union_committee'), ('trade_union', 'trade_union'), ('management_team', 'management_team'), ('staff_forum', 'staff_forum'), ('other', 'other')], max_length=24)),
                ('letter', models.CharField(max_length=4)),
                ('asked_before', models.PositiveIntegerField(default=0)),
                ('public', models.BooleanField(default=False)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committees', to='goldenthread.unit')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('words', models.TextField()),
                ('asked_on', models.DateField()),
                ('wanted_by', models.DateField()),
                ('outcome', models.TextField(blank=True)),
                ('outcome_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='goldenthread.action')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations_begun', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='goldenthread.edition')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='goldenthread.plan')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='goldenthread.recommendation')),
            ],
            options={
                'ordering': ['-asked_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Consulted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consulted', to='goldenthread.committee')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consulted', to='goldenthread.consultation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('on', models.DateField()),
                ('starts', models.TimeField(blank=True, null=True)),
                ('finishes', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('papers_due', models.DateField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_why', models.TextField(blank=True)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='goldenthread.committee')),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('request', 'request'), ('resolution', 'resolution')], max_length=10)),
                ('words', models.TextField()),
                ('member', models.CharField(blank=True, max_length=120)),
                ('asked_on', models.DateField()),
                ('due', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('withdrawn_why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='goldenthread.action')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks_recorded', to=settings.AUTH_USER_MODEL)),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='goldenthread.ask')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='goldenthread.post')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='goldenthread.recommendation')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='goldenthread.committee')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='goldenthread.meeting')),
            ],
            options={
                'ordering': ['committee_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('part', models.CharField(choices=[('chair', 'chair'), ('member', 'member'), ('adviser', 'adviser'), ('officer', 'officer')], max_length=8)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='goldenthread.committee')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='goldenthread.post')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Remit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('words', models.TextField()),
                ('link', models.URLField(blank=True, max_length=1000)),
                ('agreed_on', models.DateField()),
                ('review_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remits_kept', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remits', to='goldenthread.committee')),
            ],
            options={
                'ordering': ['agreed_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('stance', models.CharField(choices=[('supports', 'supports'), ('supports_with_objections', 'supports_with_objections'), ('objects', 'objects'), ('no_position', 'no_position')], max_length=24)),
                ('words', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('public', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='goldenthread.action')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances_recorded', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='goldenthread.committee')),
                ('consultation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='goldenthread.consultation')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='goldenthread.plan')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='goldenthread.recommendation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('stands_for', models.CharField(max_length=160)),
                ('words', models.CharField(max_length=160)),
                ('chosen_by', models.CharField(max_length=160)),
                ('reason', models.TextField(blank=True)),
                ('since', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms_kept', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['stands_for', 'since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('words', models.TextField()),
                ('whole', models.BooleanField()),
                ('link', models.URLField(blank=True, max_length=1000)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers_given', to=settings.AUTH_USER_MODEL)),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='goldenthread.ask')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='CalendarLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='calendar_link_one_at_a_time')],
            },
        ),
        migrations.AddConstraint(
            model_name='committee',
            constraint=models.UniqueConstraint(fields=('letter',), name='committee_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='committee',
            constraint=models.UniqueConstraint(condition=models.Q(('ends__isnull', True)), fields=('unit', 'name'), name='committee_one_name_in_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='committee',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('begins')), _connector='OR'), name='committee_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', True), ('recommendation__isnull', True)), models.Q(('edition__isnull', True), ('recommendation__isnull', True)), models.Q(('action__isnull', True), ('edition__isnull', True)), _connector='OR'), name='consultation_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('wanted_by__gte', models.F('asked_on'))), name='consultation_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_on__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('outcome_on__isnull', False)), _connector='OR'), name='consultation_outcome_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='consulted',
            constraint=models.UniqueConstraint(fields=('consultation', 'committee'), name='consulted_each_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('committee', 'on'), name='meeting_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('papers_due__isnull', True), ('papers_due__lte', models.F('on')), _connector='OR'), name='meeting_papers_come_before'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('finishes__isnull', True), models.Q(('finishes__gt', models.F('starts')), ('starts__isnull', False)), _connector='OR'), name='meeting_finishes_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_why', '')), models.Q(('cancelled_at__isnull', False), models.Q(('cancelled_why', ''), _negated=True)), _connector='OR'), name='meeting_cancelled_says_why'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.UniqueConstraint(fields=('committee', 'number'), name='ask_numbered'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='ask_says_something'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('due__isnull', True), ('due__gte', models.F('asked_on')), _connector='OR'), name='ask_due_after_it_is_asked'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('action__isnull', True), ('recommendation__isnull', True), _connector='OR'), name='ask_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('follows__isnull', True), ('reason', '')), models.Q(('follows__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='ask_opened_again_says_why'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_on__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='ask_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('words', '')), models.Q(('post__isnull', True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='membership_of_a_post_or_in_words'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('post__isnull', False), ('until__isnull', True)), fields=('committee', 'post'), name='membership_of_a_post_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('post__isnull', True), ('until__isnull', True)), fields=('committee', 'words'), name='membership_in_words_once'),
        ),
        migrations.AddConstraint(
            model_name='remit',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='remit_says_something'),
        ),
        migrations.AddConstraint(
            model_name='remit',
            constraint=models.CheckConstraint(condition=models.Q(('review_on__isnull', True), ('review_on__gt', models.F('agreed_on')), _connector='OR'), name='remit_reviewed_after_it_is_agreed'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ('supports', 'no_position')), models.Q(('words', ''), _negated=True), _connector='OR'), name='stance_that_objects_says_why'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('action__isnull', True), ('recommendation__isnull', True), _connector='OR'), name='stance_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(fields=('stands_for', 'since'), name='term_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stands_for', ''), _negated=True), models.Q(('words', ''), _negated=True), models.Q(('chosen_by', ''), _negated=True)), name='term_says_what_and_who'),
        ),
        migrations.RunPython(freeze, thaw),
    ]
    # fmt: on
