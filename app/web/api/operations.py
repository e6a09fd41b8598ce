"""What describes the API: operations and their parameters. They are read by requests and by the OpenAPI document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel

ROOT = "/api/v1"

JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query or (`place="path"`, `"header"`) of another part of a request. `schema` is its JSON
    Schema (of one value where it is `repeated`), `about` what it does, in Markdown without markup of blocks."""

    name: str
    schema: Mapping[str, Any]
    about: str
    example: Any = None
    repeated: bool = False
    place: str = "query"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. `path` is a template such as `/api/v1/days/{date}`. `answer` is the model of the JSON
    body of status `status`, None where there is none or another media type (then `more` says it); `example` is such a
    body, `query` a query to try. `problems` are the statuses with a problem document that it may end with, besides
    those that everything may. `conditional`: answers have an ETag, and `If-None-Match` is honoured. `more` is laid over
    the operation's OpenAPI object: `requestBody`, `security`, responses of other media types."""

    id: str
    path: str
    tag: str
    summary: str
    about: str = ""
    method: str = "GET"
    parameters: tuple[Parameter, ...] = ()
    status: int = 200
    answer: type[BaseModel] | None = None
    example: Any = None
    query: str = ""
    problems: tuple[int, ...] = ()
    conditional: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)


class Resource(Protocol):
    """A module of this package that serves something."""

    @property
    def router(self) -> APIRouter:
        """Its endpoints."""

    @property
    def OPERATIONS(self) -> tuple[Operation, ...]:  # noqa: N802 - the name of a module's constant
        """What describes them."""


Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def serve(router: APIRouter, operation: Operation) -> Callable[[Endpoint], Endpoint]:
    """Decorator: the endpoint of an operation. It takes the request; where it reads, it answers HEAD too."""
    methods = ["GET", "HEAD"] if operation.method == "GET" else [operation.method]
    return router.api_route(operation.path, methods=methods, name=operation.id, include_in_schema=False)
