# RSA through the kernel's keys, as the reference tells.
# SPDX-License-Identifier: GPL-2.0-or-later
"""RSA through the kernel's keys, as the reference tells."""

import re

from reference import find_examples

PROGRAMS = ("/usr/bin/keyctl", "/usr/bin/openssl")
MODULES = ("pkcs8_key_parser",)
# To sign and to decrypt is to decrypt for the device, the other two to encrypt.
OPERATIONS = 2


def make_setup():
    """The reference's commands."""
    example, = find_examples("keyctl")
    return example


def make_uses():
    """Those that use the key."""
    return ("key=$(keyctl search @u asymmetric device)\n" +
            "".join(re.findall("(?m)^keyctl pkey_.*\n", make_setup())))


def check_keyctl(report, guest):
    """Signatures and ciphertexts are right; returns the device's part.

    That is measured when they are made once more: the first time the kernel
    uses RSA by itself, to verify a module's signature, and to test PKCS #1.
    """
    printed = guest.run(make_setup())
    report.check(printed.splitlines() == ["Verified OK", "secret"], "keyctl",
                 printed.replace("\n", ", "))
    _, done = guest.measure("c0", make_uses())
    return done
