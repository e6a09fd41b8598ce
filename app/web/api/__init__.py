"""`/api/v1`: the same facts for programs, as JSON.

A resource is a module with a `router` and the `OPERATIONS` that describe it; MODULES lists them. The OpenAPI document
and its page are made from the operations, so nothing is served that is not described (a test compares).
"""

from fastapi import APIRouter

from app.web.api import analysis, days, export, headlines, ingest, outlets, reference, remainder, sources, stories
from app.web.api.operations import Operation, Resource

MODULES: tuple[Resource, ...] = (
    headlines,
    days,
    outlets,
    stories,
    analysis,
    sources,
    export,
    ingest,
)
"""Every resource, in the order of the reference."""

OPERATIONS: tuple[Operation, ...] = tuple(operation for module in MODULES for operation in module.OPERATIONS)

router = APIRouter()
for _module in MODULES:
    router.include_router(_module.router)
router.include_router(reference.routes(OPERATIONS))
router.routes.append(
    remainder.route([(one.path, one.method) for one in OPERATIONS] + [(path, "GET") for path in reference.PATHS])
)
