"""`ortoo …`: read arguments, call a hall, say what happened. Exit codes: 0 done, 1 some items were rejected or a check
failed, 2 wrong usage."""

from app.cli.run import main

__all__ = ["main"]
