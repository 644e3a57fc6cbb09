"""The pictures and documents of a team: nobody else sees them, on the site or in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from knowledge.governance.team_sections import services
from knowledge.practice.teams import services as teams
from tests.factories import CategoryFactory, person, team
from tests.knowledge.exchange.pages import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ada():
    return person("Viewers", username="ada")


@pytest.fixture
def bob():
    return person("Viewers", username="bob")


@pytest.fixture
def ours(ada, bob):
    return team(ada, bob)


@pytest.fixture
def files(ours, ada) -> Collection:
    row = services.open_section(team=ours, by=ada, category=CategoryFactory(slug="operations"))
    return Collection.objects.get(pk=row.files_id)


@pytest.fixture
def image(files):
    made = picture("Wiring of the vault")
    made.collection = files
    made.save()
    return made


@pytest.fixture
def document(files):
    return get_document_model().objects.create(
        title="Keys of the vault", file=ContentFile(b"secret", "keys.txt"), collection=files
    )


def browser(one) -> Client:
    client = Client()
    if one is not None:
        client.force_login(get_user_model().objects.get(pk=one.pk))
    return client


def test_nobody_else_finds_a_file_of_the_team_in_the_admin(image, document, bob) -> None:
    shown = {
        "/admin/images/": "Wiring of the vault",
        "/admin/images/?q=wiring": "Wiring of the vault",
        "/admin/images/chooser/": "Wiring of the vault",
        f"/admin/images/chooser/chosen/{image.pk}/": "Wiring of the vault",
        f"/admin/images/chooser/chosen-multiple/?id={image.pk}": "Wiring of the vault",
        f"/admin/images/usage/{image.pk}/": "Wiring of the vault",
        f"/admin/api/main/images/{image.pk}/": "Wiring of the vault",
        f"/admin/documents/chooser/chosen/{document.pk}/": "Keys of the vault",
        "/admin/documents/": "Keys of the vault",
        "/admin/documents/chooser/": "Keys of the vault",
    }
    stranger = browser(person("Editors"))
    for address, words in shown.items():
        answer = stranger.get(address)
        assert words not in answer.content.decode(), address
        assert "Payments" not in answer.content.decode(), address
    assert "Wiring of the vault" in browser(bob).get("/admin/images/chooser/").content.decode()
    assert "Keys of the vault" in browser(bob).get("/admin/documents/chooser/").content.decode()


@pytest.mark.parametrize(
    ("model", "action"),
    [
        ("wagtailimages/image", "delete"),
        ("wagtailimages/image", "add_to_collection"),
        ("wagtaildocs/document", "delete"),
        ("wagtailcore/page", "delete"),
    ],
)
def test_a_file_or_page_of_the_team_is_not_named_in_a_refusal(
    files, image, document, model, action
) -> None:
    stranger, room = browser(person("Editors")), files.of_team.section
    pk = {"image": image.pk, "document": document.pk, "page": room.pk}[model.partition("/")[2]]
    answer = stranger.get(f"/admin/bulk/{model}/{action}/", {"id": pk})
    assert answer.status_code == 404
    assert browser(None).get(f"/admin/bulk/{model}/{action}/", {"id": pk}).status_code == 302
    # What is open to everybody goes on, and what is closed beside it is left out.
    public = picture("Map").pk if "image" in model else pk
    if public != pk:
        shown = stranger.get(
            f"/admin/bulk/{model}/{action}/", {"id": [pk, public]}
        ).content.decode()
        assert "Map" in shown and "Wiring of the vault" not in shown


@pytest.mark.parametrize("deed", ["", "delete/"])
def test_nobody_else_changes_a_file_of_the_team(image, deed) -> None:
    stranger, address = browser(person("Editors")), f"/admin/images/{image.pk}/{deed}"
    assert stranger.get(address).status_code in (302, 403, 404)
    stranger.post(address, {"title": "Mine now"})
    assert get_image_model().objects.get(pk=image.pk).title == "Wiring of the vault"


def test_a_member_adds_files_for_the_team_and_none_for_all(image, bob) -> None:
    form = browser(bob).get("/admin/images/add/")
    # With one collection to choose there is no choice.
    assert "Payments" not in form.content.decode()
    root = Collection.get_first_root_node()
    public = picture("Map")
    assert public.collection == root
    # Common ones may be taken for the team's own pages.
    assert "Map" in browser(bob).get("/admin/images/chooser/").content.decode()
    assert browser(bob).get(f"/admin/images/{public.pk}/").status_code == 302


def test_a_picture_is_handed_out_to_the_team_alone(image, ours, ada, bob) -> None:
    public, small = picture("Map"), image.get_rendition("width-20")
    for address in (image.file.url, small.url):
        for one in (None, person(), person("Editors")):
            assert browser(one).get(address).status_code == 404
        answer = browser(bob).get(address)
        assert answer.status_code == 200
        assert "private" in answer["Cache-Control"]
    answer = browser(None).get(public.file.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=86400")
    teams.remove_member(team=ours, by=ada, person=bob)
    assert browser(bob).get(image.file.url).status_code == 404


def test_a_document_is_handed_out_to_the_team_alone(document, bob) -> None:
    for one in (None, person(), person("Editors")):
        assert browser(one).get(document.url).status_code == 404
    assert b"".join(browser(bob).get(document.url).streaming_content) == b"secret"


def test_who_may_give_rights_can_put_the_files_in_order(image) -> None:
    keeper = browser(person("Administrators"))
    assert "Wiring of the vault" in keeper.get("/admin/images/").content.decode()
    assert keeper.get(image.file.url).status_code == 200


def test_the_files_stay_closed_when_the_team_ends(image, ours, ada, bob) -> None:
    teams.delete(team=ours, by=ada)
    assert CollectionViewRestriction.objects.get().collection == image.collection
    assert browser(bob).get(image.file.url).status_code == 404


def test_a_collection_for_all_who_are_logged_in_is_closed_to_others(bob) -> None:
    inside = Collection.get_first_root_node().add_child(name="Inside")
    CollectionViewRestriction.objects.create(
        collection=inside, restriction_type=CollectionViewRestriction.LOGIN
    )
    image = picture("Plan")
    image.collection = inside
    image.save()
    assert browser(None).get(image.file.url).status_code == 404
    assert browser(bob).get(image.file.url).status_code == 200


def test_pictures_cost_one_query_while_nothing_is_restricted(
    django_assert_num_queries, client
) -> None:
    public = picture("Map")
    with django_assert_num_queries(1):
        client.get(public.file.url)
