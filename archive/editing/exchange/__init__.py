"""Vocabularies exchanged with the rest of the world: SKOS (RDF/XML, Turtle, JSON-LD) and CSV.

    file ──► skos.py or table.py ──► Concept ──► importing.py ──► topics
    file ◄── skos.py or table.py ◄── Concept ◄── exporting.py ◄── topics

What a file says that a topic has no field for is kept beside the topic (`Topic.statements`) or, of things that are no
topics, beside the vocabulary (`Scheme`), and exported again as it came.
"""
