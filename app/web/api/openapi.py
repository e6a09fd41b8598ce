"""The OpenAPI 3.1 document, made from the operations."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app import __version__
from app.web.api.examples import PROBLEM as PROBLEM_EXAMPLE
from app.web.api.operations import JSON, PROBLEM, Operation, Parameter
from app.web.api.schema import Problem

Spec = dict[str, Any]

TITLE = "Örtöö"
ABOUT = (
    "Mongolia's headlines, day by day, in two languages, for programs.\n\n"
    "Reading needs no key, and scripts of any site may do it. "
    'A list is `{"items": […], "next": cursor or null}`; send `next` as `cursor` to go on. '
    "Instants are UTC (RFC 3339), days are calendar days in Asia/Ulaanbaatar. "
    "Every error is a problem document (RFC 9457) in English. "
    "Answers carry an `ETag`: send it as `If-None-Match`, and 304 says that nothing has changed. "
    "New members may be added to answers; those that are there do not change their meaning within `/api/v1`."
)

REASONS = {
    304: "Nothing has changed since the answer with this ETag.",
    400: "A parameter is unknown, doubled, or has a value that it cannot have: `name` says which, `detail` what to do.",
    401: "There is no token, or it is not valid.",
    403: "The token does not allow this.",
    404: "There is no such thing.",
    405: "The address has no such method; `Allow` says which it has.",
    406: "`Accept` does not take what this address answers with.",
    408: "The body took too long.",
    409: "It contradicts what is there.",
    413: "The body is too large.",
    415: "The body is of a media type that is not read here.",
    422: "The body cannot be understood.",
    429: "Too many requests; `Retry-After` says when to come again.",
    500: "A mistake in the program.",
    503: "The database cannot answer just now; `Retry-After` says when to try again.",
}
"""What each status means; the statuses that every operation may end with are added to its own."""

EVERYWHERE = (406, 500, 503)

REF = "#/components/schemas/{model}"


def document(operations: Iterable[Operation], origin: str) -> Spec:
    """The whole document; `origin` is the scheme and host of the server."""
    told = tuple(operations)
    models = {Problem: "Problem"} | {one.answer: one.answer.__name__ for one in told if one.answer}
    paths: Spec = {}
    for one in told:
        paths.setdefault(one.path, {})[one.method.lower()] = operation(one, origin)
        if one.method == "GET":
            paths[one.path]["head"] = head(one, origin)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": __version__,
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": origin or "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(one.tag for one in told)],
        "paths": paths,
        "components": {
            "schemas": schemas(models),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def schemas(models: Iterable[type[BaseModel]]) -> Spec:
    """The models of the answers and everything that they are made of."""
    _, made = models_json_schema([(model, "serialization") for model in models], ref_template=REF)
    found: Spec = made["$defs"]
    return dict(sorted(found.items()))


def operation(one: Operation, origin: str) -> Spec:
    """One operation object, with a command that tries it."""
    said: Spec = {
        "operationId": one.id,
        "tags": [one.tag],
        "summary": one.summary,
        "parameters": [parameter(each) for each in one.parameters],
        "responses": {str(one.status): _good(one), **_others(one)},
    }
    if one.about:
        said["description"] = one.about
    if one.method == "GET":
        said["x-codeSamples"] = [{"lang": "Shell", "source": f"curl '{origin}{_tried(one)}'"}]
    return _over(said, one.more)


def _tried(one: Operation) -> str:
    """Path and query of an example."""
    path = one.path
    for each in one.parameters:
        path = path.replace(f"{{{each.name}}}", str(each.example))
    return f"{path}?{one.query}" if one.query else path


def head(one: Operation, origin: str) -> Spec:
    """The same without a body."""
    said = operation(one, origin)
    said.pop("x-codeSamples", None)
    responses = {
        status: {k: v for k, v in told.items() if k != "content"} for status, told in said["responses"].items()
    }
    return said | {"operationId": f"{one.id}Head", "summary": f"{one.summary} (head only)", "responses": responses}


def parameter(each: Parameter) -> Spec:
    """One parameter object."""
    schema: Spec = dict(each.schema)
    said: Spec = {"name": each.name, "in": each.place, "description": each.about}
    if each.place == "path":
        said["required"] = True
    if each.repeated:
        schema = {"type": "array", "items": schema}
        said |= {"style": "form", "explode": True}
    said["schema"] = schema
    if each.example is not None:
        said["example"] = [each.example] if each.repeated else each.example
    return said


def _good(one: Operation) -> Spec:
    said: Spec = {"description": one.summary}
    if one.conditional:
        said["headers"] = {
            "ETag": {"description": "The validator of this answer", "schema": {"type": "string"}},
            "Cache-Control": {"description": "How long it may be kept", "schema": {"type": "string"}},
        }
    if one.answer:
        content: Spec = {"schema": {"$ref": REF.format(model=one.answer.__name__)}}
        if one.example is not None:
            content["example"] = one.example
        said["content"] = {JSON: content}
    return said


def _others(one: Operation) -> Spec:
    said: Spec = {"304": {"description": REASONS[304]}} if one.conditional else {}
    for status in sorted({*one.problems, *EVERYWHERE}):
        content: Spec = {"schema": {"$ref": REF.format(model="Problem")}}
        if status == 400:
            content["example"] = PROBLEM_EXAMPLE
        said[str(status)] = {"description": REASONS[status], "content": {PROBLEM: content}}
    return said


def _over(below: Spec, above: Any) -> Spec:
    """`above` laid over `below`, object by object."""
    return below | {
        name: _over(below[name], value) if isinstance(value, dict) and isinstance(below.get(name), dict) else value
        for name, value in above.items()
    }
