"""A choice of several kinds of artifact, kept as a list."""

from typing import Any

from django import forms
from django.db import models

from knowledge.catalog.kinds import Kind


class KindsField(models.JSONField):
    """A list of values of ``Kind``; empty means every kind."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=Kind.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
        )
