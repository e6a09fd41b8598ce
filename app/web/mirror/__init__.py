"""A mirror: closed days as plain files that any web server can serve for ever, without this program.

`plan` says which pages and files belong to it, `asking` has the application make them, `rewriting` turns their links,
`writing` puts them on the disk.
"""

from app.web.mirror.mirror import Mirror, Told, mirror

__all__ = ["Mirror", "Told", "mirror"]
