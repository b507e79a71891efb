"""Every screen of the admin in a browser: nothing breaches the security policy, and each fits a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from archive.editing.notes import answer_note, settle_note, write_note
from archive.editing.vocabulary import rename_topic
from archive.models import Original, PreviewLink, Resemblance, SavedView
from tests.admin.conftest import admin_url
from tests.browser import NARROW_DARK, RULES, WIDE, overflows
from tests.factories import (
    ArticleFactory,
    BatchFactory,
    FailureFactory,
    JobFactory,
    QuoteFactory,
    SuggestionFactory,
    TaggingFactory,
    UserFactory,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(db):
    """The screens, each with something on it."""
    article = ArticleFactory(published=True)
    quote = QuoteFactory(article=article)
    article.standfirst = (
        "What was said, and by whom, before the vote of the committee in the spring of that year, at last."
    )
    article.save()
    article.standfirst = article.standfirst.replace("spring", "autumn")
    article.save()
    tagging = TaggingFactory(article=article)
    by = UserFactory(is_superuser=True)
    settle_note(write_note(article, "The year of the vote?", by=by), by=by)
    answer_note(write_note(article, "Which spring? " * 30, by=by, words="in spring"), "The next.", by=by)
    Resemblance.objects.create(article=article, other=ArticleFactory(), likeness=0.9)
    rename_topic(tagging.topic, "Planet Venus", by=by)
    SavedView.objects.create(user=by, list="article", name="Drafts", query="status__exact=draft")
    link = PreviewLink.objects.create(article=ArticleFactory())
    rows = {
        "article": article,
        "quote": quote,
        "topic": tagging.topic,
        "person": quote.speaker,
        "source": article.source,
        "tagging": tagging,
        "suggestion": SuggestionFactory(article=article),
        "batch": BatchFactory(origin="inbox/" * 40),
        "failure": FailureFactory(content=b"{" + b"x" * 999),
        "job": JobFactory(begun_at=timezone.now(), beat_at=timezone.now(), done=3, total=7),
        "original": Original.objects.create(
            sha256="0" * 64, size=3, media_type="text/plain", filename="a.txt", origin="x"
        ),
    }
    kept = [name for name in rows if name not in {"tagging", "suggestion", "batch", "failure", "job", "original"}]
    return [
        "/admin/",
        "/admin/archive/",
        "/admin/password_change/",
        *(f"/admin/auth/{page}" for page in ("user/", "user/add/", f"user/{by.pk}/change/", "group/")),
        f"/admin/auth/user/{by.pk}/password/",
        "/admin/review/",
        reverse("admin:review-story", args=[article.pk]),
        admin_url("article_apart", article.pk, article.pk),
        *(admin_url(f"topic_{page}") for page in ("tree", "wanting", "changes", "import")),
        *(admin_url(f"topic_{deed}", tagging.topic_id) for deed in ("rename", "move", "merge", "split")),
        admin_url("edition_change", 1),
        admin_url("article_withdraw", article.pk),
        admin_url("article_share", link.article.pk),
        admin_url("article_notes", article.pk),
        admin_url("batch_add"),
        admin_url("batch_undo", rows["batch"].pk),
        admin_url("job_undo", rows["job"].pk),
        "/admin/search/?q=agency",
        admin_url("article_put_back", article.pk, article.events.latest("pgh_id").pgh_id),
        *(admin_url(f"{kind}_deleted") for kind in ("article", "quote", "topic", "person", "source")),
        *(admin_url(f"{kind}_lookalikes") for kind in ("person", "source")),
        *(admin_url(f"{kind}_join", rows[kind].pk) for kind in ("person", "source")),
        *(admin_url(f"{name}_changelist") for name in rows),
        *(admin_url(f"{name}_change", row.pk) for name, row in rows.items()),
        *(admin_url(f"{name}_history", row.pk) for name, row in rows.items()),
        *(admin_url(f"{name}_add") for name in kept),
        *(admin_url(f"{name}_delete", rows[name].pk) for name in kept if name != "article"),
    ]


@pytest.fixture
def admin_session(addresses, sign_in, live_server):
    """The cookie of somebody who may do everything."""
    value = sign_in(User.objects.get(is_superuser=True)).cookies["archive_session"].value
    return {"name": "archive_session", "value": value, "url": live_server.url}


@pytest.mark.parametrize("page", [WIDE, NARROW_DARK], ids=str, indirect=True)
def test_every_screen_keeps_the_policy_and_fits(page, addresses, admin_session):
    page.context.add_cookies([admin_session])
    wrong = {}
    for address in addresses:
        status = page.goto(address).status
        if status != 200 or overflows(page):
            wrong[address] = f"{status}, {'too wide' if overflows(page) else 'fits'}"
    assert wrong == {}


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_screen_keeps_anybody_out(chromium, live_server, addresses, admin_session, colours):
    # axe-core sets styles of its own, which the policy of the admin forbids
    context = chromium.new_context(base_url=live_server.url, color_scheme=colours, bypass_csp=True)
    context.add_cookies([admin_session])
    page = context.new_page()
    faults = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("window.django?.jQuery && new Promise(done => django.jQuery(done))")  # the scripts had their turn
        if found := faults_of(page):
            faults[address] = found
    context.close()
    assert faults == {}


def faults_of(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(fault["id"], node["html"]) for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("screen", [WIDE, NARROW_DARK], ids=str)
def test_no_answer_to_a_form_keeps_anybody_out(chromium, live_server, let_in, archivist, screen):
    """What is shown once something was sent: a deed of a list that asks first, a form that somebody else saved too."""
    article = ArticleFactory(headline="Talks pause")
    context = chromium.new_context(
        base_url=live_server.url,
        color_scheme=screen.colours,
        viewport={"width": screen.width, "height": screen.height},
        bypass_csp=True,
    )
    page = let_in(context.new_page(), archivist)
    faults = []
    page.goto(admin_url("article_changelist"))
    page.locator(".action-select").check()
    page.get_by_label("Action:").select_option(label="Withdraw…")
    page.get_by_role("button", name="Go", exact=True).click()
    page.get_by_text("Not published, and left as they are").wait_for()
    faults += [faults_of(page), overflows(page)]
    page.goto(admin_url("article_change", article.pk))
    article.headline, article.dateline = "Talks end", "GENEVA"
    article.save()
    page.get_by_role("textbox", name="Headline").fill("Talks resume")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Somebody else changed this meanwhile, to: Talks end.").wait_for()
    faults += [faults_of(page), overflows(page)]
    context.close()
    assert faults == [[], False] * 2
