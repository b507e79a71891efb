"""SKOS (W3C Recommendation, 2009) to concepts and back, through rdflib. No address in a file is ever fetched.

Names and scope notes are taken in one language, where a concept has them; all others stay statements. Narrower is read
as broader the other way round, and both are written.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS, Namespace
from rdflib.term import BNode, Node

from archive.editing.exchange.concepts import Concept, Statement, VocabularyFile, VocabularyFileError

OWN = Namespace("urn:archive-of-record:vocabulary#")
WIKIDATA = "http://www.wikidata.org/entity/"
FORMATS = {".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".jsonld": "json-ld", ".json": "json-ld"}
LONGEST_NAME = 200
_TAKEN_ELSEWHERE = {OWN.matchesCase, OWN.slug}


def read_skos(content: bytes, suffix: str, *, language: str) -> VocabularyFile:
    """The concepts of an RDF file, by its suffix. Raises VocabularyFileError where it is none of SKOS."""
    if FORMATS[suffix] == "json-ld":
        _refuse_remote_contexts(content)
    graph = Graph()
    try:
        graph.parse(data=content, format=FORMATS[suffix])
    except Exception as error:  # rdflib's parsers raise whatever theirs do
        raise VocabularyFileError(f"The file cannot be read as {FORMATS[suffix]}: {error}") from error
    known = {node: str(node) for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}
    if not known:
        raise VocabularyFileError("The file says of nothing that it is a concept (skos:Concept).")
    labels: list[Any] = [label for label in graph.objects(None, SKOS.prefLabel) if _is_text(label)]
    languages = Counter(label.language or "" for label in labels)
    order = [language, *(one for one, _ in languages.most_common() if one != language)]
    concepts = {key: _concept(graph, node, known, order) for node, key in sorted(known.items())}
    for broader, narrower in graph.subject_objects(SKOS.narrower):
        if broader in known and narrower in known and str(broader) not in concepts[str(narrower)].broader:
            concepts[str(narrower)].broader.append(str(broader))
    scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme), None)
    others = sorted(
        (_subject(node), *_statement(predicate, value)) for node, predicate, value in graph if node not in known
    )
    return VocabularyFile(list(concepts.values()), str(scheme or ""), others)


def write_skos(file: VocabularyFile, suffix: str, *, language: str) -> bytes:
    """The concepts as an RDF file, by its suffix."""
    return graph_of(file, language=language).serialize(format=FORMATS[suffix], encoding="utf-8")


def graph_of(file: VocabularyFile, *, language: str) -> Graph:
    """The concepts as a graph; `language` is that of names whose concept does not say."""
    graph = Graph()
    graph.bind("archive", OWN)
    for concept in file.concepts:
        _add(graph, concept, concept.language or language)
    for subject, *statement in file.others:
        predicate, value, kind = statement
        graph.add(
            (BNode(subject[2:]) if subject.startswith("_:") else URIRef(subject), *_nodes((predicate, value, kind)))
        )
    return graph


def _concept(graph: Graph, node: URIRef, known: dict[Any, str], order: list[str]) -> Concept:
    labels = sorted((one for one in graph.objects(node, SKOS.prefLabel) if _is_text(one)), key=_by_language(order))
    notation = min(map(str, graph.objects(node, SKOS.notation)), default="")
    label: Any = labels[0] if labels else None
    concept = Concept(key=str(node), name=str(label or notation or _last_part(node)), notation=notation)
    concept.nameless = label is None
    concept.language = (label.language or "none") if label is not None else order[0]
    concept.slug = str(graph.value(node, OWN.slug) or "")
    said: list[Any] = sorted(graph.predicate_objects(node))
    for predicate, value in said:
        if not _take(concept, predicate, value, known, label):
            concept.statements.append(_statement(predicate, value))
    exact = {str(name) for name in graph.objects(node, OWN.matchesCase)}
    concept.match_case = concept.name in exact
    concept.other_names = [(name, name in exact) for name, _ in concept.other_names]
    return concept


def _take(concept: Concept, predicate: Node, value: Any, known: dict[Any, str], label: Any) -> bool:
    """Take a statement into a field of the concept. Whether it had one for it."""
    if predicate in _TAKEN_ELSEWHERE or (predicate == RDF.type and value == SKOS.Concept):
        taken = True
    elif value in known:
        taken = _take_link(concept, predicate, str(value))
    elif predicate == OWL.deprecated:
        taken = str(value) == "true" and label is not None
    elif predicate == OWN.identifier:
        scheme, _, identifier = str(value).partition(":")
        concept.identifiers[scheme] = json.loads(identifier)
        taken = True
    elif predicate == SKOS.exactMatch and str(value).startswith(WIKIDATA):
        taken = "wikidata" not in concept.identifiers
        concept.identifiers.setdefault("wikidata", str(value).removeprefix(WIKIDATA))
    else:
        taken = _is_text(value) and _take_words(concept, predicate, value, label)
    return taken


def _take_link(concept: Concept, predicate: Node, key: str) -> bool:
    if predicate == SKOS.narrower:  # the other concept takes it, as broader
        return True
    if predicate in {SKOS.broader, SKOS.related} and key != concept.key:
        (concept.broader if predicate == SKOS.broader else concept.related).append(key)
        return True
    if predicate == DCTERMS.isReplacedBy and not concept.replaced_by:
        concept.replaced_by = key
        return True
    return False


def _take_words(concept: Concept, predicate: Node, value: Any, label: Any) -> bool:
    if predicate == SKOS.prefLabel:
        return bool(value == label)
    if (value.language or "none") != concept.language or value.datatype is not None:
        return False
    if predicate == SKOS.altLabel and 0 < len(value) <= LONGEST_NAME and str(value) != concept.name:
        concept.other_names.append((str(value), False))
        return True
    if predicate == SKOS.scopeNote and not concept.scope_note and str(value).strip():
        concept.scope_note = str(value)
        return True
    return False


def _add(graph: Graph, concept: Concept, language: str) -> None:
    node, tag = URIRef(concept.key), None if language == "none" else language
    for predicate, value in [*_names(concept, tag), *_identifiers(concept), *map(_nodes, concept.statements)]:
        graph.add((node, predicate, value))
    for broader in concept.broader:
        graph.add((node, SKOS.broader, URIRef(broader)))
        graph.add((URIRef(broader), SKOS.narrower, node))
    for related in concept.related:
        graph.add((node, SKOS.related, URIRef(related)))
    if concept.replaced_by:
        graph.add((node, DCTERMS.isReplacedBy, URIRef(concept.replaced_by)))
        graph.add((node, OWL.deprecated, Literal(True)))


def _names(concept: Concept, tag: str | None) -> Iterator[tuple[Node, Node]]:
    yield RDF.type, SKOS.Concept
    if not concept.nameless:
        yield SKOS.prefLabel, Literal(concept.name, lang=tag)
    for name, _ in concept.other_names:
        yield SKOS.altLabel, Literal(name, lang=tag)
    for name, match_case in [(concept.name, concept.match_case), *concept.other_names]:
        if match_case:
            yield OWN.matchesCase, Literal(name)
    if concept.scope_note:
        yield SKOS.scopeNote, Literal(concept.scope_note, lang=tag)
    if concept.slug:
        yield OWN.slug, Literal(concept.slug)


def _identifiers(concept: Concept) -> Iterator[tuple[Node, Node]]:
    for scheme, identifier in concept.identifiers.items():
        if scheme == "wikidata" and isinstance(identifier, str):
            yield SKOS.exactMatch, URIRef(WIKIDATA + identifier)
        else:
            yield OWN.identifier, Literal(f"{scheme}:{json.dumps(identifier, ensure_ascii=False)}")


def _statement(predicate: Node, value: Any) -> Statement:
    if not isinstance(value, Literal):
        return str(predicate), _subject(value), "iri"
    kind = f"@{value.language}" if value.language else f"^^{value.datatype}" if value.datatype else ""
    return str(predicate), str(value), kind


def _nodes(statement: Statement) -> tuple[Node, Node]:
    predicate, value, kind = statement
    if kind == "iri":
        return URIRef(predicate), BNode(value[2:]) if value.startswith("_:") else URIRef(value)
    if kind.startswith("@"):
        return URIRef(predicate), Literal(value, lang=kind[1:])
    datatype = URIRef(kind[2:]) if kind else None
    return URIRef(predicate), Literal(value, datatype=datatype, normalize=False)


def _subject(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _is_text(value: Any) -> bool:
    return isinstance(value, Literal)


def _by_language(order: list[str]) -> Any:
    return lambda label: (order.index(label.language or "") if (label.language or "") in order else len(order), label)


def _last_part(node: URIRef) -> str:
    return str(node).rstrip("/#").replace("#", "/").rpartition("/")[2] or str(node)


def _refuse_remote_contexts(content: bytes) -> None:
    """JSON-LD may name a context by its address, which rdflib would go and fetch."""
    try:
        waiting = [json.loads(content)]
    except ValueError as error:
        raise VocabularyFileError(f"The file cannot be read as json-ld: {error}") from error
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            contexts = value.get("@context", [])
            for context in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
                    raise VocabularyFileError(f"The file refers to a context elsewhere ({context}): write it out.")
            waiting += value.values()
