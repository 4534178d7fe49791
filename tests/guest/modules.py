# Build kernel modules of this project for the guest's kernel.
# SPDX-License-Identifier: GPL-2.0-or-later
"""Build kernel modules of this project for the guest's kernel."""

import os
import shutil
import subprocess

from guest import HERE, GuestError

SOURCES = HERE.parent.parent / "guest"


def build_module(system, suite, folder, name):
    """Build guest/NAME in a folder, of which make keeps up what is built.

    Returns the module, whose name is that of the folder's Kbuild.
    """
    subprocess.run([HERE / "get-headers", system, suite], check=True)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SOURCES / name, folder, dirs_exist_ok=True)
    with open(folder / "make.log", "wb") as log:
        run = subprocess.run(
            ["make", "-C", system / "headers/build", f"M={folder}",
             f"-j{os.cpu_count()}", "KCFLAGS=-Werror", "modules"],
            stdout=log, stderr=log, check=False)
    if run.returncode:
        raise GuestError(f"guest/{name} does not build: {folder}/make.log")
    module, = folder.glob("*.ko")
    return module
