"""Runs as their pages: who sees them, what they say, what they cost."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.permissions import access_for
from knowledge.governance.services import lifecycle
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Run
from knowledge.practice.permissions import joinable, leads, may_join
from knowledge.practice.services import runs
from tests.factories import close, group, person
from tests.knowledge.practice.runs.helpers import checklist, move, playbook, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture
def me(client, lead):
    client.force_login(lead)
    return client


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def url(name: str, run: Run, *more: int) -> str:
    return reverse(f"practice:{name}", args=[run.pk, *more])


class TestStarting:
    def test_the_artifact_offers_it_and_strangers_log_in_first(self, client) -> None:
        page = checklist()
        link = soup(client.get(page.url)).find("a", string=lambda text: "Start a run" in str(text))
        link = link or soup(client.get(page.url)).select_one(f'a[href="/runs/start/{page.pk}/"]')
        answer = client.get(link["href"])
        assert answer.status_code == 302
        assert answer["Location"] == f"/login/?next=/runs/start/{page.pk}/"

    def test_start_tick_leave_come_back(self, me, lead) -> None:
        page = checklist()
        answer = me.post(
            f"/runs/start/{page.pk}/", {"name": "Shop 4.12", "due": "2127-01-31", "is_open": "on"}
        )
        run = Run.objects.get()
        assert answer["Location"] == url("run", run)
        ticked = step(run, "Tell support")
        me.post(url("run_move", run, ticked.pk), {"to": "done", "seen": "0"})
        me.logout()
        me.force_login(lead)
        shown = soup(me.get("/runs/"))
        assert "1 of 3 steps" in shown.select_one(".runs").text
        shown = soup(me.get(shown.select_one(".runs__name a")["href"]))
        assert "run-step--done" in shown.find(id=f"step-{ticked.pk}")["class"]

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"name": "  "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"due": "soon"}, "due"),
            ({"due": "2020-01-01"}, "due"),
        ],
    )
    def test_wrong_answers_are_named_at_their_field(self, me, data, field) -> None:
        page = checklist()
        answer = me.post(f"/runs/start/{page.pk}/", {"name": "A", **data})
        assert answer.status_code == 400
        assert soup(answer).find(id=f"id_{field}_error")
        assert not Run.objects.exists()

    def test_a_name_nobody_has_is_refused_at_its_role(self, me) -> None:
        page = playbook()
        answer = me.post(f"/runs/start/{page.pk}/", {"name": "A", "role-2": "nobody"})
        assert answer.status_code == 400
        assert "Nobody here is known" in soup(answer).find(id="id_role-2_error").text

    def test_a_mail_address_names_a_person_too(self, me) -> None:
        other = person()
        me.post(f"/runs/start/{playbook().pk}/", {"name": "A", "role-2": other.email.upper()})
        assert Run.objects.get().roles.get(name="Approver").person == other

    def test_runs_that_go_on_are_offered_first(self, me, run) -> None:
        other = soup(me.get(f"/runs/start/{run.artifact_id}/"))
        assert other.select_one(".runs__name").text == "Shop 4.12"

    def test_closed_artifacts_do_not_exist(self, client) -> None:
        page = checklist()
        close(page.get_parent(), group("Editors"))
        client.force_login(person("Viewers"))
        assert client.get(f"/runs/start/{page.pk}/").status_code == 404
        assert client.post(f"/runs/start/{page.pk}/", {"name": "A"}).status_code == 404


class TestWhoSees:
    def test_the_predicate_and_the_query_agree(self, lead) -> None:
        page = checklist()
        reader, editor, admin = person("Viewers"), person("Editors"), person(administrator=True)
        closed = playbook()
        close(closed, group("Editors"))
        every = [
            start(page, lead),
            start(page, lead, is_open=False),
            start(closed, lead),
            start(closed, lead, is_open=False),
        ]
        runs.hand_over(run=every[1], to=reader, by=lead, text="Yours")
        gone = checklist()
        every += [start(gone, lead), start(gone, reader)]
        gone.delete()
        expected = {lead: 5, reader: 3, editor: 2, admin: 6}
        for who, count in expected.items():
            access = access_for(who)
            by_query = set(joinable(Run.objects.all(), who, access))
            by_rule = {one for one in Run.objects.all() if may_join(one, who, access)}
            assert by_query == by_rule
            assert len(by_query) == count, who

    def test_the_words_of_what_is_unpublished_stay_with_who_took_part(self, client, lead) -> None:
        run = start(checklist(), lead)
        run.artifact.unpublish()
        client.force_login(lead)
        assert client.get(url("run", run)).status_code == 200
        reader = person("Viewers")
        assert not may_join(Run.objects.get(pk=run.pk), reader, access_for(reader))
        client.force_login(reader)
        assert client.get(url("run", run)).status_code == 404

    @pytest.mark.parametrize("name", ["run", "run_changes", "run_end", "run_hand_over"])
    def test_what_one_may_not_see_does_not_exist(self, client, lead, name) -> None:
        run = start(checklist(), lead, is_open=False)
        client.force_login(person("Viewers"))
        assert client.get(url(name, run)).status_code == 404
        ticked = step(run, "Tell support")
        for address in (url("run_move", run, ticked.pk), url("run_say", run), url("run_role", run)):
            assert client.post(address, {"to": "done", "text": "x"}).status_code == 404

    def test_a_closed_run_is_in_no_list_and_no_count_of_others(self, client, lead) -> None:
        run = start(checklist(), lead, is_open=False)
        client.force_login(person("Viewers"))
        assert "Shop 4.12" not in client.get("/runs/").content.decode()
        offered = client.get(f"/runs/start/{run.artifact_id}/").content.decode()
        assert "Shop 4.12" not in offered

    def test_whoever_loses_the_artifact_loses_its_runs(self, client, lead) -> None:
        reader, run = person("Viewers"), start(checklist(), lead)
        runs.hand_over(run=run, to=reader, by=lead, text="Yours")
        close(run.artifact, group("Editors"))
        client.force_login(reader)
        assert client.get(url("run", run)).status_code == 404
        assert "Shop 4.12" not in client.get("/runs/").content.decode()

    def test_only_the_lead_gets_the_forms_of_leading(self, client, run) -> None:
        other = person("Viewers")
        assert not leads(run, other)
        client.force_login(other)
        assert "End the run" not in client.get(url("run", run)).content.decode()
        for name in ("run_end", "run_hand_over"):
            assert client.get(url(name, run)).status_code == 403
            assert client.post(url(name, run), {"outcome": "abandoned"}).status_code == 403
        role = {"role": "Lead", "person": ""}
        assert client.post(url("run_role", run), role).status_code in (400, 403)
        run.refresh_from_db()
        assert run.is_running

    def test_links_in_steps_lead_only_where_the_reader_may_go(self, client, lead) -> None:
        secret = checklist(slug="secret")
        close(secret, group("Editors"))
        page = playbook()
        page.body[0].value["steps"][0][
            "detail"
        ].source = f'<p>See <a linktype="page" id="{secret.pk}">this</a></p>'
        page.save_revision().publish()
        run = start(page, lead)
        client.force_login(lead)
        assert secret.url in client.get(url("run", run)).content.decode()
        client.force_login(person("Viewers"))
        shown = client.get(url("run", run)).content.decode()
        assert "this" in shown
        assert secret.slug not in shown


class TestThePage:
    def test_everything_people_wrote_is_text(self, me, lead) -> None:
        page = checklist()
        run = runs.start(page=page, by=lead, name=HOSTILE[:120])
        move(run, "Tell support", lead, to="blocked", text=HOSTILE)
        runs.say(run=run, by=lead, text=HOSTILE)
        for address in (url("run", run), "/runs/", url("run_end", run)):
            shown = soup(me.get(address))
            assert not [one for one in shown.find_all("script") if "alert" in one.text]
            assert not shown.select("[onerror]")

    def test_errors_stand_at_their_step_and_keep_what_was_typed(self, me, run) -> None:
        blocked = step(run, "Tell support")
        answer = me.post(
            url("run_move", run, blocked.pk), {"to": "blocked", "text": "", "link": "nowhere"}
        )
        assert answer.status_code == 400
        item = soup(answer).find(id=f"step-{blocked.pk}")
        assert item.find(role="alert")
        asking = step(run, "Read the changes")
        answer = me.post(url("run_move", run, asking.pk), {"to": "done", "text": "x" * 2001})
        item = soup(answer).find(id=f"step-{asking.pk}")
        assert "2000" in item.find(role="alert").text
        assert len(item.textarea.text.strip()) == 2001

    def test_scripts_get_the_piece_with_the_same_error(self, me, run) -> None:
        asking = step(run, "Read the changes")
        answer = me.post(
            url("run_move", run, asking.pk), {"to": "done"}, headers={"X-Run-Piece": "1"}
        )
        assert answer.status_code == 400
        assert answer.content.lstrip().startswith(b'<div class="run"')

    def test_what_somebody_changed_meanwhile_is_a_conflict(self, me, run) -> None:
        move(run, "Tell support", person())
        ticked = step(run, "Tell support")
        answer = me.post(
            url("run_move", run, ticked.pk), {"to": "doing", "seen": "0", "text": "Mine"}
        )
        assert answer.status_code == 409
        assert "Mine" in soup(answer).find(id=f"step-{ticked.pk}").textarea.text

    def test_changes_are_told_once(self, me, run, lead) -> None:
        address = url("run_changes", run)
        assert me.get(address, {"after": "1"}).status_code == 204
        move(run, "Tell support", lead)
        answer = me.get(address, {"after": "1"})
        assert answer.status_code == 200
        assert soup(answer).find(id="run")["data-event"] == "2"
        assert me.get(address, {"after": "nonsense"}).status_code == 200

    def test_what_comes_after_the_end_is_told_and_shown(self, me, run, lead) -> None:
        tell = step(run, "Tell support")
        runs.end(run=run, by=lead, outcome="abandoned", summary="Enough")
        for name, more, sent in (
            ("run_move", [tell.pk], {"to": "failed", "text": "My long words", "seen": "0"}),
            ("run_say", [], {"text": "My long words"}),
        ):
            answer = me.post(url(name, run, *more), sent)
            assert answer.status_code == 400
            said = soup(answer).select_one('.run [role="alert"]').text
            assert "This run has ended" in said
            assert "My long words" in said
        for name, sent in (
            ("run_end", {"outcome": "failed", "summary": "x"}),
            ("run_hand_over", {"person": lead.username, "text": "x"}),
        ):
            answer = me.post(url(name, run), sent, follow=True)
            assert "This run has ended" in answer.content.decode(), name

    def test_the_page_of_a_step_tells_and_shows_it_too(self, me, run, lead) -> None:
        tell = step(run, "Tell support")
        wrong = me.post(url("run_person", run, tell.pk), {"deed": "name", "person": "nobody"})
        assert "nobody" in str(soup(wrong).select_one("input[name=person]"))
        runs.end(run=run, by=lead, outcome="abandoned", summary="Enough")
        for name, sent, kept in (
            ("run_step_say", {"text": "My long words"}, "My long words"),
            ("run_person", {"deed": "name", "person": lead.username}, lead.username),
            ("run_due", {"due": "2127-01-31T12:00"}, "2127-01-31T12:00"),
        ):
            answer = me.post(url(name, run, tell.pk), sent)
            assert answer.status_code == 400, name
            said = soup(answer).select_one('main [role="alert"]').text
            assert "This run has ended" in said, name
            assert kept in said, name

    def test_what_is_sent_about_a_settled_step_is_told(self, me, run, lead) -> None:
        move(run, "Tell support", lead)
        sent = {"deed": "name", "person": "nobody"}
        answer = me.post(url("run_person", run, step(run, "Tell support").pk), sent)
        assert answer.status_code == 400
        assert "nobody" in soup(answer).select_one('main [role="alert"]').text

    def test_an_artifact_that_is_archived_meanwhile_is_told(self, me, run, lead) -> None:
        shown = url("run", run)
        assert "was archived" not in me.get(shown).content.decode()
        lifecycle.archive(
            page=run.artifact.specific, by=person("Administrators"), at=timezone.now()
        )
        assert "The artifact was archived on" in me.get(shown).content.decode()
        me.post(url("run_move", run, step(run, "Tell support").pk), {"to": "done"})
        assert step(run, "Tell support").state == "done"
        with pytest.raises(RunRefused, match="is archived"):
            start(run.artifact, lead)

    def test_what_comes_before_the_gate_is_told_and_shown(self, me, lead) -> None:
        gated = start(playbook(), lead)
        answer = me.post(url("run_move", gated, step(gated, "Release").pk), {"to": "done"})
        said = soup(answer).select_one('.run-step [role="alert"]').text
        assert "The gate “Ready” has to be passed first." in said

    def test_a_step_that_is_not_there(self, me, run) -> None:
        assert me.post(url("run_move", run, 999_999), {"to": "done"}).status_code == 404
        assert me.get("/runs/999999/").status_code == 404

    def test_files_are_handed_out_to_be_saved_only_to_those_who_see_the_run(
        self, client, lead
    ) -> None:
        run = start(checklist(), lead, is_open=False)
        file = SimpleUploadedFile("note.txt", b"<b>proof</b>")
        proved = move(run, "Tell support", lead, file=file)
        client.force_login(lead)
        answer = client.get(url("run_evidence", run, proved.pk))
        assert b"".join(answer.streaming_content) == b"<b>proof</b>"
        assert answer["Content-Disposition"] == 'attachment; filename="note.txt"'
        assert "sandbox" in answer["Content-Security-Policy"]
        assert client.get(f"/media/{proved.file.name}").status_code == 404
        client.force_login(person("Viewers"))
        assert client.get(url("run_evidence", run, proved.pk)).status_code == 404

    def test_it_costs_the_same_for_few_steps_and_many(
        self, me, lead, django_assert_max_num_queries, monkeypatch
    ) -> None:
        page = checklist()
        steps = [{"task": f"Step {n}"} for n in range(200)]
        page.body = page._meta.get_field("body").to_python(
            [{"type": "checklist", "value": {"title": "Long", "steps": steps}}]
        )
        page.save_revision().publish()
        page.refresh_from_db()
        run = start(page, lead)
        for name in ("Step 1", "Step 2", "Step 3"):
            move(run, name, lead)
        with django_assert_max_num_queries(14):
            me.get(url("run", run))
        with django_assert_max_num_queries(9):
            me.get("/runs/")

    def test_the_end_is_asked_for_and_shown(self, me, run) -> None:
        answer = me.post(url("run_end", run), {"outcome": "succeeded"})
        assert answer.status_code == 400
        assert "Still to do" in answer.content.decode()
        answer = me.post(
            url("run_end", run), {"outcome": "abandoned", "summary": "Too late"}, follow=True
        )
        shown = soup(answer)
        assert "Too late" in shown.find(id="run-head").text
        assert not shown.select("form[data-run-form]")

    def test_handing_over_names_the_person(self, me, run) -> None:
        other = person()
        answer = me.post(url("run_hand_over", run), {"person": "nobody", "text": "x"})
        assert soup(answer).find(id="id_person_error")
        me.post(url("run_hand_over", run), {"person": other.username, "text": "Half done"})
        run.refresh_from_db()
        assert run.lead == other


class TestTheProof:
    def test_page_and_card_say_when_it_was_run_with_success(self, client, lead, committed) -> None:
        page = checklist()
        before = client.get(page.url).content.decode()
        assert "Run with success" not in before
        run = start(page, lead)
        move(run, "Read the changes", lead, text="All well")
        move(run, "Tell support", lead)
        committed(lambda: runs.end(run=run, by=lead, outcome="succeeded"))
        shown = " ".join(soup(client.get(page.url)).select_one(".proof").text.split())
        assert shown.startswith("Run with success")
        assert shown.endswith("(1 of 1 run)")
        cards = client.get(page.get_parent().url).content.decode()
        assert "Run with success" in cards

    def test_failures_are_counted_too(self, client, lead, committed) -> None:
        run = start(checklist(), lead)
        client.get(run.artifact.url)
        committed(lambda: runs.end(run=run, by=lead, outcome="failed", summary="It broke"))
        shown = " ".join(soup(client.get(run.artifact.url)).select_one(".proof").text.split())
        assert shown == "No good run of this version yet (0 of 1 run)"
