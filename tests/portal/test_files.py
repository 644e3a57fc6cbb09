"""Uploaded pictures and the files that lie beside their blocks."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from portal.staticfiles import BlockAssetsFinder


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "documents").mkdir()
    return tmp_path


class TestMedia:
    def test_a_picture_is_served_as_what_it_is(self, media: Path, client, db: None) -> None:
        (media / "images" / "a.png").write_bytes(b"\x89PNG")
        answer = client.get("/media/images/a.png")
        assert answer["Content-Type"] == "image/png"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_what_is_no_picture_is_a_file_to_save(self, media: Path, client, db: None) -> None:
        (media / "images" / "a.html").write_text("<script>alert(1)</script>")
        assert client.get("/media/images/a.html")["Content-Disposition"] == "attachment"

    @pytest.mark.parametrize(
        "path",
        [
            "documents/secret.pdf",
            "images/",
            "images/none.png",
            "images/../documents/secret.pdf",
            "images/..%2fdocuments/secret.pdf",
            "images/%00.png",
        ],
    )
    def test_documents_and_folders_are_not_handed_out(
        self, media: Path, client, path: str, db: None
    ) -> None:
        (media / "documents" / "secret.pdf").write_text("secret")
        answer = client.get(f"/media/{path}")
        assert answer.status_code == 404


class TestBlockAssets:
    def test_styles_beside_a_block_are_found_and_nothing_else(self) -> None:
        finder = BlockAssetsFinder()
        assert finders.find("checklists/checklist.css")
        assert finder.find("checklists/checklist.css", find_all=True)
        for name in ("checklists/blocks.py", "checklists/checklist.html", "../manage.py"):
            assert not finder.find(name)

    def test_only_styles_and_scripts_are_collected(self) -> None:
        found = [path for path, _storage in BlockAssetsFinder().list([])]
        assert found
        assert {Path(path).suffix for path in found} <= {".css", ".js"}

    def test_every_file_that_a_block_names_exists(self) -> None:
        from knowledge.catalog.bodies import LIBRARY

        for name, block in LIBRARY.items():
            for path in [*getattr(block.meta, "css", ()), *getattr(block.meta, "js", ())]:
                assert finders.find(path), f"{name} names {path}"
        assert settings.STATIC_URL == "/static/"
