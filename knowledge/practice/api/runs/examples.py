"""Examples of the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample as Example

START = [
    Example(
        "A release",
        request_only=True,
        value={
            "artifact": 42,
            "name": "Shop 4.12",
            "due": "2027-03-01",
            "is_open": True,
            "roles": {"Release manager": "anna"},
        },
    )
]
MOVE = [
    Example(
        "Done, with evidence",
        request_only=True,
        media_type="application/json",
        value={
            "state": "done",
            "revision": 0,
            "note": "All checks are green.",
            "link": "https://ci.example.org/4711",
        },
    ),
    Example(
        "Blocked",
        request_only=True,
        media_type="application/json",
        value={"state": "blocked", "revision": 1, "note": "Waits for the security team."},
    ),
]
COMMENT = [Example("A word", request_only=True, value={"text": "Support is told."})]
ROLE = [
    Example("Given", request_only=True, value={"role": "Release manager", "person": "anna"}),
    Example("Taken back", request_only=True, value={"role": "Release manager", "person": None}),
]
HAND_OVER = [
    Example(
        "To the next time zone",
        request_only=True,
        value={"person": "ben@example.org", "text": "Steps 1 to 4 are done; support waits for us."},
    )
]
END = [
    Example(
        "A success",
        request_only=True,
        value={"outcome": "succeeded", "summary": "Live since noon.", "lessons": ""},
    ),
    Example(
        "Given up",
        request_only=True,
        value={"outcome": "abandoned", "summary": "The customer withdrew the order."},
    ),
]
PERSON = [
    Example("Named", request_only=True, value={"person": "anna"}),
    Example("Given back to the role", request_only=True, value={"person": None}),
]
DUE = [Example("Until noon", request_only=True, value={"due": "2027-03-01T12:00:00Z"})]
