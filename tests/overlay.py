# The C files of this project.
# SPDX-License-Identifier: GPL-2.0-or-later
"""The C files of this project."""

from pathlib import Path

TOP = Path(__file__).resolve().parent.parent

FOLDERS = ("backends", "hw", "include", "tests")


def list_c_files(suffixes):
    """All of them with one of the suffixes, sorted."""
    return sorted(path for folder in FOLDERS
                  for path in (TOP / folder).rglob("*")
                  if path.suffix in suffixes)
