"""Asks whether an address answers, without letting an author reach what only this machine can.

Whoever writes an artifact chooses the address. So its name is looked up here, every one of its
numbers must be a public one, and the connection goes to the number that was looked at: a second
lookup could answer differently. Redirects are followed by hand, each looked at like the first.
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

import urllib3
from django.utils.translation import gettext as _

from knowledge.governance.lint.models import Verdict

PORTS = {"http": 80, "https": 443}
MAX_REDIRECTS = 5
SECONDS = 10
AGENT = "playbook-portal link check"
# Servers that do not answer HEAD, or not truthfully.
ASK_AGAIN = frozenset({403, 404, 405, 406, 410, 500, 501})
GONE = frozenset({404, 410})
_NAME = re.compile(r"[0-9A-Za-z.:_-]+")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: Verdict
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a connection goes: ``number`` is the address, ``host`` whom it asks for there."""

    scheme: str
    host: str
    number: str
    port: int
    target: str


class _NotAsked(Exception):
    """The address is not one to connect to; the text says why."""


def is_public(address: Address) -> bool:
    """Whether the number lies in the open internet, also when it is wrapped in another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not is_public(one) for one in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast


def ask(url: str, *, allowed: Callable[[Address], bool] = is_public) -> Outcome:
    """Ask for ``url`` and follow where it leads; reads no body. At most about a minute.

    Args:
        allowed: which numbers may be connected to; with another rule than the usual one any port
            may be asked, too.
    """
    try:
        for _turn in range(MAX_REDIRECTS + 1):
            status, location = _status(_place(url, allowed))
            if location is None or not 300 <= status < 400:
                return _judged(status)
            url = urljoin(url, location)
    except _NotAsked as error:
        return Outcome(Verdict.NOT_ASKED, str(error))
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            return Outcome(Verdict.FAILS, _("The name could not be looked up."))
        return Outcome(Verdict.GONE, _("The name does not exist."))
    except urllib3.exceptions.SSLError:
        return Outcome(Verdict.FAILS, _("Its certificate is not valid."))
    except urllib3.exceptions.TimeoutError:
        return Outcome(Verdict.FAILS, _("No answer in time."))
    except (urllib3.exceptions.HTTPError, OSError):
        return Outcome(Verdict.FAILS, _("No connection."))
    except ValueError:
        # A name with an empty or endless label, or a redirect to what is no address.
        return Outcome(Verdict.NOT_ASKED, _("It is not a complete address."))
    return Outcome(Verdict.FAILS, _("It redirects again and again."))


def _judged(status: int) -> Outcome:
    if status in GONE:
        return Outcome(Verdict.GONE, _("It answers %s.") % status)
    if status >= 500:
        return Outcome(Verdict.FAILS, _("It answers %s.") % status)
    # 401, 403, 429 and the like: somebody is there, who does not speak with programs.
    return Outcome(Verdict.ANSWERS)


def _place(url: str, allowed: Callable[[Address], bool]) -> _Place:
    """Where ``url`` leads.

    Raises:
        _NotAsked: it is nothing to connect to.
        socket.gaierror: its name is not known.
    """
    try:
        parts = urlsplit(url)
        scheme, name, port = parts.scheme, parts.hostname or "", parts.port
        host = name.encode("idna").decode("ascii") if not name.isascii() else name
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        target = urllib3.util.parse_url(target).request_uri
    except (ValueError, urllib3.exceptions.LocationParseError):
        raise _NotAsked(_("It is not a complete address.")) from None
    if scheme not in PORTS or not _NAME.fullmatch(host) or parts.username is not None:
        raise _NotAsked(_("It is not a complete address."))
    if allowed is is_public and port not in (None, PORTS[scheme]):
        raise _NotAsked(_("It names an unusual port."))
    port = port or PORTS[scheme]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(one[4][0]) for one in found]
    if not all(allowed(ipaddress.ip_address(number.partition("%")[0])) for number in numbers):
        raise _NotAsked(_("It lies in an inner network."))
    return _Place(scheme, host, numbers[0], port, target)


def _status(place: _Place) -> tuple[int, str | None]:
    """Number and new address of the answer: without a body first, and again where that misleads."""
    with _connections(place) as connections:
        status, location = _answer(connections, place, "HEAD")
        if status in ASK_AGAIN:
            status, location = _answer(connections, place, "GET")
        return status, location


def _connections(place: _Place) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=SECONDS / 2, read=SECONDS)
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(place.number, place.port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        place.number,
        place.port,
        timeout=timeout,
        server_hostname=place.host,
        assert_hostname=place.host,
    )


def _answer(
    connections: urllib3.HTTPConnectionPool, place: _Place, method: str
) -> tuple[int, str | None]:
    usual = place.port == PORTS[place.scheme]
    name = f"[{place.host}]" if ":" in place.host else place.host
    answer = connections.request(
        method,
        place.target,
        headers={
            "Host": name if usual else f"{name}:{place.port}",
            "User-Agent": AGENT,
            "Accept": "*/*",
        },
        retries=False,
        redirect=False,
        preload_content=False,
    )
    try:
        return answer.status, answer.headers.get("Location")
    finally:
        # What is left of the body is not read: the connection is given up.
        answer.close()
