"""Text -> search keys."""
