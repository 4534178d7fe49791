# A driver of the crypto device, which stands in for a guest.
# SPDX-License-Identifier: GPL-2.0-or-later
"""A driver of the crypto device, which stands in for a guest.

The machine is microvm, where the device is behind the last of the virtio-mmio
transports; its processors do not run, and qtest acts in their place.
"""

import struct
import time

TRANSPORT = 0xfeb00000 + 23 * 512
MEMORY = 1 << 20            # the memory that the driver shares with the device
RING_SIZE = 256
PATIENCE = 60               # seconds

# Registers of virtio-mmio, version 2
MAGIC, VERSION, DEVICE_ID = 0x00, 0x04, 0x08
FEATURES, FEATURES_SELECT = 0x10, 0x14
ACCEPT, ACCEPT_SELECT = 0x20, 0x24
QUEUE_SELECT, QUEUE_SIZE, QUEUE_READY, NOTIFY = 0x30, 0x38, 0x44, 0x50
STATUS, DESCRIPTORS, AVAILABLE, USED, CONFIG = 0x70, 0x80, 0x90, 0xa0, 0x100

VIRTIO_ID_CRYPTO = 20
VERSION_1 = 32              # a feature bit
ACKNOWLEDGE, DRIVER, DRIVER_OK, FEATURES_OK = 1, 2, 4, 8

# Numbers of the standard's chapter "Crypto Device"
ENCRYPT, DECRYPT = 0x000, 0x001
CREATE_CIPHER, DESTROY_CIPHER = 0x002, 0x003
CREATE_AEAD, ENCRYPT_AEAD = 0x302, 0x300
CREATE_AKCIPHER, ENCRYPT_AKCIPHER = 0x404, 0x400
AES_CBC, AES_XTS = 3, 13
AES_CCM = 2
OP_CIPHER = 1
RSA, PUBLIC_KEY = 1, 1
OK, ERR, INVSESS = 0, 1, 4


class Ring:
    """A split virtqueue.  Each request has two descriptors."""

    def __init__(self, driver, index):
        self.driver = driver
        self.index = index
        self.descriptors = driver.allocate(16 * RING_SIZE)
        self.available = driver.allocate(6 + 2 * RING_SIZE)
        self.used = driver.allocate(6 + 8 * RING_SIZE)
        self.submitted = 0
        driver.write_register(QUEUE_SELECT, index)
        driver.write_register(QUEUE_SIZE, RING_SIZE)
        for register, address in ((DESCRIPTORS, self.descriptors),
                                  (AVAILABLE, self.available),
                                  (USED, self.used)):
            driver.write_register(register, address)
        driver.write_register(QUEUE_READY, 1)

    def submit(self, readable, room):
        """Hand a request over; where its answer will be."""
        place = self.submitted % (RING_SIZE // 2)
        source = self.driver.allocate(len(readable) + room)
        answer = source + len(readable)
        self.driver.write(source, readable + bytes([0xff]) * room)
        self.driver.write(self.descriptors + 32 * place, struct.pack(
            "<QIHHQIHH", source, len(readable), 1, 2 * place + 1,
            answer, room, 2, 0))
        self.driver.write(
            self.available + 4 + 2 * (self.submitted % RING_SIZE),
            struct.pack("<H", 2 * place))
        self.submitted += 1
        self.driver.write(self.available + 2,
                          struct.pack("<H", self.submitted & 0xffff))
        return answer

    def kick(self):
        """Tell the device about new requests."""
        self.driver.write_register(NOTIFY, self.index)

    def count_answered(self):
        """How many requests were answered so far."""
        used, = struct.unpack("<H", self.driver.read(self.used + 2, 2))
        return self.submitted - ((self.submitted - used) & 0xffff)

    def wait(self):
        """Wait until all are answered."""
        deadline = time.monotonic() + PATIENCE
        while self.count_answered() < self.submitted:
            assert time.monotonic() < deadline, "the device does not answer"


def encode_der(tag, data):
    """A value of less than 64 KiB in DER."""
    return struct.pack(">BBH", tag, 0x82, len(data)) + data


def encode_integer(number):
    """A positive integer in DER."""
    data = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return bytes([2, len(data)]) + data if len(data) < 128 else \
        encode_der(2, data)


class Driver:
    """A driver that encrypts by AES-CBC, an AEAD and RSA."""

    def __init__(self, machine):
        self.machine = machine
        self.free = MEMORY
        assert self.read_register(VERSION) == 2
        assert self.read_register(DEVICE_ID) == VIRTIO_ID_CRYPTO
        self.rings = []     # the data queues, and the control queue
        self.start()

    def start(self):
        """Reset the device and set it up."""
        self.write_register(STATUS, 0)
        self.write_register(STATUS, ACKNOWLEDGE | DRIVER)
        self.write_register(ACCEPT_SELECT, VERSION_1 // 32)
        self.write_register(ACCEPT, 1 << VERSION_1 % 32)
        self.write_register(STATUS, ACKNOWLEDGE | DRIVER | FEATURES_OK)
        n_data = self.read_register(CONFIG + 4)
        self.rings = [Ring(self, index) for index in range(n_data + 1)]
        self.write_register(STATUS,
                            ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK)

    def ask(self, *words):
        """The answer to a command of qtest."""
        answer = self.machine.qtest(" ".join(str(word) for word in words))
        assert answer.startswith("OK"), f"{words}: {answer}"
        return answer[3:].strip()

    def read_register(self, register):
        """The value of a register."""
        return int(self.ask("readl", TRANSPORT + register), 16)

    def write_register(self, register, value):
        """Set a register."""
        self.ask("writel", TRANSPORT + register, value)

    def read(self, address, length):
        """Bytes of the guest's memory."""
        return bytes.fromhex(self.ask("read", address, length)[2:])

    def write(self, address, data):
        """Store bytes in the guest's memory."""
        self.ask("write", address, len(data), "0x" + data.hex())

    def allocate(self, length):
        """Memory that nothing else uses."""
        address = self.free
        self.free += (length + 63) & ~63
        return address

    def control(self, request, room):
        """Run a request of the control queue; its answer."""
        ring = self.rings[-1]
        answer = ring.submit(request, room)
        ring.kick()
        ring.wait()
        return self.read(answer, room)

    def try_session(self, opcode, parameters, key):
        """Create a session; its id and the status."""
        answer = self.control(
            struct.pack("<IIII", opcode, 0, 0, 0) + parameters + key, 16)
        return struct.unpack("<QI4x", answer)

    def create_session(self, opcode, parameters, key):
        """Create a session; its id."""
        session, status = self.try_session(opcode, parameters, key)
        assert status == OK, f"no session: status {status}"
        return session

    def try_cipher(self, algorithm, key, encrypt):
        """Create a session of a cipher; its id and the status."""
        return self.try_session(CREATE_CIPHER, struct.pack(
            "<IIII32xII", algorithm, len(key), 1 if encrypt else 2, 0,
            OP_CIPHER, 0), key)

    def create(self, key, encrypt):
        """Create a session of AES-CBC; its id."""
        session, status = self.try_cipher(AES_CBC, key, encrypt)
        assert status == OK, f"no session: status {status}"
        return session

    def create_rsa(self, modulus, exponent):
        """Create a session of RSA without padding; its id."""
        key = encode_der(0x30, encode_integer(modulus) +
                         encode_integer(exponent))
        return self.create_session(CREATE_AKCIPHER, struct.pack(
            "<IIIII36x", RSA, PUBLIC_KEY, len(key), 0, 0), key)

    def destroy(self, session):
        """Destroy a session."""
        answer = self.control(
            struct.pack("<IIII", DESTROY_CIPHER, 0, 0, 0) +
            struct.pack("<Q48x", session), 1)
        assert answer[0] == OK, f"session not destroyed: status {answer[0]}"

    def submit(self, queue, session, iv, source, encrypt=True):
        """Hand an operation over; where result and status will be."""
        request = struct.pack("<IIQII", ENCRYPT if encrypt else DECRYPT,
                              AES_CBC, session, 0, 0)
        request += struct.pack("<IIII24xII", len(iv), len(source),
                               len(source), 0, OP_CIPHER, 0)
        return self.rings[queue].submit(request + iv + source,
                                        len(source) + 1)

    def submit_rsa(self, queue, session, source):
        """Hand an encryption by RSA over; where the answer will be."""
        request = struct.pack("<IIQII", ENCRYPT_AKCIPHER, RSA, session, 0, 0)
        request += struct.pack("<II40x", len(source), len(source))
        return self.rings[queue].submit(request + source, len(source) + 1)

    def run_rsa(self, queue, session, source):
        """Encrypt by RSA; the result and the status."""
        answer = self.submit_rsa(queue, session, source)
        self.rings[queue].kick()
        self.rings[queue].wait()
        written = self.read(answer, len(source) + 1)
        return written[:-1], written[-1]

    def run_aead(self, algorithm, key, tag_length, iv, source, additional):
        """Encrypt by an AEAD; the result with its tag, and the status."""
        session = self.create_session(CREATE_AEAD, struct.pack(
            "<IIIII36x", algorithm, len(key), tag_length, len(additional), 1),
            key)
        room = len(source) + tag_length
        request = struct.pack("<IIQII", ENCRYPT_AEAD, algorithm, session, 0, 0)
        request += struct.pack("<IIII32x", len(iv), len(additional),
                               len(source), room)
        answer = self.rings[0].submit(request + iv + source + additional,
                                      room + 1)
        self.rings[0].kick()
        self.rings[0].wait()
        written = self.read(answer, room + 1)
        return written[:-1], written[-1]

    def run(self, queue, session, iv, source, encrypt=True):
        """Run an operation; its result and its status."""
        answer = self.submit(queue, session, iv, source, encrypt)
        self.rings[queue].kick()
        self.rings[queue].wait()
        written = self.read(answer, len(source) + 1)
        return written[:-1], written[-1]
