"""The address in a mail that ends the mails, without logging in."""

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(sep=".", salt="governance.following.stop")


def stop_token(person_id: int) -> str:
    return _SIGNER.sign(str(person_id))


def person_of_token(token: str) -> int | None:
    """None when the token was not made by us."""
    try:
        return int(_SIGNER.unsign(token))
    except BadSignature:
        return None
