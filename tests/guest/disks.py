# A guest that encrypts a disk through the device, with several keys.
# SPDX-License-Identifier: GPL-2.0-or-later
"""A guest that encrypts a disk through the device, with several keys."""

import os
import subprocess

from machine import Machine

FILE_SIZE = (1 << 20) + 3 * 512
CHUNK = 32768           # as crypt.c has it
KEY_SIZES = (128, 192, 256)
# The algorithms that the driver must register
REQUIRED = ("virtio_crypto_aes_cbc", "virtio-crypto-rsa")


class Disks(Machine):
    """The guest's kernel, its command line, and its disks."""

    def __init__(self, build, suite, name):
        super().__init__(build, suite, name)
        self.plain = self.dir / "plain"
        self.keys = {size: os.urandom(size // 8).hex() for size in KEY_SIZES}
        self.iv = os.urandom(16).hex()

    def arguments(self):
        """The kernel's command line."""
        return (f"{super().arguments()} IV={self.iv} "
                f"KEYS={','.join(self.keys.values())}")

    def disk(self, size):
        """The disk to which the guest writes the encrypted data."""
        return self.dir / f"aes-{size}-cbc"

    def disks(self):
        """The disks in the guest's order; it only reads the first one."""
        return [self.plain] + [self.disk(size) for size in KEY_SIZES]

    def prepare(self):
        """Get or make everything that the guest boots from."""
        super().prepare()
        self.plain.write_bytes(os.urandom(FILE_SIZE))
        for size in KEY_SIZES:
            self.disk(size).write_bytes(bytes(FILE_SIZE))

    def encrypt_here(self, size):
        """The file encrypted by openssl on this machine."""
        run = subprocess.run(
            ["openssl", "enc", f"-aes-{size}-cbc", "-nopad",
             "-K", self.keys[size], "-iv", self.iv, "-in", self.plain],
            stdout=subprocess.PIPE, check=True)
        return run.stdout

    def is_encrypted(self, size):
        """Whether the guest has written the same to its disk."""
        return self.disk(size).read_bytes() == self.encrypt_here(size)
