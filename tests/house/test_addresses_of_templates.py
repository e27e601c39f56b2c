"""Every address that a template writes is one that the site has, with the names that it takes."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

import goldenthread.web

ROOT = Path(goldenthread.web.__file__).parent / "templates"
_WRITTEN = re.compile(r"\burl\('(?P<name>\w+)'(?P<given>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_NAMED = re.compile(r",\s*(\w+)=")


def _written():
    for file in sorted(ROOT.rglob("*.html")):
        for found in _WRITTEN.finditer(file.read_text(encoding="utf-8")):
            yield file.relative_to(ROOT), found["name"], frozenset(_NAMED.findall(found["given"]))


def _wants(name):
    """The sets of names that an address may be given."""
    found = get_resolver().reverse_dict.getlist(name)
    return {frozenset(names) for ways, *_rest in found for _path, names in ways}


def test_the_search_sees_an_address_that_is_not_there():
    assert _wants("measure_page") == {frozenset({"measure"})}
    assert _wants("nonesuch") == set()
    assert len(list(_written())) > 400


@pytest.mark.parametrize("file", sorted({str(file) for file, *_rest in _written()}))
def test_a_template_names_addresses_that_the_site_has(file):
    wrong = [
        (name, sorted(given))
        for at, name, given in _written()
        if str(at) == file and given not in _wants(name)
    ]
    assert wrong == []
