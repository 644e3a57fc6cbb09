"""All addresses. The last line is Wagtail's tree; what stands above it is reserved there."""

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from knowledge.catalog.admin import bulk, privacy
from knowledge.catalog.views.pages import serve
from portal.feeds import LatestFeed, PageSitemap
from portal.views import diagram, errors, health, machines, session
from portal.views.media import media

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path(
        "login/",
        auth.LoginView.as_view(
            template_name="portal/login.html",
            # The view would call the site by its host.
            extra_context={"site_name": settings.WAGTAIL_SITE_NAME},
        ),
        name="login",
    ),
    path("", include("portal.accounts.urls")),
    path("login/state/", session.state, name="session_state"),
    path("logout/", auth.LogoutView.as_view(next_page="/"), name="logout"),
    # Wagtail's own login form would stand beside ours with other rules.
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk.act),
    path("admin/pages/<int:page_id>/privacy/", privacy.set_privacy),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("feeds/latest.atom", LatestFeed(), name="latest_feed"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("diagrams/frame/", diagram.frame, name="diagram_frame"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/v1/docs/", SpectacularSwaggerView.as_view(url_name="api_schema"), name="api_docs"),
    path("api/v1/", include("knowledge.practice.api.urls")),
    path("api/v1/", include("knowledge.practice.copies.api.urls")),
    path("api/v1/", include("knowledge.practice.assessments.api.urls")),
    path("api/v1/", include("knowledge.practice.weighing.api.urls")),
    path("api/v1/", include("knowledge.practice.programs.api.urls")),
    path("api/v1/", include("knowledge.governance.pilots.api.urls")),
    path("", include("search.urls")),
    # Above governance, which takes every address that ends in changes/.
    path("", include("knowledge.practice.urls")),
    path("", include("knowledge.practice.assessments.urls")),
    path("", include("knowledge.practice.copies.urls")),
    path("", include("knowledge.practice.weighing.urls")),
    path("", include("knowledge.practice.cadence.urls")),
    path("", include("knowledge.practice.programs.urls")),
    path("", include("knowledge.practice.work.urls")),
    path("", include("knowledge.practice.teams.urls")),
    path("", include("knowledge.governance.team_sections.urls")),
    path("reading/", include("knowledge.governance.acknowledging.urls")),
    path("following/", include("knowledge.governance.following.urls")),
    path("", include("knowledge.governance.proposals.urls")),
    path("", include("knowledge.governance.variants.urls")),
    path("", include("knowledge.governance.pilots.urls")),
    path("", include("knowledge.governance.kpis.urls")),
    path("", include("knowledge.governance.reviewing.urls")),
    path("", include("knowledge.governance.urls")),
    path("", include("knowledge.exchange.urls")),
    re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", media, name="media"),
    re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
