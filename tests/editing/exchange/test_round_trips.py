"""Vocabularies in and out: SKOS and tables, ours and others'."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from archive.editing.exchange.concepts import VocabularyFileError
from archive.editing.exchange.exporting import SUFFIXES, export_vocabulary
from archive.editing.exchange.importing import import_vocabulary, read_vocabulary
from archive.models import Scheme, Topic, TopicBroader, TopicName, TopicRelation
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/> .
"""


def take(content, suffix=".ttl", **options):
    given = PREFIXES + content if suffix == ".ttl" else content
    return import_vocabulary(read_vocabulary(given.encode(), suffix), by=None, **options)


def vocabulary():
    """All that the archive knows of its topics."""
    return {
        "topics": list(
            Topic.objects.order_by("name").values_list(
                "name", "match_case", "slug", "scope_note", "replaced_by__name", "identifiers", "statements"
            )
        ),
        "names": sorted(TopicName.objects.values_list("topic__name", "name", "match_case")),
        "tree": sorted(TopicBroader.objects.values_list("narrower__name", "broader__name")),
        "related": sorted(TopicRelation.objects.values_list("from_topic__name", "to_topic__name")),
    }


def forget():
    TopicBroader.objects.all().delete()
    Topic.objects.update(replaced_by=None)
    Topic.objects.all().delete()
    Scheme.objects.all().delete()


@pytest.fixture
def own():
    """A vocabulary with all that a topic can have."""
    planets = TopicFactory(name="Planets", scope_note="Worlds, “large” ones.\n\nNot moons; nor stars.")
    venus = TopicFactory(name="Venus", match_case=True, under=planets, slug="the-planet-venus")
    venus.identifiers = {"wikidata": "Q313", "gnd": "4062501-1", "numbers": [1, 2]}
    venus.save()
    venus.other_names.create(name="Morning | evening star")
    venus.other_names.create(name="VNS", match_case=True)
    venus.other_names.create(name="*starred")
    probes = TopicFactory(name="Probes, “landers”", scope_note="")
    TopicBroader.objects.create(narrower=venus, broader=probes)
    venus.related.add(TopicFactory(name="Étoile"))
    TopicFactory(name="Hesperus", replaced_by=venus)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_exported_and_imported_into_an_empty_archive_is_the_same(own, suffix):
    before, exported = vocabulary(), export_vocabulary(suffix)
    forget()
    done = import_vocabulary(read_vocabulary(exported, suffix), by=None)
    assert done.remarks == []
    assert vocabulary() == before
    assert export_vocabulary(suffix) == exported


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_importing_ones_own_export_again_changes_nothing(own, suffix):
    before = vocabulary()
    done = import_vocabulary(read_vocabulary(export_vocabulary(suffix), suffix), by=None)
    assert (done.created, done.changed, done.unchanged, done.names, done.links) == (0, 0, 5, 0, 0)
    assert vocabulary() == before


def test_names_in_other_languages_notes_and_matches_are_kept_beside_the_topic():
    take("""
        ex:venus a skos:Concept ; skos:prefLabel "Venus"@en, "Vénus"@fr ; skos:altLabel "Morning star"@en ;
            skos:notation "52-43" ; skos:scopeNote "The planet."@en, "La planète."@fr, "Not the goddess."@en ;
            skos:closeMatch <http://elsewhere.example/1> ; skos:exactMatch <http://www.wikidata.org/entity/Q313> .
    """)
    topic = Topic.objects.get()
    assert (topic.name, topic.scope_note) == ("Venus", "Not the goddess.")
    assert topic.identifiers == {"uri": "http://example.org/venus", "wikidata": "Q313"}
    assert [
        (predicate.rpartition("#")[2], value, kind) for predicate, value, kind in topic.statements["statements"]
    ] == [
        ("closeMatch", "http://elsewhere.example/1", "iri"),
        ("notation", "52-43", ""),
        ("prefLabel", "Vénus", "@fr"),
        ("scopeNote", "The planet.", "@en"),
        ("scopeNote", "La planète.", "@fr"),
    ]


def test_names_are_taken_in_the_language_asked_for_and_else_in_one_that_is_there():
    content = """
        ex:a a skos:Concept ; skos:prefLabel "Venus"@en, "Venuš"@cs . ex:b a skos:Concept ; skos:prefLabel "Merkur"@cs .
    """
    take(content)
    assert list(Topic.objects.values_list("name", flat=True)) == ["Merkur", "Venus"]
    forget()
    import_vocabulary(read_vocabulary((PREFIXES + content).encode(), ".ttl", language="cs"), by=None)
    assert list(Topic.objects.values_list("name", flat=True)) == ["Merkur", "Venuš"]


def test_a_name_given_twice_is_told_apart_here_and_goes_out_as_it_came():
    done = take("""
        ex:a a skos:Concept ; skos:prefLabel "History"@en ; skos:notation "9" .
        ex:b a skos:Concept ; skos:prefLabel "History"@en ; skos:notation "14.09" .
    """)
    assert list(Topic.objects.values_list("name", flat=True)) == ["History", "History (14.09)"]
    assert done.remarks == ["“History” is the name of another topic: this one is called “History (14.09)”."]
    assert export_vocabulary(".ttl").decode().count('skos:prefLabel "History"@en') == 2


def test_a_circle_is_told_and_broken_not_fallen_into():
    done = take("""
        ex:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader ex:c .
        ex:b a skos:Concept ; skos:prefLabel "B"@en ; skos:broader ex:a .
        ex:c a skos:Concept ; skos:prefLabel "C"@en ; skos:broader ex:b .
    """)
    assert done.remarks == ["“C” under “B” would close a circle: left out of the tree."]
    assert TopicBroader.objects.count() == 2


def test_narrower_is_broader_the_other_way_round():
    take('ex:a a skos:Concept ; skos:prefLabel "A"@en ; skos:narrower ex:b . ex:b a skos:Concept .')
    assert TopicBroader.objects.values_list("narrower__name", "broader__name").get() == ("b", "A")


def test_a_topic_that_is_there_is_completed_not_doubled():
    venus = TopicFactory(name="venus", scope_note="Ours.")
    venus.other_names.create(name="Hesperus")
    done = take('ex:v a skos:Concept ; skos:prefLabel "Venus"@en ; skos:altLabel "Morning star"@en .')
    venus.refresh_from_db()
    assert (done.created, done.changed) == (0, 1)
    assert (venus.name, venus.scope_note) == ("Venus", "Ours.")
    assert list(venus.other_names.values_list("name", flat=True)) == ["Hesperus", "Morning star"]


def test_a_rehearsal_says_the_same_and_does_nothing():
    content = 'ex:v a skos:Concept ; skos:prefLabel "Venus"@en .'
    assert take(content, rehearse=True) == take(content)
    assert Topic.objects.count() == 1


def test_what_is_said_of_other_things_goes_out_again():
    take('ex:s a skos:ConceptScheme ; skos:prefLabel "All"@en . ex:v a skos:Concept ; skos:inScheme ex:s .')
    assert Scheme.objects.get().iri == "http://example.org/s"
    assert 'skos:prefLabel "All"@en' in export_vocabulary(".ttl").decode()


@pytest.mark.parametrize(
    ("suffix", "content", "said"),
    [
        (".ttl", "ex:a skos:prefLabel", "cannot be read as turtle"),
        (".ttl", 'ex:a skos:prefLabel "A" .', "says of nothing that it is a concept"),
        (".rdf", "<rdf", "cannot be read as xml"),
        (".jsonld", "[", "cannot be read as json-ld"),
        (".jsonld", '[{"@context": "http://127.0.0.1:9/"}]', "refers to a context elsewhere"),
        (".jsonld", '{"@context": [{"@import": "http://127.0.0.1:9/"}]}', "refers to a context elsewhere"),
        (".csv", "title\nA", 'no column "name"'),
        (".csv", "name,colour\nA,red", "Unknown columns: colour"),
        (".csv", "name,slug\n,a", "Line 2: a topic without a name"),
        (".csv", "name,identifiers\nA,[", "Line 2: identifiers or statements"),
        (".csv", "name\nA,b", "Line 2: more cells"),
        (".docx", "", "“.docx” is no format of vocabularies"),
    ],
)
def test_what_is_no_vocabulary_is_refused_with_the_reason(suffix, content, said):
    with pytest.raises(VocabularyFileError, match=said):
        take(content, suffix)


def test_a_reference_to_no_topic_is_told():
    assert take("name,broader\nA,B", ".csv").remarks == ["“A” refers to “B”, which is no topic."]


def test_only_who_keeps_the_vocabulary_imports_one(editor):
    with pytest.raises(PermissionDenied):
        import_vocabulary(read_vocabulary(b"name\nA", ".csv"), by=editor)


def test_the_commands_take_a_file_in_and_out(tmp_path, capsys):
    given, out = tmp_path / "in.csv", tmp_path / "out.ttl"
    given.write_text("name,broader\nPlanets,\nVenus,Planets\n")
    call_command("import_topics", str(given), "--rehearse")
    call_command("import_topics", str(given))
    call_command("export_topics", str(out))
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Would be: 2 topics made, 0 changed, 0 as they were; 0 alternative names, 1 links.",
        "2 topics made, 0 changed, 0 as they were; 0 alternative names, 1 links.",
    ]
    assert 'skos:prefLabel "Venus"@en' in out.read_text()


@pytest.mark.parametrize("command", ["import_topics", "export_topics"])
def test_the_commands_name_the_file_that_they_cannot_use(tmp_path, command):
    with pytest.raises(CommandError, match=r"missing/a\.ttl: No such file"):
        call_command(command, str(tmp_path / "missing" / "a.ttl"))


def test_a_real_classification_keeps_every_statement(shared_data):
    from rdflib import Graph
    from rdflib.namespace import SKOS

    path = shared_data / "vocabularies" / "ykl-skos.ttl"
    done = import_vocabulary(read_vocabulary(path.read_bytes(), ".ttl"), by=None)
    assert done.created == 2406
    original, exported = Graph().parse(path), Graph().parse(data=export_vocabulary(".ttl"), format="turtle")
    assert set(original) - set(exported) == set()
    inverses = {(two, SKOS.related, one) for one, two in original.subject_objects(SKOS.related)}
    added = set(exported) - set(original) - inverses
    assert {str(predicate).rpartition("#")[2] for _, predicate, _ in added} == {"slug"}
