"""Every sentence that a reader sees goes through gettext: templates, pages, and the core's telling.

The search reads a template as Jinja does, so what is marked for translation is no longer plain text
in it, and a Python file as Python does. First each test shows that it would see a bare sentence.
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import nodes

from goldenthread.web.jinja import environment

SOURCE = Path(__file__).parents[2] / "src" / "goldenthread"
TEMPLATES = sorted((SOURCE / "web" / "templates").rglob("*.html"))
# Where sentences are made in Python for whoever reads a page.
TELLING = [
    *(SOURCE / "plan" / "edition" / name for name in ("telling.py", "changed.py", "language.py")),
    *sorted((SOURCE / "web" / "pages").glob("*.py")),
    SOURCE / "web" / "jinja.py",
    SOURCE / "web" / "views" / "public.py",
    SOURCE / "web" / "views" / "public_words.py",
    SOURCE / "web" / "views" / "refused.py",
    SOURCE / "web" / "forms" / "public_words.py",
]
# Attributes that a reader reads or hears.
READ = {"alt", "aria-label", "aria-description", "title", "placeholder", "label", "data-label"}
MARKS = {"_", "gettext", "ngettext", "lazy", "now_", "N_"}
# What is no sentence though it has letters: a name of ours that stands in every language.
NAMES = {"Golden Thread"}


class _Words(HTMLParser):
    """The plain words of a page: its text, and the attributes that are read out."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in READ]

    def handle_data(self, data):
        self.found.append(data)


def bare_in_template(text):
    """The words of a template that no translation could reach."""
    tree = environment().parse(text)
    plain = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\x00"
        for part in tree.find_all((nodes.TemplateData, nodes.Output))
    )
    words = [word.replace("\x00", " ").strip() for word in _Words(plain).found]
    translated = {
        id(held)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS
        for held in call.find_all(nodes.Const)
    }
    words += [
        const.value
        for const in tree.find_all(nodes.Const)
        if id(const) not in translated and isinstance(const.value, str) and _is_said(const.value)
    ]
    return [word for word in words if re.search(r"[^\W\d_]{2}", word) and word not in NAMES]


def _is_said(text):
    """Whether a piece of text is a sentence or a word for a reader, and not a name of ours."""
    return bool(re.match(r"[A-Z][a-z’]+( |$|[.:,])", text)) or bool(
        re.search(r"[a-z]{2} [a-z]{2,} [a-z]{2}", text) and not re.search(r"gt-|govuk-", text)
    )


def bare_in_python(text):
    """The sentences of a module that go neither through a translation nor into a refusal."""
    tree = ast.parse(text)
    allowed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            allowed.add(id(node.body[0].value))
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name in MARKS or name in {"Unreadable", "Unsafe", "exception", "error"}:
                allowed |= {id(held) for held in ast.walk(node) if isinstance(held, ast.Constant)}
        exported = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        named = isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
        if isinstance(node, ast.Raise) or exported or named:
            allowed |= {id(held) for held in ast.walk(node) if isinstance(held, ast.Constant)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in allowed
        and _is_said(node.value)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Read the plan</p>",
        "<p>{{ name }} is late</p>",
        "{% if late %}Late{% endif %}",
        '<nav aria-label="Pages">{{ link }}</nav>',
        "{{ govukButton({'text': 'Send it'}) }}",
        "{% set words = 'No update this quarter' %}{{ words }}",
        "{{ words or 'nobody in the post' }}",
    ],
)
def test_a_bare_sentence_in_a_template_would_be_seen(text):
    assert bare_in_template(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ _('Read the plan') }}</p>",
        "<p>{% trans name=name %}{{ name }} is late{% endtrans %}</p>",
        "{{ ngettext('%(num)s was late', '%(num)s were late', n) }}",
        '<ul class="govuk-list gt-evidence"><li>{{ one }}</li></ul>',
        "{{ m.mark('done') }}",
    ],
)
def test_what_is_marked_is_not_taken_for_bare(text):
    assert bare_in_template(text) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_template_holds_a_bare_sentence(file):
    assert bare_in_template(file.read_text(encoding="utf-8")) == []


def test_a_bare_sentence_in_a_module_would_be_seen():
    seen = 'def f(n):\n    """The words."""\n    return f"{n} promises are late", _("Late"), "on"\n'
    assert bare_in_python(seen + 'WORDS = "On track"\n') == [
        "On track",
        " promises are late",
    ]


@pytest.mark.parametrize("file", TELLING, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_module_that_tells_holds_a_bare_sentence(file):
    assert bare_in_python(file.read_text(encoding="utf-8")) == []
