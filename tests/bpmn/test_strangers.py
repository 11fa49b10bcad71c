"""Files that are no BPMN 2.0 are told by name, with what to do."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

import bpmn


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\t", "empty", "empty"),
        (b"\xef\xbb\xbf", "empty", "empty"),
        (b"\0\0\0", "empty", "empty"),
        (archive("word/document.xml"), "not_xml", "Word"),
        (archive("xl/workbook.xml"), "not_xml", "Excel"),
        (archive("visio/document.xml"), "not_xml", "Visio"),
        (archive("a/order.bpmn"), "not_xml", "zip"),
        (archive("x.txt"), "not_xml", "zip"),
        (b"PK\x03\x04 and no more", "not_xml", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "not_xml", "Microsoft Office"),
        (b"%PDF-1.7", "not_xml", "PDF"),
        (b"\x89PNG\r\n", "not_xml", "PNG"),
        (b'{"nodes": []}', "not_xml", "JSON"),
        (b"hello", "not_xml", "no XML"),
        (b"<!DOCTYPE html><html></html>", "not_bpmn", "web page"),
        (b'<mxfile host="app.diagrams.net"/>', "not_bpmn", "draw.io"),
        (b"<mxGraphModel/>", "not_bpmn", "draw.io"),
        (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', "not_bpmn", "XPDL"),
        (b'<xpdl:Package xmlns:xpdl="http://www.wfmc.org/2009/XPDL2.2"/>', "not_bpmn", "XPDL"),
        (b"<AML/>", "not_bpmn", "ARIS"),
        (b'<VisioDocument xmlns="http://schemas.microsoft.com/visio/2003/core"/>', "not_bpmn", "Visio"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "not_bpmn", "DMN"),
        (b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"/>', "not_bpmn", "CMMN"),
        (b'<process-definition xmlns="urn:jbpm.org:jpdl-3.2"/>', "not_bpmn", "jPDL"),
        (b'<process xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"/>', "not_bpmn", "BPEL"),
        (b'<b:BpmnDiagram xmlns:b="http://stp.eclipse.org/bpmn"/>', "not_bpmn", "BPMN 1.x"),
        (b"<note/>", "not_bpmn", "<note>"),
        (b"<definitions/>", "no_namespace", "namespace"),
    ],
)
def test_a_stranger_is_named(data, code, said):
    reading = bpmn.read(data)
    assert reading.definitions is None
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == ("error", code)
    assert said in problem.message
    assert problem.fix


def test_an_archive_says_which_model_is_inside():
    (problem,) = bpmn.read(archive("../../models/order.bpmn", "readme.txt")).problems
    assert "(order.bpmn)" in problem.fix


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b".bpmn2" * 500_000,
        b"<?xml " + b"encoding =" * 300_000,
        b" " * 3_000_000 + b"<a/>",
        b"a b." * 800_000,
    ],
)
def test_a_big_stranger_is_named_as_fast_as_a_small_one(data):
    start = time.process_time()
    assert bpmn.read(data).definitions is None
    assert time.process_time() - start < 2
