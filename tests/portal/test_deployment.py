"""What the containers are given: an operator cannot mend from outside what is missing here."""

import re
import runpy
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PORTAL = COMPOSE["x-portal"]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text()
# Set by the image itself, or refused by production.
NOT_OF_COMPOSE = {"DEBUG", "MEDIA_ROOT", "PORTAL_DOWNLOADS_DIR", "PORTAL_VAR_DIR"}


def image_variable(name: str) -> str:
    (value,) = re.findall(rf"\b{name}=(/\S+)", DOCKERFILE.split("\nFROM ")[-1])
    return value


def test_every_variable_of_the_settings_reaches_the_containers() -> None:
    sources = [path.read_text() for path in (ROOT / "portal/settings").rglob("*.py")]
    named = {name for text in sources for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)}
    assert sorted(named - NOT_OF_COMPOSE - PORTAL["environment"].keys()) == []


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "PORTAL_DOWNLOADS_DIR"])
def test_what_the_portal_writes_lies_on_a_volume_of_its_own(name: str) -> None:
    """All else is read-only in the container."""
    place = image_variable(name)
    assert PORTAL["read_only"]
    assert place in {volume.split(":")[1] for volume in PORTAL["volumes"]}
    assert re.search(rf"install -d -o portal .*{place}\b", DOCKERFILE)


def test_a_web_server_that_is_stopped_may_finish_what_it_has_begun() -> None:
    finishing = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))["graceful_timeout"]
    grace = COMPOSE["services"]["web"].get("stop_grace_period", "10s")
    assert int(grace.removesuffix("s")) > finishing


def test_the_proxy_with_tls_is_believed_when_it_says_who_is_asking() -> None:
    """Else all visitors are one to the limits and to the lock after wrong passwords."""
    assert PORTAL["environment"]["PORTAL_TRUSTED_PROXIES"].endswith(":-1}")
