"""Bytes -> RawItem. Nothing is guessed here: strings leave this room as they stood in the source."""
