# The reference's section about libvirt: a domain and commands.
# SPDX-License-Identifier: GPL-2.0-or-later
"""The reference's section about libvirt: a domain and commands."""

import re
import shlex
import textwrap

SECTION = re.compile(r"^libvirt\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", re.M | re.S)
DOMAIN = re.compile(r"^\.\. code-block:: xml\n\n((?:   .*\n|\n)+)", re.M)
COMMANDS = re.compile(r"::\n\n((?:   .*\n|\n)+)")
# One goes on with lines that are indented.
COMMAND = re.compile(r"^virsh .*\n(?: +.*\n)*", re.M)


class Document:
    """The section's domains and commands, as a user would paste them."""

    def __init__(self, path):
        section = SECTION.search(path.read_text(encoding="utf-8")).group(1)
        # The second one has QEMU's options, and else "...".
        self.domain, self.options = map(textwrap.dedent,
                                        DOMAIN.findall(section))
        self.commands = [
            command for block in COMMANDS.findall(section)
            for command in COMMAND.findall(textwrap.dedent(block))]
        self.unused = set(self.commands)

    def command(self, word, replacements=()):
        """The words after "virsh" of the one command that has this word."""
        text, = [command for command in self.commands
                 if re.search(rf"(?<![\w-]){word}(?![\w-])", command)]
        self.unused.discard(text)
        for old, new in replacements:
            if old not in text:
                raise ValueError(f"no {old} in {text}")
            text = text.replace(old, new)
        return shlex.split(text.replace("\\\n", ""))[1:]
