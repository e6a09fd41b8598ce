"""`ortoo sources …`: the addresses that are fetched."""

from typing import TYPE_CHECKING

from app.cli import sources_add, sources_change, sources_exchange, sources_held, sources_list, sources_probe

if TYPE_CHECKING:
    from app.cli.arguments import Commands

COMMANDS = (sources_list, sources_add, sources_change, sources_exchange, sources_held, sources_probe)


def register(commands: "Commands") -> None:
    """Add the command with its sub-commands."""
    command = commands.add_parser("sources", help="the addresses that are fetched", description=__doc__)
    parts = command.add_subparsers(dest="part", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.register(parts)
