"""Every table, made by Django from the models."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import goldenthread.web.models.public_id
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.TextField(blank=True)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('printed_status', models.TextField(blank=True)),
                ('see', models.JSONField(default=list)),
                ('confidence', models.CharField(choices=[('high', 'high'), ('low', 'low')], default='high', max_length=4)),
                ('position', models.PositiveIntegerField()),
                ('place', models.JSONField(default=dict)),
                ('status', models.CharField(blank=True, choices=[('not_started', 'not_started'), ('in_progress', 'in_progress'), ('completed', 'completed'), ('delayed', 'delayed'), ('on_hold', 'on_hold'), ('withdrawn', 'withdrawn')], editable=False, max_length=20)),
                ('rag', models.CharField(blank=True, choices=[('red', 'red'), ('amber', 'amber'), ('green', 'green'), ('blue', 'blue'), ('purple', 'purple'), ('grey', 'grey')], editable=False, max_length=10)),
                ('at_risk', models.BooleanField(default=False, editable=False)),
                ('starts', models.DateField(editable=False, null=True)),
                ('first_due', models.DateField(db_index=True, editable=False, null=True)),
                ('now_due', models.DateField(db_index=True, editable=False, null=True)),
                ('moves', models.PositiveIntegerField(default=0, editable=False)),
                ('recurs', models.BooleanField(default=False, editable=False)),
                ('completed_on', models.DateField(editable=False, null=True)),
                ('next_review', models.DateField(editable=False, null=True)),
                ('updated_at', models.DateTimeField(editable=False, null=True)),
                ('same_words', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'ordering': ['plan_id', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AuditFacts',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('salt', models.CharField(max_length=64)),
                ('facts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.TextField()),
                ('document_date', models.CharField(blank=True, max_length=10)),
                ('abbreviations', models.JSONField(default=list)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=300)),
                ('reviewer', models.CharField(blank=True, max_length=200)),
                ('terms', models.TextField(blank=True)),
                ('began', models.DateField(blank=True, null=True)),
                ('reported', models.DateField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Strand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=160, unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('joined', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_one_account_per_address')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(blank=True, max_length=12)),
                ('act', models.CharField(max_length=60)),
                ('object_kind', models.CharField(blank=True, max_length=30)),
                ('object_id', models.CharField(blank=True, max_length=12)),
                ('commitment', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['object_kind', 'object_id'], name='audit_object'), models.Index(fields=['actor'], name='audit_actor')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('baseline', models.CharField(blank=True, max_length=300)),
                ('target', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveIntegerField(default=0)),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='goldenthread.action')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='goldenthread.plan')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='goldenthread.plan'),
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('status', models.CharField(blank=True, choices=[('not_started', 'not_started'), ('in_progress', 'in_progress'), ('completed', 'completed'), ('delayed', 'delayed'), ('on_hold', 'on_hold'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('answer', models.TextField(blank=True)),
                ('answer_position', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('partly_accepted', 'partly_accepted'), ('not_accepted', 'not_accepted')], max_length=20)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('see', models.JSONField(default=list)),
                ('position', models.PositiveIntegerField()),
                ('place', models.JSONField(default=dict)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='goldenthread.plan')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='goldenthread.review')),
            ],
            options={
                'ordering': ['plan_id', 'position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='recommendation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='goldenthread.recommendation'),
        ),
        migrations.AddField(
            model_name='plan',
            name='strand',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='goldenthread.strand'),
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=300)),
                ('position', models.PositiveIntegerField(default=0)),
                ('strand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='goldenthread.strand')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='recommendation',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='goldenthread.theme'),
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='goldenthread.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeds', to='goldenthread.unit')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='goldenthread.unit')),
            ],
        ),
        migrations.AddField(
            model_name='review',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='goldenthread.unit'),
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=160)),
                ('name_public', models.BooleanField(default=False)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='goldenthread.unit')),
            ],
        ),
        migrations.AddField(
            model_name='plan',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='goldenthread.unit'),
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('role', models.CharField(max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants_given', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='goldenthread.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('as_at', models.DateField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('adopted_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('alone', models.BooleanField(default=False)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('adopted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions_adopted', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions_published', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='goldenthread.plan')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='goldenthread.unit')),
            ],
            options={
                'ordering': ['plan_id', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('file', models.CharField(max_length=200)),
                ('format', models.CharField(max_length=20)),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('adopted', 'adopted'), ('set_aside', 'set_aside')], default='open', max_length=10)),
                ('adopted_at', models.DateTimeField(null=True)),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts_adopted', to=settings.AUTH_USER_MODEL)),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts_received', to=settings.AUTH_USER_MODEL)),
                ('plan', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='goldenthread.plan')),
                ('strand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='goldenthread.strand')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='goldenthread.unit')),
            ],
            options={
                'ordering': ['-received_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('said_on', models.DateField(null=True)),
                ('about', models.DateField(null=True)),
                ('status', models.CharField(blank=True, choices=[('not_started', 'not_started'), ('in_progress', 'in_progress'), ('completed', 'completed'), ('delayed', 'delayed'), ('on_hold', 'on_hold'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('rag', models.CharField(blank=True, choices=[('red', 'red'), ('amber', 'amber'), ('green', 'green'), ('blue', 'blue'), ('purple', 'purple'), ('grey', 'grey')], max_length=10)),
                ('done', models.TextField(blank=True)),
                ('changed', models.TextField(blank=True)),
                ('forecast', models.DateField(null=True)),
                ('next_review', models.DateField(null=True)),
                ('stops_when', models.TextField(blank=True)),
                ('completed_on', models.DateField(null=True)),
                ('place', models.JSONField(default=dict)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='goldenthread.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='updates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('kind', models.CharField(choices=[('words', 'words'), ('link', 'link'), ('file', 'file')], max_length=5)),
                ('title', models.TextField()),
                ('url', models.URLField(blank=True, max_length=1000)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('stored', models.CharField(blank=True, max_length=40)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='goldenthread.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to=settings.AUTH_USER_MODEL)),
                ('update', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='goldenthread.update')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('from_kind', models.CharField(max_length=30)),
                ('from_id', models.CharField(max_length=12)),
                ('to_kind', models.CharField(max_length=30)),
                ('to_id', models.CharField(max_length=12)),
                ('meaning', models.CharField(max_length=30)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['from_kind', 'from_id'], name='link_from'), models.Index(fields=['to_kind', 'to_id'], name='link_to')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('from_kind', 'from_id', 'to_kind', 'to_id', 'meaning'), name='link_once_at_a_time'), models.CheckConstraint(condition=models.Q(('from_id', models.F('to_id')), ('from_kind', models.F('to_kind')), _negated=True), name='link_of_two_things')],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('text', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('post', 'post'), ('person', 'person'), ('body', 'body')], max_length=10)),
                ('role', models.CharField(choices=[('accountable', 'accountable'), ('supporting', 'supporting')], max_length=12)),
                ('person', models.TextField(blank=True)),
                ('full', models.TextField(blank=True)),
                ('remark', models.TextField(blank=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='goldenthread.action')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='goldenthread.post')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='lead_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='goldenthread.post')),
            ],
            options={
                'ordering': ['since', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='holding_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('post',), name='holding_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('words', models.TextField()),
                ('kind', models.CharField(choices=[('date', 'date'), ('period', 'period'), ('ongoing', 'ongoing'), ('recurring', 'recurring'), ('status', 'status'), ('event', 'event'), ('relative', 'relative'), ('conditional', 'conditional'), ('unknown', 'unknown')], max_length=12)),
                ('start', models.DateField(blank=True, null=True)),
                ('end', models.DateField(blank=True, null=True)),
                ('reading', models.JSONField(default=dict)),
                ('given_on', models.DateField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('agreed_by', models.CharField(blank=True, max_length=200)),
                ('position', models.PositiveIntegerField(default=0)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='goldenthread.action')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises_given', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='goldenthread.promise')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='promise_that_moves_another_says_why'), models.CheckConstraint(condition=models.Q(('start__isnull', True), ('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='promise_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', goldenthread.web.models.public_id.PublicIdField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('position', models.PositiveIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('message', models.TextField()),
                ('words', models.TextField(blank=True)),
                ('must', models.BooleanField(default=False)),
                ('recommendation', models.PositiveIntegerField(null=True)),
                ('action', models.PositiveIntegerField(null=True)),
                ('place', models.JSONField(default=dict)),
                ('answer', models.CharField(blank=True, choices=[('as_read', 'as_read'), ('changed', 'changed'), ('left_out', 'left_out'), ('ask_lead', 'ask_lead')], max_length=12)),
                ('change', models.JSONField(default=dict)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions_answered', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='goldenthread.draft')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('draft', 'position'), name='question_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='question_answered_by_somebody_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Replay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('act', models.CharField(max_length=60)),
                ('asked', models.CharField(max_length=64)),
                ('result_kind', models.CharField(blank=True, max_length=30)),
                ('result_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replays', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='replay_key_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('strand', 'name'), name='theme_one_name_in_a_strand'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('parent', models.Value(0)), condition=models.Q(('parent__isnull', True)), name='unit_one_root'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('begins')), _connector='OR'), name='unit_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='unit_is_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('before', 'after'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='succession_of_two_units'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('unit', 'title'), name='post_one_title_in_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('begins')), _connector='OR'), name='post_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='grant_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('given_by__isnull', True), models.Q(('given_by', models.F('person')), _negated=True), _connector='OR'), name='grant_is_from_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'role', 'unit'), name='grant_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='edition_numbered'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='edition_published_by_somebody_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), ('alone', True), models.Q(('published_by', models.F('adopted_by')), _negated=True), _connector='OR'), name='edition_published_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside_at__isnull', True), ('published_at__isnull', True), _connector='OR'), name='edition_set_aside_was_never_published'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_at__isnull', False), ('adopted_by__isnull', False), ('plan__isnull', False), ('state', 'adopted')), models.Q(models.Q(('state', 'adopted'), _negated=True), ('adopted_at__isnull', True), ('adopted_by__isnull', True), ('plan__isnull', True)), _connector='OR'), name='draft_adopted_by_somebody_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.UniqueConstraint(fields=('action', 'number'), name='update_numbered'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('by__isnull', True), models.Q(('status', 'completed'), _negated=True), ('completed_on__isnull', False), _connector='OR'), name='update_that_completes_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'link'), models.Q(('url', ''), _negated=True)), models.Q(('kind', 'file'), models.Q(('stored', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), ('kind', 'words'), _connector='OR'), name='evidence_has_what_its_kind_needs'),
        ),
    ]
