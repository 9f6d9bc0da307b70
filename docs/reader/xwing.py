"""HPKE with X-Wing, opening only [1]: ML-KEM-768 (FIPS 203) beside X25519, HKDF-SHA256, AES-256-GCM.

Plain and slow, and not in constant time: for keys that are published with the vectors.
"""
import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cairn_reader import AESGCM, Refused, expand, mac, need

Q, N, K = 3329, 256, 3
DU, DV = 10, 4
LABEL = bytes.fromhex("5c2e2f2f5e5c")
SUITE = b"HPKE" + (0x647A).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")
ZETAS = [pow(17, int("{:07b}".format(i)[::-1], 2), Q) for i in range(128)]
GAMMAS = [pow(17, 2 * int("{:07b}".format(i)[::-1], 2) + 1, Q) for i in range(128)]


def shake(data, size):
    return hashlib.shake_256(data).digest(size)


def add(a, b):
    return [(x + y) % Q for x, y in zip(a, b)]


def ntt(f):
    f, i, length = list(f), 1, 128
    while length >= 2:
        for start in range(0, N, 2 * length):
            zeta, i = ZETAS[i], i + 1
            for j in range(start, start + length):
                t = zeta * f[j + length] % Q
                f[j + length], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
        length //= 2
    return f


def inverse_ntt(f):
    f, i, length = list(f), 127, 2
    while length <= 128:
        for start in range(0, N, 2 * length):
            zeta, i = ZETAS[i], i - 1
            for j in range(start, start + length):
                t = f[j]
                f[j], f[j + length] = (t + f[j + length]) % Q, zeta * (f[j + length] - t) % Q
        length *= 2
    return [x * 3303 % Q for x in f]


def times(f, g):
    """Of two polynomials in the form that `ntt` gives."""
    out = []
    for i, gamma in enumerate(GAMMAS):
        a, b, c, d = f[2 * i], f[2 * i + 1], g[2 * i], g[2 * i + 1]
        out += [(a * c + b * d * gamma) % Q, (a * d + b * c) % Q]
    return out


def dot(row, column):
    out = [0] * N
    for f, g in zip(row, column):
        out = add(out, times(f, g))
    return out


def sample_ntt(seed):
    """SampleNTT: numbers below Q from pairs of 12 bits."""
    stream, out = hashlib.shake_128(seed).digest(168 * 8), []
    for at in range(0, len(stream), 3):
        a, b, c = stream[at:at + 3]
        out += [x for x in (a | (b & 15) << 8, b >> 4 | c << 4) if x < Q]
    need(len(out) >= N, "a stream that gives too few numbers")
    return out[:N]


def noise(seed, number):
    """SamplePolyCBD with eta 2."""
    bits = int.from_bytes(shake(seed + bytes([number]), 128), "little")
    return [((bits >> 4 * i & 1) + (bits >> 4 * i + 1 & 1) - (bits >> 4 * i + 2 & 1) - (bits >> 4 * i + 3 & 1)) % Q
            for i in range(N)]


def matrix(rho):
    return [[sample_ntt(rho + bytes([j, i])) for j in range(K)] for i in range(K)]


def pack(numbers, bits):
    return sum(x << bits * i for i, x in enumerate(numbers)).to_bytes(bits * len(numbers) // 8, "little")


def unpack(data, bits):
    whole = int.from_bytes(data, "little")
    return [whole >> bits * i & (1 << bits) - 1 for i in range(8 * len(data) // bits)]


def compress(f, bits):
    return [((x << bits) + Q // 2) // Q & (1 << bits) - 1 for x in f]


def decompress(f, bits):
    return [(x * Q + (1 << bits - 1)) >> bits for x in f]


class MlKem:
    """Of the seed d || z."""

    def __init__(self, seed):
        both = hashlib.sha3_512(seed[:32] + bytes([K])).digest()
        self.rho, sigma, self.z = both[:32], both[32:], seed[32:]
        self.matrix = matrix(self.rho)
        self.secret = [ntt(noise(sigma, i)) for i in range(K)]
        self.t = [add(dot(row, self.secret), ntt(noise(sigma, K + i))) for i, row in enumerate(self.matrix)]
        self.public = b"".join(pack(f, 12) for f in self.t) + self.rho

    def encrypt(self, message, coins):
        y = [ntt(noise(coins, i)) for i in range(K)]
        u = [add(inverse_ntt(dot(column, y)), noise(coins, K + i)) for i, column in enumerate(zip(*self.matrix))]
        v = add(add(inverse_ntt(dot(self.t, y)), noise(coins, 2 * K)), decompress(unpack(message, 1), 1))
        return b"".join(pack(compress(f, DU), DU) for f in u) + pack(compress(v, DV), DV)

    def decapsulate(self, ciphertext):
        numbers = unpack(ciphertext[:960], DU)
        u = [ntt(decompress(numbers[N * i:N * i + N], DU)) for i in range(K)]
        v = decompress(unpack(ciphertext[960:], DV), DV)
        noisy = [(a - b) % Q for a, b in zip(v, inverse_ntt(dot(self.secret, u)))]
        message = pack(compress(noisy, 1), 1)
        both = hashlib.sha3_512(message + hashlib.sha3_256(self.public).digest()).digest()
        if self.encrypt(message, both[32:]) != ciphertext:
            return shake(self.z + ciphertext, 32)
        return both[:32]


def labelled_extract(suite, salt, label, data):
    return mac(salt, b"HPKE-v1" + suite + label + data)


def labelled_expand(suite, key, label, info, size):
    return expand(key, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, size)


class Key:
    """A private key, from its 32-byte seed."""

    def __init__(self, seed):
        expanded = shake(seed, 96)
        self.kem, self.x25519 = MlKem(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])
        self.x25519_public = self.x25519.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = self.kem.public + self.x25519_public

    def shared(self, enc):
        ephemeral = enc[1088:]
        try:
            agreed = self.x25519.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        except ValueError:
            raise Refused("an ephemeral key of low order")
        parts = self.kem.decapsulate(enc[:1088]), agreed, ephemeral, self.x25519_public, LABEL
        return hashlib.sha3_256(b"".join(parts)).digest()

    def open(self, enc, sealed, info):
        """One-shot, base mode, without associated data."""
        context = b"\0" + labelled_extract(SUITE, b"", b"psk_id_hash", b"") + labelled_extract(
            SUITE, b"", b"info_hash", info)
        secret = labelled_extract(SUITE, self.shared(enc), b"secret", b"")
        key = labelled_expand(SUITE, secret, b"key", context, 32)
        nonce = labelled_expand(SUITE, secret, b"base_nonce", context, 12)
        try:
            return AESGCM(key).decrypt(nonce, sealed, b"")
        except InvalidTag:
            raise Refused("not sealed to this key")
