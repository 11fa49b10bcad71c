"""A binding as forms and rows give it."""

import pytest

from engine.errors import Invalid
from engine.services.binding import Binding, check_key


def test_a_binding_survives_its_dict():
    binding = Binding("http", "https://example.org/${order}", {"method": "PUT"})
    assert Binding.from_dict(binding.to_dict()) == binding


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "java", "target": "x"},
        {"kind": "python", "target": ""},
        {"kind": "python", "target": "os.system"},
        {"kind": "python", "target": "billing:pay()"},
        {"kind": "http", "target": "file:///etc/passwd"},
        {"kind": "external", "target": "t", "options": ["a"]},
    ],
)
def test_what_is_no_binding_is_refused_in_words(data):
    with pytest.raises(Invalid):
        Binding.from_dict(data)


def test_a_key_names_an_element_a_topic_or_a_class():
    assert check_key(" topic:pay ") == "topic:pay"
    for key in ("", " ", "topic:", "class:"):
        with pytest.raises(Invalid):
            check_key(key)
