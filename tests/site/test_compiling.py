"""Templates compiled our way: what they draw is what Jinja2's own code draws, to the letter."""
# ruff: noqa: S308, S704 (what is safe is what is tried)

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from jinja2 import DictLoader, Environment, Undefined, UndefinedError
from markupsafe import Markup, escape

from archive.site.compiling import LighterCode, escaped
from archive.site.drawing import environment

MARKS = """<a href="?a=1&b=2">'quoted'</a>"""


class Shout(str):  # noqa: SLOT000
    """A text of a kind of its own."""


class Bold:
    """Something that says itself how it is drawn."""

    def __html__(self):
        return "<b>&amp;</b>"


class Named:
    """Something that has a name."""

    def __str__(self):
        return MARKS


@pytest.mark.parametrize(
    "value",
    [
        *("", "plain", MARKS, "“Ökonomie” & co.", Shout(MARKS), Named(), Bold(), Markup(MARKS), mark_safe(MARKS)),
        *(gettext_lazy("Yes & no"), Undefined(), None, 0, 1957, 2.5, True, [MARKS], b"<"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_is_escaped_as_anywhere_else(value):
    assert "".join([escaped(value)]) == str(escape(value))


SHARED = {
    "shared": """
        {% macro named(one, other='<none>') %}<i>{{ one }} {{ other }} {{ varargs }} {{ kwargs }}</i>{% endmacro %}
        {% macro around(what) %}<p title='{{ what }}'>{{ caller(what) }}</p>{% endmacro %}
    """,
    "part": "{% for each in things %}{{ each }}{% endfor %} {{ local }}",
    "base": """
        <title>{% block title %}{{ words }}{% endblock %}</title>
        {% block content %}<main>{{ words }}</main>{% endblock %}
    """,
}
IMPORTED = "{% from 'shared' import named, around %}"


@pytest.mark.parametrize(
    "template",
    [
        "{{ words }} {{ html }} {{ nothing }} {{ missing }} {{ 7 }} {{ '<constant>' }} {{ things }}",
        "{{ words|upper }} {{ words|safe }} {{ words|e }} {{ words|forceescape }} {{ things|join(', ') }}",
        "{{ words ~ html ~ '<' }} {{ html + words }} {{ '<b>%s</b>'|safe|format(words) }}",
        "{{ words if things else html }} {{ nothing or words }} {{ (words, html)[0] }} {{ words[1:4] }}",
        "{{ call(words) }} {{ call(words, end='<') }} {{ call(*things) }} {{ call(**rest) }} {{ words.title() }}",
        "{{ call(call(words)) }} {{ [call][0](html) }} {{ dict(a=words) }} {{ range(3)|list }}",
        IMPORTED
        + "{{ named(words) }} {{ named(html, words) }} {{ named(words, other=html) }} {{ named(other=1, one=2) }}",
        IMPORTED + "{{ named(named(words)) }} {{ named(*things) }} {{ named(1, 2, 3, 4) }} {{ named(1, x=words) }}",
        IMPORTED
        + "{{ named(words)|upper }} {{ named(words)|length }} {{ named(words) ~ words }} {{ named(words) is string }}",
        IMPORTED + "{% call(what) around(words) %}{{ what }}{{ named(what) }}{% endcall %}",
        "{% set kept %}<b>{{ words }}</b>{% endset %}{{ kept }} {{ kept|length }}",
        "{% filter upper %}{{ words }}<b>{% endfilter %}",
        "{% autoescape false %}{{ words }} {{ html }} {{ call(words) }}{% endautoescape %} {{ words }}",
        "{% autoescape nothing %}{{ words }} {{ html }}{% endautoescape %} {{ words }}",
        "{% for each in things %}{{ loop.index }} {{ each }} {{ loop.changed(each) }}{% else %}{{ words }}{% endfor %}",
        "{% for each in things recursive %}{{ each }}{% if each == 3 %}{{ loop([words]) }}{% endif %}{% endfor %}",
        "{% with local = words %}{% include 'part' %}{% endwith %}",
        "{% extends 'base' %}{% block title %}{{ super() }} – {{ html }}{% endblock %}",
        "{% extends 'base' %}{% block content %}{{ self['title']() }}{{ super() }}{{ call(words) }}{% endblock %}",
    ],
)
def test_a_template_draws_what_it_draws_in_jinja2(template):
    context = {
        "words": MARKS,
        "html": Markup(MARKS),
        "nothing": None,
        "things": [MARKS, Markup("<br>"), 3, Named()],
        "rest": {"end": MARKS},
        "call": lambda *given, end="&": f"{len(given)}{''.join(map(str, given))}{end}",
    }
    drawn = []
    for engine in (Environment, Lighter):
        made = engine(loader=DictLoader({**SHARED, "it": template}), autoescape=True)
        drawn.append(made.get_template("it").render(context))
    plain, light = drawn
    assert light == plain


class Lighter(Environment):
    """Jinja2's engine, but for the code."""

    code_generator_class = LighterCode


def test_nothing_that_templates_may_call_wants_to_be_passed_their_context():
    asked = environment()
    assert not [name for name, each in asked.globals.items() if hasattr(each, "jinja_pass_arg")]


def drawn(template, **context):
    return Lighter(autoescape=True).from_string(template).render(context)


def test_what_a_page_was_not_given_is_blank_but_what_an_object_does_not_have_is_an_error():
    assert drawn("{{ year }}{% if year %}at{% endif %}") == ""
    with pytest.raises(AttributeError, match="headlin"):
        drawn("{{ article.headlin }}", article=Named())
    with pytest.raises(AttributeError, match="headline"):
        drawn("{% if article.headline %}{{ article.headline }}{% endif %}", article=None)
    with pytest.raises(UndefinedError, match="article"):
        drawn("{{ article.headline }}")
