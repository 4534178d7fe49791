# The commands that the reference has for guests.
# SPDX-License-Identifier: GPL-2.0-or-later
"""The commands that the reference has for guests."""

import re
import textwrap

from guest import HERE

REFERENCE = HERE.parent.parent / "docs/virtio-crypto.rst"
SECTION = r"^%s\n[-~]+\n(.*?)(?=^\S[^\n]*\n[-~]+\n|\Z)"
COMMANDS = re.compile(r"::\n\n((?:   .*\n|\n)+)")


def find_examples(title):
    """The blocks of commands in the section with a title."""
    text = REFERENCE.read_text(encoding="utf-8")
    section = re.search(SECTION % title, text, re.M | re.S).group(1)
    return [textwrap.dedent(block) for block in COMMANDS.findall(section)]
