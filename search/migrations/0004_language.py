"""What the library's words mean: known words, synonyms, best bets, passages with vectors."""

import django.db.models.deletion
from django.db import migrations, models

from search.engines import schema


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_initial'),
        ('search', '0003_outbox_row_hides'),
    ]

    operations = [
        migrations.RunPython(schema.uninstall, schema.install),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('stem', models.CharField(db_index=True, max_length=40)),
                ('entries', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SynonymSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expressions', models.TextField(help_text='Separated by commas or lines, for example: on-call, pager, standby rota', verbose_name='words that mean the same')),
                ('typed', models.CharField(blank=True, help_text='Leave empty when each word stands for all others. Filled in, only this word finds the others too, and not the other way round.', max_length=100, verbose_name='only when this was typed')),
                ('is_active', models.BooleanField(default=True, verbose_name='in force')),
            ],
            options={
                'verbose_name': 'synonym set',
                'verbose_name_plural': 'synonyms',
                'ordering': ['expressions'],
            },
        ),
        migrations.AddField(
            model_name='searchentry',
            name='meant',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='sections',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='spellings',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.CreateModel(
            name='BestBet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(help_text='Whole queries, separated by commas or lines. Capitals and endings do not matter.', verbose_name='when this is searched for')),
                ('is_active', models.BooleanField(default=True, verbose_name='in force')),
                ('artifact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.artifact', verbose_name='artifact')),
            ],
            options={
                'verbose_name': 'best bet',
                'verbose_name_plural': 'best bets',
                'ordering': ['words', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('vector', models.BinaryField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.artifact')),
            ],
            options={
                'ordering': ['page', 'start'],
            },
        ),
        migrations.RunPython(schema.install, schema.uninstall),
    ]
