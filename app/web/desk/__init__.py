"""The desk over HTTP: `/desk/{ui}/…`. Whatever is there answers only to who is signed in, and is never kept."""

from fastapi import APIRouter

from app.web.desk import account, analysis, audit, day, headline, login, outlets, people, quarantine, sources

MODULES = (login, account, people, audit, day, headline, outlets, analysis, sources, quarantine)

router = APIRouter()
for _module in MODULES:
    router.include_router(_module.router)
