"""Biography: the sentences about its author that close a text. They are kept, but are not the story."""

import re

_NAME = r"(?:(?:Dr|Prof)\. )?[A-ZÀ-Þ][\w.’'-]*(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|da|van|von|der|al|el)){0,3} [A-ZÀ-Þ][\w’'-]+"
_TRADE = (
    "author|columnist|contributor|correspondent|editor|fellow|freelancer?|historian|intern|journalist|lecturer|"
    "managing editor|news editor|professor|reporter|researcher|staff writer|writer"
)
_WRITES = (
    r"(?:writes|covers|reports|blogs) (?:about|on|for|from|the|space|science|\w+ policy)"
    r"|has (?:written|covered|reported)"
)
_IS = rf"(?:is|was) (?:an?|the|[A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}}[’']s?)(?: [\w,-]+){{0,5}}? (?:{_TRADE})\b"
_BIOGRAPHY = re.compile(rf"[*_]{{0,2}}(?P<name>{_NAME}),?(?: [^,.]{{3,60}},)? (?:{_WRITES}|{_IS})")
_LABEL = re.compile(r"(?:#+ )?About the authors?:?", re.IGNORECASE)


def take_biography(paragraphs: list[str], byline: str) -> tuple[str, str, list[str]]:
    """The biography, the name in it, and the paragraphs before it; empty and all where there is none.

    Somebody the story itself has spoken of is no author of it, unless the byline says so.
    """
    for index in range(max(1, len(paragraphs) - 3), len(paragraphs)):
        before, rest = paragraphs[:index], paragraphs[index:]
        if _LABEL.fullmatch(rest[0]) and len(rest) > 1:
            match = _BIOGRAPHY.match(rest[1])
            return "\n\n".join(rest[1:]), match["name"] if match else "", before
        match = _BIOGRAPHY.match(rest[0])
        if match is None or not all(_BIOGRAPHY.match(other) for other in rest[1:]):
            continue
        name = match["name"]
        family = name.split()[-1]
        if name.casefold() in byline.casefold() or not any(family in paragraph for paragraph in before):
            return "\n\n".join(rest), name, before
    return "", "", paragraphs
