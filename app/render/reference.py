"""The API's OpenAPI document, taken apart for a page. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, in pieces: words, and names of models (`linked`) that the page describes."""

    text: str
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter, or a member of an object. `place` is where a parameter stands; `needed`, that it is always there."""

    name: str
    kinds: tuple[Kind, ...]
    about: str
    needed: bool
    place: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent or comes back: for a status (empty for a request), of some media types, of a model."""

    status: str
    about: str
    media: tuple[str, ...]
    kinds: tuple[Kind, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Member, ...]
    request: Body | None
    answers: tuple[Body, ...]
    sample: str


@dataclass(frozen=True, slots=True)
class Model:
    """An object with its members."""

    name: str
    about: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole document: what it is about, in paragraphs, operations by subject, then the models."""

    about: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    models: tuple[Model, ...]


def reference(spec: Spec) -> Reference:
    """A document of ours (OpenAPI 3.1) for a page. The operations that only say what GET says are left out."""
    entries = [
        (operation["tags"][0], _entry(path, method, operation))
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        if method != "head"
    ]
    groups = ((tag["name"], tuple(entry for name, entry in entries if name == tag["name"])) for tag in spec["tags"])
    models = (Model(name, *_object(schema)) for name, schema in spec["components"]["schemas"].items())
    return Reference(tuple(spec["info"]["description"].split("\n\n")), tuple(groups), tuple(models))


def _entry(path: str, method: str, operation: Spec) -> Entry:
    request = operation.get("requestBody")
    samples = operation.get("x-codeSamples") or [{"source": ""}]
    return Entry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        parameters=tuple(map(_parameter, operation["parameters"])),
        request=_body("", request) if request else None,
        answers=tuple(_body(status, told) for status, told in operation["responses"].items()),
        sample=samples[0]["source"],
    )


def _parameter(told: Spec) -> Member:
    example = told.get("example", "")
    shown = example[0] if isinstance(example, list) else example
    schema = told["schema"]
    return Member(
        told["name"],
        tuple(_kinds(schema.get("items", schema))),  # a list of values is the name as often as there are values
        told.get("description", ""),
        bool(told.get("required")),
        told["in"],
        str(shown),
    )


def _body(status: str, told: Spec) -> Body:
    content: Spec = told.get("content", {})
    first: Spec = next(iter(content.values()), {})
    example = first.get("example")
    text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
    kinds = tuple(_kinds(first["schema"])) if "schema" in first else ()
    return Body(status, told.get("description", ""), tuple(content), kinds, "" if example is None else text)


def _object(schema: Spec) -> tuple[str, tuple[Member, ...]]:
    needed = schema.get("required", ())
    members = (
        Member(name, tuple(_kinds(told)), told.get("description", ""), name in needed)
        for name, told in schema.get("properties", {}).items()
    )
    about = " ".join(schema.get("description", "").split())
    if "enum" in schema:
        about = f"{about} One of {', '.join(f'`{value}`' for value in schema['enum'])}."
    return about, tuple(members)


def _kinds(schema: Spec) -> Iterator[Kind]:
    if "$ref" in schema:
        yield Kind(schema["$ref"].rpartition("/")[2], linked=True)
    elif schema.get("type") == "array":
        yield Kind("list of ")
        yield from _kinds(schema.get("items", {}))
    elif "anyOf" in schema:
        yield from _joined(schema["anyOf"])
    elif "additionalProperties" in schema and isinstance(schema["additionalProperties"], Mapping):
        yield Kind("object of ")
        yield from _kinds(schema["additionalProperties"])
    else:
        yield Kind(" ".join(_words(schema)))


def _joined(schemas: Iterable[Spec]) -> Iterator[Kind]:
    for n, one in enumerate(schemas):
        if n:
            yield Kind(" or ")
        yield from _kinds(one)


def _words(schema: Spec) -> Iterator[str]:
    yield str(schema.get("format") or schema.get("type", "any value"))
    if "minimum" in schema and "maximum" in schema:
        yield f"{schema['minimum']} to {schema['maximum']}"
    elif "minimum" in schema:
        yield f"from {schema['minimum']}"
    if "default" in schema and schema["default"] is not None:
        yield f"(default {schema['default']})"
