"""`/api/v1`: the same facts for programs, as JSON.

A resource is a module with a `router` and the `OPERATIONS` that describe it; MODULES lists them. The OpenAPI document
and its page are made from the operations, so nothing is served that is not described (a test compares).
"""

from fastapi import APIRouter

from app.web.api import remainder
from app.web.api.operations import Operation, Resource

MODULES: tuple[Resource, ...] = ()
"""Every resource, in the order of the reference."""

OPERATIONS: tuple[Operation, ...] = tuple(operation for module in MODULES for operation in module.OPERATIONS)

router = APIRouter()
for _module in MODULES:
    router.include_router(_module.router)
router.routes.append(remainder.route(OPERATIONS))
