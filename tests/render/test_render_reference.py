"""An OpenAPI document, taken apart for people."""

from typing import Any

import pytest

from app.render.reference import reference

REF = {"$ref": "#/components/schemas/Thing"}


def taken_apart(schema: dict[str, Any]) -> str:
    """What the page says a member of this schema is."""
    spec = {
        "info": {"description": "One.\n\nTwo."},
        "tags": [],
        "paths": {},
        "components": {"schemas": {"Thing": {"properties": {"it": schema}}}},
    }
    made = reference(spec)
    assert made.about == ("One.", "Two.")
    return "".join(f"<{kind.text}>" if kind.linked else kind.text for kind in made.models[0].members[0].kinds)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "integer 1 to 200 (default 50)"),
        ({"type": "integer", "minimum": 0}, "integer from 0"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"type": "array", "items": REF}, "list of <Thing>"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "object of integer"),
        (REF, "<Thing>"),
        ({}, "any value"),
    ],
    ids=str,
)
def test_what_a_value_is(schema: dict[str, Any], said: str) -> None:
    assert taken_apart(schema) == said


def test_an_operation_with_a_body() -> None:
    operation = {
        "operationId": "sendThing",
        "tags": ["Things"],
        "summary": "Send one",
        "parameters": [
            {"name": "Key", "in": "header", "description": "A key.", "schema": {"type": "string"}, "required": True}
        ],
        "requestBody": {
            "description": "What to send.",
            "content": {"application/x-ndjson": {"schema": REF, "example": '{"a": 1}\n'}},
        },
        "responses": {"202": {"description": "Taken.", "content": {"application/json": {"example": {"n": "Ө"}}}}},
    }
    spec = {
        "info": {"description": "One."},
        "tags": [{"name": "Things"}],
        "paths": {"/things": {"post": operation, "head": operation}},
        "components": {"schemas": {"Thing": {"description": "A\nthing.", "enum": ["a", "b"]}}},
    }
    made = reference(spec)
    ((name, (entry,)),) = made.groups
    assert (name, entry.method, entry.path, entry.sample) == ("Things", "POST", "/things", "")
    assert (entry.parameters[0].place, entry.parameters[0].needed) == ("header", True)
    assert entry.request
    assert (entry.request.media, entry.request.example) == (("application/x-ndjson",), '{"a": 1}\n')
    assert entry.answers[0].example == '{\n  "n": "Ө"\n}'
    assert made.models[0].about == "A thing. One of `a`, `b`."
