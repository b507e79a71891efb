"""Words as they are compared: without accents, with straight quotes; the database's own function."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Plain words.", "Plain words."),
        ("“It’s – ‘here’ — now”", "\"It's – 'here' — now\""),
        ("<IVACO INC> a<b", " IVACO INC  a b"),
        ("<Élan>", " Elan "),
        ("Zürich’s “Élan”", 'Zurich\'s "Elan"'),
        ("wait…what", "wait...what"),
        ("ﬁrst ½", "first 1⁄2"),
        ("Москва", "Москва"),
    ],
)
def test_text_is_folded_alike_whether_or_not_it_has_accents(text, folded):
    with connection.cursor() as cursor:
        cursor.execute("SELECT archive_fold(%s)", [text])
        assert cursor.fetchone() == (folded,)
