from django.core.exceptions import ValidationError

from templates_lib.faults import placed
from tests.templates_lib.helpers import _codes


def test_each_fault_is_shown_at_its_place():
    error = placed(
        [
            (("questions", 0, "key"), ValidationError("twice", code="duplicate")),
            (("questions", 0, "answers", 1, "label"), ValidationError("again", code="same")),
            (("outcomes", 2), ValidationError("alone", code="unreachable")),
        ]
    )
    assert dict(_codes(error, "")) == {
        "questions.0.key": "duplicate",
        "questions.0.answers.1.label": "same",
        "outcomes.2": "unreachable",
    }


def test_the_editor_gets_the_places_as_it_expects_them():
    error = placed([(("rows", 1, "score"), ValidationError("Too high.", code="off_scale"))])
    assert error.as_json_data() == {
        "blockErrors": {
            "rows": {"blockErrors": {1: {"blockErrors": {"score": {"messages": ["Too high."]}}}}}
        }
    }


def test_the_first_fault_at_a_place_is_the_one_that_is_shown():
    error = placed(
        [
            (("key",), ValidationError("first", code="first")),
            (("key",), ValidationError("second", code="second")),
        ]
    )
    assert dict(_codes(error, "")) == {"key": "first"}


def test_a_list_may_lack_something_while_one_of_its_rows_is_wrong():
    error = placed(
        [
            (("scores", 0, "score"), ValidationError("Too high.", code="off_scale")),
            (("scores",), ValidationError("One is missing.", code="missing")),
        ]
    )
    assert dict(_codes(error, "")) == {"scores.0.score": "off_scale", "scores": "missing"}
