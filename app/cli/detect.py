"""`ortoo detect`: which language a text is in."""

import argparse
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.language import detect

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("detect", help="say which language a text is in", description=__doc__)
    command.add_argument("text", nargs="+", metavar="TEXT", help="a headline; - reads one a line from standard input")
    command.add_argument("--hint", metavar="CODE", help="the language that the source declares, such as mn")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """A line a text: code, confidence, lead over the next language in nats, and the text."""
    given = [" ".join(arguments.text)]
    if arguments.text == ["-"]:
        given = [line.rstrip("\r\n") for line in console.stdin.read().decode("utf-8", "replace").splitlines()]
    answers = []
    for text in given:
        found = detect(text, hint=arguments.hint)
        answers.append(
            {"code": found.code, "confidence": round(found.confidence, 4), "margin": round(found.margin, 1)}
            | {"method": found.method.value, "doubtful": found.doubtful, "text": text}
        )
        if not arguments.json:
            doubt = "?" if found.doubtful else " "
            console.say(f"{found.code:3} {doubt} {found.confidence:.2f} {found.margin:5.1f}  {text}")
    if arguments.json:
        console.say_json(answers)
    return 0
