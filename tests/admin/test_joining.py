"""Joining two records at the admin: offered, previewed, done, undone; and not by everybody."""

import pytest

from archive.models import Job, Person
from tests.admin.conftest import admin_url
from tests.factories import PersonFactory, QuoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return PersonFactory(name="J. Osei"), PersonFactory(name="Jonathan Osei")


def test_names_much_alike_are_offered_on_the_form_and_in_a_list(at, pair):
    one, stays = pair
    joining = f"{admin_url('person_join', one.pk)}?into={stays.pk}"

    assert joining in at("archivist").get(admin_url("person_change", one.pk)).text
    assert joining in at("archivist").get(admin_url("person_lookalikes")).text
    assert at("archivist").get(joining).context["form"].initial == {"into": stays.pk}


def test_a_preview_changes_nothing_and_a_confirmation_joins(at, pair):
    one, stays = pair
    QuoteFactory(speaker=one)
    page = admin_url("person_join", one.pk)

    preview = at("archivist").post(page, {"into": stays.pk, "step": "preview"})
    assert ("Quotes to move", "1") in preview.context["preview"].facts
    assert Person.objects.count() == 2

    done = at("archivist").post(page, {"into": stays.pk, "step": "confirm"})
    assert done["Location"] == admin_url("job_change", Job.objects.get().pk)
    assert Person.objects.get().quotes.count() == 1


def test_a_record_is_not_joined_with_itself(at, pair):
    page = admin_url("person_join", pair[0].pk)

    answer = at("archivist").post(page, {"into": pair[0].pk, "step": "confirm"})

    assert answer.context["form"].errors == {
        "into": ["“J. Osei” cannot be joined with itself: choose the other record."]
    }


def test_lookalikes_cost_the_same_for_one_pair_and_for_three(at, django_assert_num_queries):
    client = at("archivist")
    PersonFactory(name="A. Osei"), PersonFactory(name="Ada Osei")
    client.get(admin_url("person_lookalikes"))
    for names in ((), ("B. Berg", "Bo Berg", "C. Cole", "Cy Cole")):
        for name in names:
            PersonFactory(name=name)
        with django_assert_num_queries(6):
            client.get(admin_url("person_lookalikes"))
