"""Who may do what: each cell of the two tables in `docs/roles.md`, tried over HTTP and in the background jobs.

The first is of the admin: role × object × deed. Whoever may not is sent to sign in or answered 403, and nothing in the
archive is changed; whoever may, changes something. The second is of the kinds of jobs. How each row is tried stands in
`tests/admin/rights/table.py`.
"""

from copy import deepcopy
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.urls import get_resolver, reverse
from django.utils import timezone

import archive
from archive.jobs import Background, carry_out, take_back
from archive.models import Job
from tests.admin.conftest import admin_url, typed, undone
from tests.admin.rights.table import TRIES
from tests.admin.rights.trying import Look, Send
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db

ROLES = {
    "no account": "reader",
    "no role": "nobody",
    "contributor": "contributor",
    "editor": "editor",
    "archivist": "archivist",
    "administrator": "administrator",
}
FOR_EVERYBODY = {"login", "logout"}
TRIED_FOR_EACH_KIND = {"archive_job_stop", "archive_job_undo", "archive_job_go_on"}  # see below
CHANGED_BY_LOOKING = {"archive_lease"}  # who is at a story


def tables():
    """The two tables: by object and deed who may; by kind of job who may."""
    admin, jobs = {}, {}
    for line in (Path(archive.__file__).parent.parent / "docs" / "roles.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[-1] not in {"yes", "no"}:
            continue
        if len(cells) == 8:
            may = zip(ROLES.values(), cells[2:], strict=True)
            admin.setdefault(cells[0], {})[cells[1]] = {role for role, said in may if said == "yes"}
        else:
            may = zip(list(ROLES.values())[2:], cells[2:], strict=True)
            jobs[f"archive.{cells[0].strip('`')}"] = {role for role, said in may if said == "yes"}
    return admin, jobs


ADMIN, JOBS = tables()
# The addresses whose page has a row of its own.
LOOKED_AT = {one.address for deeds in TRIES.values() for tries in deeds.values() for one in tries if type(one) is Look}


@cache
def _question(among, leaving):
    every = [among._meta.db_table] if among else connection.introspection.table_names()
    looked_at = [
        name
        for name in every
        if name.startswith(("archive_", "auth_user", "auth_group"))
        and not name.endswith("event")
        and name not in (*CHANGED_BY_LOOKING, *leaving)
    ]
    digest = "md5(string_agg(held::text, '|' ORDER BY held::text))"
    return " UNION ALL ".join(f"SELECT '{name}', {digest} FROM {name} AS held" for name in looked_at)  # noqa: S608


def standing(*, among=None, leaving=()):
    """What each table of the archive holds, in short. `among` is the only model looked at."""
    with connection.cursor() as cursor:
        cursor.execute(_question(among, leaving))
        return set(cursor.fetchall())


def is_refused(response):
    """Whether somebody was sent to sign in, or turned away."""
    return response.status_code == 403 or response.headers.get("Location", "").startswith(reverse("admin:login"))


def test_every_row_is_tried_and_every_address_of_the_admin_has_its_row():
    assert {(kind, deed) for kind, deeds in ADMIN.items() for deed in deeds} <= {
        (kind, deed) for kind, deeds in TRIES.items() for deed in deeds
    }
    tried = {one.address for kind in ADMIN for deed in ADMIN[kind] for one in TRIES[kind][deed]}
    _, resolver = get_resolver().namespace_dict["admin"]
    admin = {name for name in resolver.reverse_dict if isinstance(name, str)} - FOR_EVERYBODY - TRIED_FOR_EACH_KIND
    assert {f"admin:{name}" for name in admin} - tried == set()


@pytest.fixture
def everybody(at, caplog):
    """By role, the client of each of the six, all signed in."""
    caplog.set_level("CRITICAL", "django.request")  # refusals are what is asked for, and many
    return {role: at(role) for role in ROLES.values()}


@pytest.mark.parametrize("kind", ADMIN)
def test_who_may_do_what(everybody, kind):
    wrong = {}
    for deed, may in ADMIN[kind].items():
        for one in TRIES[kind][deed]:
            row = one.row()
            url = reverse(one.address, args=one.takes(row))
            if type(one) is Send:
                wrong |= {(deed, url, role): fault for role, fault in sends(everybody, one, row, url, may)}
            if type(one) is Look or (one.page and one.address not in LOOKED_AT):
                asked = one.asked if type(one) is Look else {}
                wrong |= {(deed, url, role): fault for role, fault in looks(everybody, url, asked, may)}
    assert wrong == {}, "\n".join(map(str, wrong.items()))


def looks(everybody, url, asked, may):
    """Look, as each role: whose answer is wrong, and how."""
    before = standing()
    with undone():
        for role, client in everybody.items():
            response = client.get(url, asked)
            if response.status_code != 405 and is_refused(response) is (role in may):
                yield role, f"looking is answered {response.status_code}"
        if standing() != before:
            yield "somebody", "looking changes something"


def sends(everybody, one, row, url, may):
    """Send the form, as each role: whose answer is wrong, and how."""
    data = one.sent(row)
    if one.form:
        data = typed(everybody["administrator"].get(url), seen=None) | data
    before = standing(among=one.changes)
    for role, client in everybody.items():
        cookies = deepcopy(client.cookies)
        with undone():
            response = client.post(url, data | one.sent_by(row, client.colleague))
            changed = {name for name, _ in standing(among=one.changes) - before}
        client.cookies = cookies  # a new password has a new session, which was taken back
        if bool(changed) is not (role in may):
            yield role, f"sending is answered {response.status_code}, and changed are {changed or 'none'}"
        elif role not in may and not one.changes and not is_refused(response):
            yield role, f"sending is not refused, but answered {response.status_code}"


# In the background


def kinds():
    """Every kind of job that the archive knows, by its name."""
    house = Path(archive.__file__).parent
    with_jobs = [path for path in house.rglob("*.py") if "\n@background(" in path.read_text()]
    modules = [".".join(path.relative_to(house.parent).with_suffix("").parts) for path in with_jobs]
    found = [vars(import_module(name)) for name in modules]
    every = {thing.kind: thing for names in found for thing in names.values() if isinstance(thing, Background)}
    return {kind: one for kind, one in every.items() if one is not take_back}


def test_every_kind_of_job_has_its_row():
    assert kinds().keys() == JOBS.keys()


@pytest.mark.parametrize("kind", JOBS)
def test_who_may_stop_undo_and_go_on_with_a_job(everybody, kind):
    function, done = kinds()[kind], {"ended_at": timezone.now()}
    jobs = {
        "stop": JobFactory(kind=kind),
        "go_on": JobFactory(kind=kind, problem="Stopped.", **done),
        "undo": JobFactory(kind=kind, **done),
    }
    undoings = {
        "stop": JobFactory(kind=take_back.kind, undoes=JobFactory(kind=kind, **done)),
        "go_on": JobFactory(kind=take_back.kind, undoes=jobs["undo"], problem="Stopped.", **done),
    }
    if function.undo is None:
        jobs.pop("undo"), undoings.clear()
    before, wrong = standing(), {}
    for role, client in everybody.items():
        for deed, job in [*jobs.items(), *undoings.items()]:
            with undone():
                response = client.post(admin_url(f"job_{deed}", job.pk))
                if (standing() == before) is (role in JOBS[kind]) or is_refused(response) is (role in JOBS[kind]):
                    wrong[role, deed, str(job)] = response.status_code
        if role in list(ROLES.values())[2:] and function.may(client.colleague) is not (role in JOBS[kind]):
            wrong[role] = "may ask for it" if function.may(client.colleague) else "may not ask for it"
    assert wrong == {}, "\n".join(map(str, wrong.items()))


@pytest.mark.parametrize("kind", JOBS)
@pytest.mark.parametrize("lost", ["the role", "the account"])
def test_whoever_lost_the_right_before_the_job_begins_is_refused_by_name(archivist, kind, lost):
    function = kinds()[kind]
    done = JobFactory(kind=kind, ended_at=timezone.now())
    asked = {"asked_by": archivist, "asked_as": "archivist"}
    jobs = [JobFactory(kind=kind, **asked), JobFactory(kind=take_back.kind, undoes=done, **asked)]
    if lost == "the role":
        archivist.groups.clear()
    else:
        archivist.is_active = False
        archivist.save()
    before = standing(leaving=("archive_job",))
    for job in jobs:
        carry_out.call(job.pk)
    told = [Job.objects.get(pk=job.pk).problem for job in jobs]
    assert told == [f"archivist lacks the permission {function.needs}."] * 2
    assert standing(leaving=("archive_job",)) == before
    assert not Job.objects.filter(pk=done.pk, undone_at__isnull=False).exists()


def test_who_lets_a_job_go_on_answers_for_the_rest_of_it(at, archivist, editor):
    job = JobFactory(
        kind="archive.editing.chosen.file_chosen",
        asked_by=archivist,
        asked_as="archivist",
        ended_at=timezone.now(),
        problem="Stopped.",
    )
    at("editor").post(admin_url("job_go_on", job.pk))
    job.refresh_from_db()
    assert (job.asked_by, job.asked_as) == (editor, "editor")
