"""Parts that are shown by an answer given above them: a field that is asked, a text that is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ConditionBlock(blocks.StructBlock):
    """Empty: always. Without answers: as soon as the field is filled."""

    key = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Key of a field above"),
        help_text=_("Empty: always shown."),
        search_index=False,
    )
    answers = blocks.ListBlock(
        blocks.CharBlock(max_length=120, label=_("Answer"), search_index=False),
        required=False,
        default=[],
        label=_("One of these answers"),
        help_text=_("None: any answer. For yes or no, write yes or no."),
    )

    class Meta:
        icon = "view"
        label = _("Only if")


def holds(condition: Any, answers: Mapping[str, Any]) -> bool:
    """Whether the part is shown. ``answers`` of fields that are not asked are None."""
    key = (condition or {}).get("key")
    if not key:
        return True
    given = answers.get(key)
    wanted = list(condition.get("answers") or [])
    if not wanted:
        return bool(given)
    return any(one in wanted for one in (given if isinstance(given, list) else [given]))


def words(condition: Any, labels: Mapping[str, str]) -> str:
    """``Only if “Level” is high or low``; empty when it is always shown."""
    key = (condition or {}).get("key")
    if not key:
        return ""
    label = labels.get(key, key)
    wanted: Sequence[str] = list(condition.get("answers") or [])
    if not wanted:
        return _now("Only if “%s” is filled.") % label
    said = _now(" or ").join(str(_YES_NO.get(one, one)) for one in wanted)
    return _now("Only if “%(field)s” is: %(answers)s.") % {"field": label, "answers": said}


_YES_NO: dict[str, Any] = {"yes": _("yes"), "no": _("no")}
