"""How much of an article readers see, and the quotes marked in it."""

import pytest

from archive.models import Original, Visibility
from archive.site import listing
from archive.site.reading import EXCERPT_WORDS, passages, shown_text, summary
from tests.factories import ArticleFactory, PersonFactory, SourceFactory, TopicFactory
from tests.site.conftest import quote_of

pytestmark = pytest.mark.django_db


def article_of(visibility, **fields):
    return ArticleFactory(published=True, source=SourceFactory(visibility=visibility), **fields)


LONG = "\n\n".join(f"This is sentence number {n}, and it says so." for n in range(100))


def test_full_text_is_shown_whole():
    assert shown_text(article_of(Visibility.FULL, body=LONG)) == LONG


def test_an_excerpt_is_the_beginning_within_its_words():
    shown = shown_text(article_of(Visibility.EXCERPT, body=LONG))
    assert LONG.startswith(shown)
    assert EXCERPT_WORDS - 10 < len(shown.split()) <= EXCERPT_WORDS


def test_of_a_reference_nothing_is_shown():
    article = article_of(Visibility.REFERENCE, body=LONG, standfirst="A standfirst.")
    assert (shown_text(article), summary(article)) == ("", "")


@pytest.mark.parametrize(
    ("body", "opening"),
    [
        ("It rained. It poured.", "It rained. It poured."),
        (f"It rained. {'It poured and it poured. ' * 30}", f"It rained. {'It poured and it poured. ' * 7}"),
        # A sentence longer than a list has room for, broken off after a word.
        ("Regulations " * 60, "Regulations " * 33),
        ("规" * 500, "规" * 401),
    ],
)
def test_an_opening_in_a_list_is_whole_sentences_or_at_least_whole_words(body, opening):
    ArticleFactory(published=True, body=body)
    [row] = listing.all_articles.newest(1)
    assert summary(row).strip() == opening.strip()


def test_an_article_with_a_standfirst_is_listed_by_that_and_brings_no_text():
    ArticleFactory(published=True, body=LONG, standfirst="It rained.")
    [row] = listing.all_articles.newest(1)
    assert (row.beginning, summary(row)) == ("", "It rained.")


def test_a_reference_page_has_headline_date_and_link_and_no_words_of_the_text(publish, reader):
    article = publish(
        source=SourceFactory(visibility=Visibility.REFERENCE),
        standfirst="A standfirst of theirs.",
        author_note="A note of theirs.",
        publisher_url="https://publisher.example/venus",
    )
    page = reader.get(article.get_absolute_url()).text
    assert article.headline in page
    assert "1 January 2017" in page
    assert 'href="https://publisher.example/venus"' in page
    assert [words for words in ("willing", "talks go on", "of theirs") if words in page] == []


def test_quotes_beyond_an_excerpt_are_listed_with_the_article_and_lose_their_surroundings(publish, reader):
    body = LONG + "\n\n“Venus is next,” she said. “If they choose to,” she added, “they will find us willing.”"
    article = publish(source=SourceFactory(visibility=Visibility.EXCERPT), body=body)
    page = reader.get(article.get_absolute_url()).text
    assert "Also quoted in this article" in page
    assert "number 99" not in page
    quote = article.quotes.last()
    assert f'id="quote-{quote.pk}"' in page
    assert "she added" not in reader.get(quote.get_absolute_url()).text


def test_a_quote_that_an_excerpt_breaks_off_is_listed_with_all_its_words_and_anchored_there_alone(publish, reader):
    body = "“Venus is next, " + LONG + "” she said. “If they choose to,” she added, “they will find us willing.”"
    article = publish(source=SourceFactory(visibility=Visibility.EXCERPT))
    article.quotes.all().delete()
    article.body = body
    article.save()
    quote = quote_of(article, "Venus is next, " + LONG)
    page = reader.get(article.get_absolute_url()).text
    text, beyond = page.split("Also quoted in this article")
    assert f'href="{quote.get_absolute_url()}">Venus is next' in text
    assert "number 99" in beyond
    assert (text.count(f'id="quote-{quote.pk}"'), beyond.count(f'id="quote-{quote.pk}"')) == (0, 1)


@pytest.mark.parametrize(
    ("visibility", "rights", "told"),
    [
        (Visibility.EXCERPT, "", "The archive shows only the beginning of this article."),
        (Visibility.EXCERPT, "Ninety words.", "The Weekly does not allow it to be shown in full here."),
        (Visibility.REFERENCE, "", "The archive gives only a reference to this article."),
        (Visibility.REFERENCE, "No words.", "The Weekly allows a reference to this article, not its text."),
    ],
)
def test_a_source_is_said_to_forbid_only_what_its_rights_statement_speaks_of(visibility, rights, told, reader):
    source = SourceFactory(name="The Weekly", visibility=visibility, rights=rights)
    page = reader.get(ArticleFactory(published=True, source=source, body=LONG).get_absolute_url()).text
    note = page.split('<p class="note">')[1].split("</p>")[0]
    assert " ".join(note.split()).removeprefix("This is the beginning of the article. ") == told


def test_a_quote_is_marked_in_all_its_parts_and_anchored_once(article):
    broken = article.quotes.last()
    shown = passages(article.body, article.quotes.all())
    parts = [(stretch.text, stretch.again) for stretch in shown[0].stretches if stretch.quote == broken]
    anchors = [anchor for passage in shown for stretch in passage.stretches for anchor in stretch.anchors]
    assert parts == [("If they choose to,", False), ("they will find us willing.", True)]
    assert anchors == [quote.pk for quote in article.quotes.all()]


def test_the_margin_introduces_a_speaker_once_and_names_topics_once(mira):
    body = "“One,” she said. “Two,” she said.\n\n“Three,” she said.\n\n“Four,” she said."
    article = ArticleFactory(body=body)
    quotes = [quote_of(article, word, speaker=mira, role="minister") for word in ("One", "Two", "Three", "Four")]
    topic, other = TopicFactory(), TopicFactory()
    shown = passages(body, quotes, {quote.pk: [topic] for quote in quotes} | {quotes[-1].pk: [other]})
    notes = [[(str(note.quote.speaker), note.introduces, note.topics) for note in passage.notes] for passage in shown]
    assert notes == [[("Mira Sandoval", True, (topic,))], [], [("Mira Sandoval", False, (other,))]]


def test_the_margin_does_not_name_again_who_goes_on_speaking(mira):
    body = "“One,” she said.\n\n“Two,” she said.\n\n“Three,” he said.\n\n“Four,” she said."
    article, other = ArticleFactory(body=body), PersonFactory(name="Bo Ek")
    speakers = {"One": mira, "Two": mira, "Three": other, "Four": mira}
    quotes = [quote_of(article, word, speaker=speaker) for word, speaker in speakers.items()]
    notes = [[str(note.quote.speaker) for note in passage.notes] for passage in passages(body, quotes)]
    assert notes == [["Mira Sandoval"], [], ["Bo Ek"], ["Mira Sandoval"]]


def test_a_body_is_text_and_never_markup(publish, reader):
    article = publish(
        headline="<b>Bold</b>",
        body="<script>alert(1)</script> “Venus is next,” & “If they choose to,” x “they will find us willing.”",
    )
    page = reader.get(article.get_absolute_url()).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page


def test_an_article_shows_its_provenance(publish, reader, db):
    original = Original.objects.create(
        sha256="ab" * 32, size=2048, media_type="text/plain", filename="venus.txt", origin="desk", content="ab/ab"
    )
    page = reader.get(publish(original=original).get_absolute_url()).text
    assert "venus.txt" in page
    assert "ab" * 32 in page
    assert "Quote it with a link." in page


@pytest.mark.parametrize(("broken_off", "shown"), [(True, True), (False, False)])
def test_a_text_that_breaks_off_says_so(broken_off, shown, publish, reader):
    page = reader.get(publish(broken_off=broken_off).get_absolute_url()).text
    assert ("The text breaks off here" in page) is shown
