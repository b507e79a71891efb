"""The search page: what it shows of what it finds, and how it helps where it finds nothing."""

import pytest

from archive.models import Visibility
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def test_results_show_the_words_in_their_place(article, reader):
    page = reader.get("/search/?q=talks").text
    assert "1 article</h2>" in page
    assert "The <mark>talks</mark> go on in spring" in page


def test_results_are_paged_and_keep_what_was_asked(publish, reader):
    for day in range(1, 23):
        publish(day)
    page = reader.get("/search/?q=talks&from=2017").text
    assert "22 articles</h2>" in page
    assert page.count('class="entry"') == 20
    assert 'href="?q=talks&amp;from=2017&amp;older=2017-01-03T00%3A00%3A00_' in page


def test_words_are_not_shown_from_a_text_that_may_not_be(publish, reader):
    publish(source=SourceFactory(visibility=Visibility.REFERENCE))
    page = reader.get("/search/?q=talks").text
    assert "1 article</h2>" in page
    assert "<mark>" not in page
    assert "go on in spring" not in page


def test_an_empty_result_helps_onward(article, reader):
    page = reader.get("/search/?q=nosuchword").text
    assert "0 articles</h2>" in page
    assert "You could:" in page


def test_a_mistaken_field_says_what_is_wrong_and_finds_nothing(article, reader):
    page = reader.get("/search/?q=talks&topic=nosuch").text
    assert "The archive knows no topic called “nosuch”." in page
    assert 'class="entry"' not in page


def test_without_a_question_the_page_explains_how_to_ask(article, reader):
    assert "How to ask" in reader.get("/search/?q=+&topic=").text


@pytest.mark.parametrize(
    "asked", ["q=%00", "q=%27%27%22%22%29%28", "q=-", "q=%C3%28", "from=9999", "to=1000", "q=" + "a+" * 400]
)
def test_no_question_breaks_it(asked, article, reader):
    assert reader.get(f"/search/?{asked}").status_code == 200
