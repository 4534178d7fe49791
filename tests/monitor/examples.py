# Operations with published results, for the driver.
# SPDX-License-Identifier: GPL-2.0-or-later
"""Operations with published results, for the driver."""

from driver import OK

# SP 800-38A, F.2.1
KEY = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
IV = bytes(range(16))
PLAIN = bytes.fromhex("6bc1bee22e409f96e93d7e117393172a")
CIPHER = bytes.fromhex("7649abac8119b246cee98e9b12e9197d")

# Mersenne primes; the pool runs operations whose exponent is that long
MODULUS, EXPONENT = (2 ** 521 - 1) * (2 ** 607 - 1), 2 ** 127 - 1
RSA_LENGTH = (MODULUS.bit_length() + 7) // 8

# And again, with which an operation takes some tens of milliseconds
SLOW_MODULUS = (2 ** 2203 - 1) * (2 ** 2281 - 1)
SLOW_EXPONENT = 2 ** 4253 - 1


def run_rsa(driver, queue):
    """An operation that the pool runs; the result is Python's own."""
    message = 3 ** 500
    session = driver.create_rsa(MODULUS, EXPONENT)
    result, status = driver.run_rsa(queue, session,
                                    message.to_bytes(RSA_LENGTH, "big"))
    assert status == OK
    assert int.from_bytes(result, "big") == pow(message, EXPONENT, MODULUS)
