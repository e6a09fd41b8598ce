"""Strict readers of citations: the grammars of BibTeX (as its manual and biblatex's describe it) and of RIS."""

import re

_COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}
_COMMAND = re.compile(r"\\text[a-z]+\{\}|\\([&%$#_])")
_BARE = re.compile(r"(?<!\\)[&%$#_~^]")


def bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """The only entry: its type, key and fields as they stand between their outer braces. ValueError for what BibTeX
    would not read."""
    head = re.match(r"@([a-z]+)\{([A-Za-z0-9:-]+),\n", text)
    if head is None:
        raise ValueError("no entry begins here")
    fields, at = {}, head.end()
    while text[at] != "}":
        name = re.compile(r"  ([a-z]+) = \{").match(text, at)
        if name is None:
            raise ValueError(f"no field begins at {text[at : at + 40]!r}")
        end = _closing(text, name.end())
        if name[1] in fields:
            raise ValueError(f"{name[1]} is there twice")
        fields[name[1]] = text[name.end() : end]
        if text[end : end + 3] != "},\n":
            raise ValueError(f"the field {name[1]} does not end")
        at = end + 3
    if text[at:] != "}\n":
        raise ValueError("something stands behind the entry")
    return head[1], head[2], fields


def _closing(text: str, at: int) -> int:
    """Where the brace closes; BibTeX counts braces and knows no escape for them."""
    depth = 1
    for i in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if not depth:
            return i
    raise ValueError("a brace is never closed")


def tex(value: str) -> str:
    """A field as its reader sees it. ValueError for a sign that TeX would take for an order."""
    inner = value.removeprefix("{").removesuffix("}") if value.startswith("{") else value
    if _BARE.search(inner):
        raise ValueError(f"TeX would stumble over {inner!r}")
    plain = _COMMAND.sub(lambda m: m[1] or _COMMANDS[m[0]], inner)
    return plain


def ris(text: str) -> dict[str, str]:
    """The only record by its tags. ValueError for lines that are none, and for a record that does not begin with TY and
    end with ER."""
    lines = text.split("\r\n")
    if lines.pop() != "" or "\n" in "".join(lines):
        raise ValueError("lines end with CR LF")
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines]
    if not all(found):
        raise ValueError("a line without its tag")
    pairs = [(m[1], m[2]) for m in found if m]
    if pairs[0][0] != "TY" or pairs[-1] != ("ER", "") or len(dict(pairs)) != len(pairs):
        raise ValueError("no record")
    return dict(pairs)
