"""Encodings: as declared, as marked, and those that files declare wrongly."""

from __future__ import annotations

import codecs

import pytest

import bpmn

TEXT = (
    '<?xml version="1.0" encoding="{}"?>\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
    '<process id="p" name="{}"/></definitions>'
)


def name_of(data: bytes) -> str | None:
    definitions = bpmn.read(data).definitions
    assert definitions is not None
    assert definitions.processes[0].line == 2
    return definitions.processes[0].name


@pytest.mark.parametrize(
    ("declared", "codec", "mark"),
    [
        ("UTF-8", "utf-8", b""),
        ("UTF-8", "utf-8", codecs.BOM_UTF8),
        ("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE),
        ("UTF-16", "utf-16-be", codecs.BOM_UTF16_BE),
        ("UTF-16", "utf-16-le", b""),
        ("UTF-16BE", "utf-16-be", b""),
        ("UTF-32", "utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-8", "utf-16-le", codecs.BOM_UTF16_LE),
        ("UTF-16", "utf-8", b""),
        ("ISO-8859-1", "latin-1", b""),
        ("iso-8859-15", "iso-8859-15", b""),
        ("windows-1252", "cp1252", b""),
    ],
)
def test_names_arrive_whole(declared, codec, mark):
    assert name_of(mark + TEXT.format(declared, "Prüfung").encode(codec)) == "Prüfung"


def test_every_plane_arrives():
    assert name_of(TEXT.format("UTF-8", "審査 🚀").encode()) == "審査 🚀"
    assert name_of(TEXT.format("UTF-16", "審査 🚀").encode("utf-16")) == "審査 🚀"


def test_latin_1_that_says_it_is_utf_8_is_read_and_said():
    reading = bpmn.read(TEXT.format("UTF-8", "Prüfung").encode("latin-1"))
    assert reading.definitions.processes[0].name == "Prüfung"
    assert reading.problems[0].code == "wrong_encoding"
    assert reading.problems[0].line == 2


@pytest.mark.parametrize("declared", ["klingon-1", "utf-7", "cp037", "unicode_escape", "hex", "rot13", "idna", ""])
def test_an_encoding_that_is_none_or_hides_things_is_refused(declared):
    reading = bpmn.read(TEXT.format(declared, "x").encode())
    assert reading.definitions is None
    assert [problem.code for problem in reading.problems] == ["unknown_encoding"]


def test_ebcdic_is_refused():
    assert bpmn.read(TEXT.format("cp037", "x").encode("cp037")).problems[0].code == "unknown_encoding"


def test_bytes_that_are_not_what_a_mark_says_are_refused():
    assert bpmn.read(codecs.BOM_UTF16_LE + b"<\0a").problems[0].code == "wrong_encoding"


def test_white_space_before_the_declaration_is_forgiven():
    reading = bpmn.read(b"\n  " + TEXT.format("UTF-8", "x").encode())
    assert reading.definitions.processes[0].line == 3
    assert [problem.code for problem in reading.problems] == ["space_before_declaration"]


def test_xml_1_1_is_read():
    assert bpmn.read(TEXT.format("UTF-8", "x").replace('"1.0"', '"1.1"').encode()).definitions is not None
