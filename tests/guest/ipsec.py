# IPsec between network namespaces of a guest, as the reference tells.
# SPDX-License-Identifier: GPL-2.0-or-later
"""IPsec between network namespaces of a guest, as the reference tells."""

import re

from reference import find_examples

PROGRAMS = ("/usr/sbin/ip",)
# The modules of IPsec and of the network, and those that they request
MODULES = ("authenc", "ctr", "drbg?", "echainiv", "esp4", "hmac",
           "sha1_generic?", "sha512_generic?", "veth", "xfrm_user")
# The guest's shell has an ip of its own, which it prefers.
PREFER = 'ip() { /usr/sbin/ip "$@"; }\n'
# The kernel's name of the two algorithms; the hash is a library since 6.17.
CHOICE = re.compile(r"authenc\((hmac\(sha1-generic\)|hmac-sha1-lib),"
                    r"virtio_crypto_aes_cbc\)")
BOTH = "for end in '' '-n peer'; do"
PING = "ping -c %d 192.0.2.2\n"


def make_setup():
    """The reference's commands, without the ping."""
    example, = find_examples("IPsec")
    return PREFER + re.sub("(?m)^ping .*\n", "", example)


def make_mixed_setup(device):
    """The same, but the peer enciphers and deciphers without the device.

    The peer gets its keys while the driver is unbound from the device, which is
    the virtio device of that name.
    """
    driver = "/sys/bus/virtio/drivers/virtio_crypto"
    before, states, after = re.fullmatch(
        rf"(.*)^{BOTH}(.*?^done\n)(.*)", make_setup(), re.M | re.S).groups()
    return (f"{before}"
            f"echo {device} > {driver}/unbind\n"
            f"for end in '-n peer'; do{states}"
            f"echo {device} > {driver}/bind\n"
            "while grep -q '^selftest *: unknown' /proc/crypto; do\n"
            "    sleep 0.1\n"
            "done\n"
            f"for end in ''; do{states}{after}")
