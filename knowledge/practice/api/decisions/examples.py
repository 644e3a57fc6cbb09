"""Examples of the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample as Example

WALK = [
    Example("The first question", request_only=True, value={"artifact": 42}),
    Example(
        "After one answer", request_only=True, value={"artifact": 42, "answers": {"data": "Yes"}}
    ),
]
RECORD = [
    Example(
        "A decision to approve",
        request_only=True,
        value={
            "artifact": 42,
            "answers": {"data": "Yes", "users": "1200"},
            "reasons": {"data": "The nightly check is red."},
            "name": "Shop 4.12 goes back",
            "approver": "anna",
        },
    )
]
VERDICT = [
    Example("Approved", request_only=True, value={"approve": True}),
    Example(
        "Not approved",
        request_only=True,
        value={"approve": False, "note": "The data is whole; look again at the second question."},
    ),
]
