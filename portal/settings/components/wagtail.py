"""Wagtail."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.embeds.oembed_providers import loom, vimeo, youtube

WAGTAIL_SITE_NAME = _("Playbook portal")
WAGTAIL_I18N_ENABLED = False
# Nothing is asked of another host: neither pictures of people nor news of releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A password shared by many is kept in plain text by Wagtail and is nobody's: groups instead.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# One login for readers and editors; Wagtail's own form is not offered beside it.
WAGTAILADMIN_LOGIN_URL = "login"
WAGTAIL_FRONTEND_LOGIN_URL = "login"
# Wagtail's own mixes what two threads read (knowledge/catalog/rich_text.py).
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "knowledge.catalog.rich_text.RichTextArea"}}
TAGGIT_CASE_INSENSITIVE = True
# Editors never depend on Elasticsearch: the admin searches the database (docs/adr/0002).
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "knowledge.catalog.uploads.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "knowledge.catalog.uploads.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "json", "md", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
# A document is handed over as a file, never shown in the site's own origin.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_CONTENT_TYPES: dict[str, str] = {}
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# Whose videos an artifact may show, where embeds are on, and the hosts of their frames. Others
# answer with scripts or pictures of their host, which the site's policy refuses.
_EMBEDS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (youtube, ("https://www.youtube.com",)),
    (vimeo, ("https://player.vimeo.com", "https://vimeo.com")),
    (loom, ("https://www.loom.com",)),
)
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = [
    {
        "class": "wagtail.embeds.finders.oembed",
        "providers": [provider for provider, _hosts in _EMBEDS],
    },
]
PORTAL_EMBED_HOSTS = [host for _provider, hosts in _EMBEDS for host in hosts]
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "knowledge.governance.reviewing.finishing.publish"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a long StreamField has thousands of form fields
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
