"""The typed parts of a blueprint and of an operating model."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.rows import Row, RowsBlock

GROUP = _("Blueprints")


class InputRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Input"))
    description = blocks.CharBlock(required=False, max_length=255, label=_("What it is"))
    provided_by = blocks.CharBlock(required=False, max_length=120, label=_("Comes from"))

    class Meta:
        icon = "download"
        label_format = "{name}"


class InputsBlock(RowsBlock):
    inputs = blocks.ListBlock(InputRow(), min_num=1, label=_("Inputs"))

    class Meta:
        icon = "download"
        label = _("Inputs")
        heading = _("Inputs")
        group = GROUP
        description = _("What has to be there before the work begins")
        rows = "inputs"
        preview_value = {
            "inputs": [
                {"name": "Signed contract", "description": "With scope", "provided_by": "Sales"}
            ]
        }


class TransformationRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Step"))
    description = blocks.TextBlock(required=False, max_length=1000, label=_("What is done"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Role"))

    class Meta:
        icon = "cogs"
        label_format = "{name}"


class TransformationsBlock(RowsBlock):
    transformations = blocks.ListBlock(TransformationRow(), min_num=1, label=_("Transformations"))

    class Meta:
        icon = "cogs"
        label = _("Transformations")
        heading = _("Transformations")
        group = GROUP
        description = _("What turns the inputs into the outputs")
        rows = "transformations"
        preview_value = {
            "transformations": [
                {
                    "name": "Validate the payload",
                    "description": "Against the published schema.",
                    "owner_role": "Backend developer",
                }
            ]
        }


class OutputRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Output"))
    description = blocks.CharBlock(required=False, max_length=255, label=_("What it is"))
    received_by = blocks.CharBlock(required=False, max_length=120, label=_("Goes to"))

    class Meta:
        icon = "upload"
        label_format = "{name}"


class OutputsBlock(RowsBlock):
    outputs = blocks.ListBlock(OutputRow(), min_num=1, label=_("Outputs"))

    class Meta:
        icon = "upload"
        label = _("Outputs")
        heading = _("Outputs")
        group = GROUP
        description = _("What is there when the work is done")
        rows = "outputs"
        preview_value = {
            "outputs": [
                {"name": "Running service", "description": "Monitored", "received_by": "Operations"}
            ]
        }


class VariantRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Variant"))
    owner_role = blocks.CharBlock(max_length=120, label=_("Owner"))
    differs = blocks.TextBlock(max_length=1000, label=_("How it differs"))
    variant_page = blocks.PageChooserBlock(required=False, label=_("Artifact"))

    class Meta:
        icon = "site"
        label_format = "{name}"


class VariantsBlock(RowsBlock):
    variants = blocks.ListBlock(VariantRow(), min_num=1, label=_("Local variants"))

    class Meta:
        icon = "site"
        label = _("Local variants")
        heading = _("Local variants")
        group = GROUP
        description = _("Where a team departs from the central standard, and who answers for it")
        rows = "variants"
        preview_value = {
            "variants": [
                {
                    "name": "Payments",
                    "owner_role": "Payments lead",
                    "differs": "Two approvals for each release.",
                }
            ]
        }
