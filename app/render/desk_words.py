"""What the desk says of a deed: codes that stand in addresses and errors, and the words for them."""

from app.i18n import Translator
from app.model.editor import Role
from app.model.token import Scope

SAID = {
    "saved": "desk.said-saved",
    "added": "desk.said-added",
    "ended": "desk.said-ended",
    "hidden": "desk.said-hidden",
    "shown": "desk.said-shown",
    "merged": "desk.said-merged",
    "undone": "desk.said-undone",
    "published": "desk.said-published",
    "unpublished": "desk.said-unpublished",
    "scheduled": "desk.said-scheduled",
    "retried": "desk.said-retried",
    "still": "desk.said-still",
    "discarded": "desk.said-discarded",
    "due": "desk.said-due",
    "same": "desk.said-same",
}
"""What went well."""

REFUSED = {
    "name": "desk.no-name",
    "name-taken": "desk.no-name-taken",
    "last-admin": "desk.no-last-admin",
    "password-length": "desk.no-password-length",
    "password-weak": "desk.no-password-weak",
    "password-wrong": "desk.no-password-wrong",
    "code-wrong": "desk.no-code-wrong",
    "token-name": "desk.no-token-name",
    "token-taken": "desk.no-token-taken",
    "scope": "desk.no-scope",
    "not-there": "desk.no-not-there",
    "nothing-to-undo": "desk.no-undo",
    "reason": "desk.no-reason",
    "title": "desk.no-title",
    "language": "desk.no-language",
    "outlet": "desk.no-outlet",
    "day": "desk.no-day",
    "instant": "desk.no-instant",
    "url": "desk.no-url",
    "url-taken": "desk.no-url-taken",
    "title-taken": "desk.no-title-taken",
    "host": "desk.no-host",
    "host-taken": "desk.no-host-taken",
    "same-outlet": "desk.no-same-outlet",
    "empty": "desk.no-empty",
    "slug-taken": "desk.no-slug-taken",
    "too-long": "desk.no-too-long",
    "fetch": "desk.no-fetch",
    "source": "desk.no-source",
    "digest": "desk.no-digest",
    "conflict": "desk.no-conflict",
    "wrong": "desk.no-sign-in",
    "too-often": "desk.no-too-often",
    "cut": "desk.no-cut",
}
"""What was not done, and why."""

ROLES = {Role.EDITOR: "desk.role-editor", Role.OPERATOR: "desk.role-operator", Role.ADMIN: "desk.role-admin"}
SCOPES = {Scope.INGEST: "desk.scope-ingest", Scope.READ: "desk.scope-read", Scope.DESK: "desk.scope-desk"}

ACTIONS = {
    "sign-in": "desk.did-sign-in",
    "sign-out": "desk.did-sign-out",
    "add": "desk.did-add",
    "password": "desk.did-password",
    "role": "desk.did-role",
    "disable": "desk.did-disable",
    "enable": "desk.did-enable",
    "end-sessions": "desk.did-end-sessions",
    "second-factor": "desk.did-second-factor",
    "revoke": "desk.did-revoke",
    "order": "desk.did-order",
    "pin": "desk.did-pin",
    "unpin": "desk.did-unpin",
    "take-in": "desk.did-take-in",
    "take-out": "desk.did-take-out",
    "paste": "desk.did-paste",
    "undo": "desk.did-undo",
    "publish": "desk.did-publish",
    "unpublish": "desk.did-unpublish",
    "schedule": "desk.did-schedule",
    "hide": "desk.did-hide",
    "show": "desk.did-show",
    "correct": "desk.did-correct",
    "merge": "desk.did-merge",
    "save": "desk.did-save",
    "check": "desk.did-check",
    "import": "desk.did-import",
    "retry": "desk.did-retry",
    "discard": "desk.did-discard",
    "remove": "desk.did-remove",
    "before": "desk.did-before",
    "link": "desk.did-link",
    "split": "desk.did-split",
}
"""Actions of the audit."""

KINDS = {
    "editor": "desk.kind-editor",
    "token": "desk.kind-token",
    "day": "desk.kind-day",
    "headline": "desk.kind-headline",
    "outlet": "desk.kind-outlet",
    "analysis": "desk.kind-analysis",
    "source": "desk.kind-source",
    "rejection": "desk.kind-rejection",
    "held": "desk.kind-held",
    "story": "desk.kind-story",
}
"""What was acted upon."""


def said(code: str, t: Translator) -> tuple[str, bool] | None:
    """The words for a code that stands in an address, and whether it is a refusal; None for one that is none."""
    if code in SAID:
        return t.text(SAID[code]), False
    return (t.text(REFUSED[code]), True) if code in REFUSED else None


def refusal(code: str, t: Translator) -> str:
    """The words for a refusal."""
    return t.text(REFUSED.get(code, "desk.no-other"))


def role(value: Role, t: Translator) -> str:
    """A role's name."""
    return t.text(ROLES[value])


def scope(value: Scope, t: Translator) -> str:
    """What a token may do."""
    return t.text(SCOPES[value])


def action(value: str, t: Translator) -> str:
    """What was done; a code that nobody knows as it is."""
    return t.text(ACTIONS[value]) if value in ACTIONS else value


def thing(value: str, t: Translator) -> str:
    """What it was done to."""
    return t.text(KINDS[value]) if value in KINDS else value
