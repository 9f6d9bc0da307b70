"""Chunked files and attachments [10]."""
import hashlib
import hmac

from cryptography.exceptions import InvalidTag

from cairn_reader import AESGCM, Refused, need, padme, sha256

LABEL = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"
CHUNK, TAG, SALT, HEADER = 16384, 16, 24, 56


class Cipher:
    def __init__(self, key, salt):
        out, block = b"", b""
        for counter in (1, 2):
            block = hmac.new(key, block + LABEL + salt + bytes([counter]), hashlib.sha512).digest()
            out += block
        self.aead, self.base, self.header = AESGCM(out[:32]), int.from_bytes(out[32:44], "big"), salt + out[44:76]

    def nonce(self, number):
        return (self.base ^ number).to_bytes(12, "big")

    def open(self, number, chunk):
        try:
            return self.aead.decrypt(self.nonce(number), chunk, b"")
        except (InvalidTag, ValueError):
            raise Refused("chunk %d does not open" % number)


def seal(key, salt, plaintext):
    cipher = Cipher(key, salt)
    count = len(plaintext) // CHUNK + 1
    return cipher.header + b"".join(
        cipher.aead.encrypt(cipher.nonce(number), plaintext[number * CHUNK:(number + 1) * CHUNK], b"")
        for number in range(count))


def open_file(key, sealed):
    need(len(sealed) >= HEADER, "a file without header")
    cipher = Cipher(key, sealed[:SALT])
    need(hmac.compare_digest(cipher.header, sealed[:HEADER]), "the commitment is another key's")
    plaintext, at, number = b"", HEADER, 0
    while True:
        chunk = sealed[at:at + CHUNK + TAG]
        plaintext += cipher.open(number, chunk)
        if len(chunk) < CHUNK + TAG:
            return plaintext
        at, number = at + len(chunk), number + 1


def padded_size(size):
    return max(64, padme(size))


def sealed_size(size):
    padded = padded_size(size)
    return HEADER + padded + TAG * (padded // CHUNK + 1)


def open_attachment(key, id_, size, sealed):
    need(size <= 1 << 32 and len(sealed) == sealed_size(size), "length of an attachment")
    need(sha256(sealed) == id_, "another file than the id names")
    plaintext = open_file(key, sealed)
    need(not any(plaintext[size:]), "something in the padding")
    return plaintext[:size]
