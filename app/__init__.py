"""Örtöö: Mongolia's headlines, day by day, in two languages.

One room per verb of the flow, in the order of the flow; every doorway between rooms is a frozen type (`app.model`).
docs/architecture.md draws the house.
"""

__version__ = "0.1.0"
