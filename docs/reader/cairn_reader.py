#!/usr/bin/env python3
"""A second reader of the Cairn protocol, version 1.

Written from docs/PROTOCOL.md, with no code in common with the programs it is held
against; README.md says which parts were written without sight of them. Numbers in brackets are sections of that document. It needs
Python 3.8 and the package `cryptography` and reads; it never writes the format.

    cairn_reader.py STREAM --keys KEYS.json [--space HEX]
    cairn_reader.py --vectors DIRECTORY
"""
import argparse
import hashlib
import hmac
import json
import pathlib
import re
import sys
import zlib

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DICTIONARY = pathlib.Path(__file__).resolve().parents[2] / (
    "sync-protocol/src/main/resources/dev/cairn/protocol/envelope/dictionary-1.bin")
DICTIONARY_SHA256 = "44573ac841f70d5985d7d6dcf46403085818cbec8f3f165e91fe21861ff5201c"

# Limits [12].
NESTING_MAX = 16
INT_MAX = (1 << 63) - 1
SEQUENCE_MAX = (1 << 53) - 1
PREVIOUS_MAX = 64
ROSTER_HEADS_MAX = 16
ATTACHMENTS_MAX = 64
ENCRYPTED_FILE_MAX = 5 << 30
PAYLOAD_MAX = 24 * 1024
CIPHERTEXT_MAX = 264 * 1024 + 16
BODY_MAX = 256 * 1024
SESSION_INDEX_END = 65536
FRAME_ITEMS_MAX = 16
FRAME_BYTES_MAX = 1 << 20
AUDIENCES_REMEMBERED_MAX = 1024
ENTRY_MAX = 2 << 20
STATEMENT_MAX = 512 * 1024
LEAVES_OF_ENTRY_MAX = 8192
CONSISTENCY_MAX = 128
OPERATIONS_MAX = 4096
VALUE_DEPTH_MAX = 8
VALUE_ITEMS_MAX = 8192
BODY_ITEMS_MAX = 4 * VALUE_ITEMS_MAX
BODY_INFLATION_MAX = 8
BODY_ELEMENTS_MAX = 8192


class Refused(Exception):
    """What was read breaks a rule of the protocol."""


def need(condition, why):
    if not condition:
        raise Refused(why)


# ------------------------------------------------------------------ CBOR [1]

class Decoder:
    """Deterministic CBOR: every value has one encoding, all else is refused."""

    def __init__(self, data, text_keys=False):
        self.data, self.at, self.text_keys = data, 0, text_keys

    def take(self, count):
        need(count <= len(self.data) - self.at, "CBOR ends too early")
        self.at += count
        return self.data[self.at - count:self.at]

    def head(self):
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if major == 7:
            need(info in (20, 21, 22), "a float or simple value")
            return major, info
        need(major != 6, "a tag")
        if info < 24:
            return major, info
        need(info < 28, "an indefinite length or reserved head")
        width = 1 << (info - 24)
        number = int.from_bytes(self.take(width), "big")
        need(number >= (24, 1 << 8, 1 << 16, 1 << 32)[info - 24], "a head longer than needed")
        need(number <= INT_MAX, "a number beyond 64 bits with sign")
        return major, number

    def value(self, depth=0):
        major, number = self.head()
        if major == 0:
            return number
        if major == 1:
            return -1 - number
        if major == 2:
            return self.take(number)
        if major == 3:
            try:
                return self.take(number).decode("utf-8")
            except UnicodeDecodeError:
                raise Refused("text is not UTF-8")
        if major == 7:
            return (False, True, None)[number - 20]
        need(depth < NESTING_MAX, "nested too deep")
        if major == 4:
            return [self.value(depth + 1) for _ in range(number)]
        return self.map(number, depth + 1)

    def map(self, count, depth):
        result, before = {}, None
        for _ in range(count):
            start = self.at
            key = self.value(depth)
            kind = type(key)
            need(kind is int and key >= 0 or self.text_keys and kind is str, "a map key of that type")
            encoded = self.data[start:self.at]
            need(before is None or before < encoded, "map keys do not ascend")
            before = encoded
            result[key] = self.value(depth)
        return result


def decode(data, text_keys=False):
    decoder = Decoder(data, text_keys)
    value = decoder.value()
    need(decoder.at == len(data), "bytes after the end of a value")
    return value


def head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for info, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * width:
            return bytes([major << 5 | info]) + number.to_bytes(width, "big")
    raise Refused("a number beyond 64 bits")


def encode(value):
    if value is None or value is True or value is False:
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if type(value) is int:
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if type(value) is bytes:
        return head(2, len(value)) + value
    if type(value) is str:
        text = value.encode("utf-8")
        return head(3, len(text)) + text
    if type(value) is list:
        return head(4, len(value)) + b"".join(map(encode, value))
    pairs = sorted((encode(key), encode(part)) for key, part in value.items())
    return head(5, len(pairs)) + b"".join(key + part for key, part in pairs)


# --------------------------------------------------------------- value forms

def uint(value):
    return type(value) is int and value >= 0


def between(low, high):
    return lambda value: type(value) is int and low <= value <= high


def text(value):
    return type(value) is str


def text_of(size):
    return lambda value: text(value) and len(value.encode("utf-8")) <= size


def blob(size):
    return lambda value: type(value) is bytes and len(value) == size


id32, id16 = blob(32), blob(16)


def tuple_of(*forms):
    return lambda value: (type(value) is list and len(value) == len(forms)
                          and all(form(part) for form, part in zip(forms, value)))


def list_of(form, least=0, most=None):
    return lambda value: (type(value) is list and least <= len(value)
                          and (most is None or len(value) <= most) and all(map(form, value)))


def rising(form, least=0, most=None):
    """A list in ascending order without repetition; of pairs, by their first part."""
    plain = list_of(form, least, most)
    def key(part):
        return part[0] if type(part) is list else part
    return lambda value: plain(value) and all(
        key(a) < key(b) for a, b in zip(value, value[1:]))


def or_null(form):
    return lambda value: value is None or form(value)


def either(*forms):
    return lambda value: any(form(value) for form in forms)


AUDIENCE = rising(id16, 1, 8)
OPENING = tuple_of(id32, blob(1120), blob(48))
CHECKPOINT = tuple_of(uint, between(1, INT_MAX), id32)
ATTACHMENTS = rising(tuple_of(id32, between(1, ENCRYPTED_FILE_MAX)), 1, ATTACHMENTS_MAX)


# ----------------------------------------------------------- hashes, keys [1]

def sha256(data):
    return hashlib.sha256(data).digest()


def labelled(label, *parts):
    return sha256(label.encode("ascii") + b"\0" + b"".join(parts))


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def expand(key, info, size):
    out, block, counter = b"", b"", 1
    while len(out) < size:
        block = mac(key, block + info + bytes([counter]))
        out, counter = out + block, counter + 1
    return out[:size]


def padme(size):
    """The size of Padmé: at most 12 % more, so that lengths tell little."""
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def leaf_hash(data):
    """Of a statement's payload, or of what a change's leaf is made of [6]."""
    return sha256(b"\0" + data)


# -------------------------------------------------------- Ed25519, strict [1]

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def in_prime_order_group(encoded):
    """Canonical, on the curve, not the neutral element, killed by the group order."""
    y, sign = int.from_bytes(encoded, "little") & (1 << 255) - 1, encoded[31] >> 7
    if y >= P or y == 1:
        return False
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return False
    x = P - x if x & 1 != sign else x
    sum_, point, left = (0, 1, 1, 0), (x, y, 1, x * y % P), ORDER
    while left:
        if left & 1:
            sum_ = add(sum_, point)
        point, left = add(point, point), left >> 1
    return sum_[0] % P == 0 and (sum_[1] - sum_[2]) % P == 0


good_points = set()


def verify(key, message, signature):
    """Whether the signature holds; the equation itself is left to OpenSSL."""
    if len(key) != 32 or len(signature) != 64:
        return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    for point in (key, signature[:32]):
        if point not in good_points:
            if not in_prime_order_group(point):
                return False
            good_points.add(point)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


# ------------------------------------------------------------ COSE [1, 2, 5]

CHANGE, STATEMENT = "cairn/1/change", "cairn/1/statement"
CHANGE_PROTECTED = encode({1: -8, 16: CHANGE})
STATEMENT_PROTECTED = encode({16: STATEMENT})


def change_to_sign(payload):
    return encode(["Signature1", CHANGE_PROTECTED, CHANGE.encode(), payload])


class Statement:
    """A roster statement, its signatures checked; what it may do [5] is not looked at."""

    SIGNATURES = {1: (1,), 2: (1,), 3: (2,), 4: (1,), 5: (1,), 6: (1,), 7: (1,), 8: (1,), 9: (1,), 10: (2,), 11: (1,)}

    def __init__(self, encoded):
        need(len(encoded) <= STATEMENT_MAX, "a statement above its limit")
        whole = decode(encoded)
        need(type(whole) is list and len(whole) == 4, "a statement is four parts")
        protected, open_header, self.payload, signatures = whole
        need(protected == STATEMENT_PROTECTED and open_header == {}, "headers of a statement")
        need(type(self.payload) is bytes, "payload of a statement")
        self.id = labelled("cairn/1/statement-id", self.payload)
        fields = decode(self.payload, text_keys=True)
        need(type(fields) is dict and list(fields) == [1, 2, 3, 4, 5, 6, 7], "fields of a statement")
        need(fields[1] == 1 and uint(fields[3]), "suite or kind of a statement")
        self.kind, self.content, self.heads, self.signers = fields[3], fields[6], fields[4], fields[7]
        need(self.kind >= 1, "kind of a statement")
        known = self.kind in self.SIGNATURES
        need(not known or decode(self.payload), "text keys in a statement of this version")
        genesis = self.kind == 1
        need(fields[2] == b"" if genesis else id32(fields[2]), "space of a statement")
        self.space = self.id if genesis else fields[2]
        need(rising(id32, 0, 64)(self.heads) and genesis == (not self.heads), "heads of a statement")
        need(id16(fields[5]) and rising(id32, 1, 4)(fields[7]), "salt or signers of a statement")
        need(not known or type(self.content) is dict, "content of a statement")
        need(not known or len(fields[7]) in self.SIGNATURES[self.kind], "number of signers")
        need(list_of(tuple_of(lambda p: type(p) is bytes, lambda u: u == {}, blob(64)))(signatures)
             and len(signatures) == len(fields[7]), "signatures of a statement")
        for signer, (own, _, signature) in zip(fields[7], signatures):
            need(own == encode({1: -8, 4: signer}), "signature and signer differ")
            message = encode(["Signature", protected, own, STATEMENT.encode(), self.payload])
            need(verify(signer, message, signature), "signature of a statement")


# --------------------------------------------------------------- changes [2]

class Change:
    """One change as its prefix and tail say; the ciphertext where it came along."""

    def __init__(self, space, device, sequence, previous, audience, audience_sequence, audience_previous,
                 session, index, roster_heads, checkpoint, attachments, salt, openings, erased,
                 commitment, ciphertext, ciphertext_hash, ciphertext_length):
        self.space, self.device, self.sequence, self.previous = space, device, sequence, previous
        self.audience, self.audience_sequence = audience, audience_sequence
        self.audience_previous, self.session, self.index = audience_previous, session, index
        self.ciphertext, self.commitment = ciphertext, commitment
        self.is_session = commitment is None
        self.check(roster_heads, checkpoint, attachments, salt, openings, erased, ciphertext_length)
        prefix = {1: 1, 2: space, 3: device, 4: sequence, 5: previous, 6: audience, 7: audience_sequence,
                  8: audience_previous, 9: session, 10: index, 11: roster_heads, 12: checkpoint,
                  13: attachments, 14: salt, 15: openings, 16: erased}
        self.prefix = encode({key: part for key, part in prefix.items() if part is not None})
        tail = [] if self.is_session else [commitment, ciphertext_hash, ciphertext_length]
        self.payload = b"\x82" + self.prefix + encode(tail)
        need(len(self.payload) <= PAYLOAD_MAX, "payload above its limit")
        self.id = labelled("cairn/1/change-id", self.payload)

    def check(self, roster_heads, checkpoint, attachments, salt, openings, erased, ciphertext_length):
        need(1 <= self.sequence <= SEQUENCE_MAX and (self.sequence == 1) == (not self.previous), "sequence and previous")
        need(self.audience_sequence >= 1, "audience sequence")
        need((self.audience_sequence == 1) == (not self.audience_previous), "audience sequence and previous")
        need(self.audience_sequence <= self.sequence, "audience sequence above the sequence")
        if self.is_session:
            need(self.index is None and attachments is None and erased is None, "a session statement with more")
            need(openings is not None and len(openings) == len(self.audience), "one opening for each circle")
        else:
            need(openings is None and self.index is not None, "openings or index")
            need(self.index < SESSION_INDEX_END, "index in the session")
            plain = ciphertext_length - 16
            need(plain >= 64 and padme(plain) == plain and ciphertext_length <= CIPHERTEXT_MAX, "ciphertext length")

    def check_feed(self, held):
        """The rules that look at the changes named; `held` maps ids to changes."""
        named = [held.get(name) for name in self.audience_previous]
        need(all(named), "a change of this audience that is named is missing")
        for other in named:
            need(other.device == self.device, "names a change of another device")
            need(other.audience == self.audience, "names a change of another audience")
            need(other.sequence < self.sequence, "names a later change")
        greatest = max((other.audience_sequence for other in named), default=0)
        need(self.audience_sequence == greatest + 1, "audience sequence")
        need(self.is_session or any(
            other.session == self.session and (other.is_session and self.index == 0 or
                                               not other.is_session and other.index + 1 == self.index)
            for other in named), "nothing named is the step before in the session")
        before = [held.get(name) for name in self.previous]
        if all(before):
            need(all(other.device == self.device for other in before), "continues another device")
            need(self.sequence == 1 + max((other.sequence for other in before), default=0), "sequence")

    def leaf(self):
        """What the leaf is the hash of [6]; never taken for a statement, which is a map."""
        return encode(["cairn/1/change-leaf", self.audience, sha256(self.payload)])

    def signed(self, signature):
        return verify(self.device, change_to_sign(self.payload), signature)


# ---------------------------------------------------------------- frames [3]

NOTHING = object()
ITEM = {
    1: uint, 2: rising(id32, 0, PREVIOUS_MAX), 3: AUDIENCE, 4: uint, 5: rising(id32, 0, PREVIOUS_MAX),
    6: id32, 7: uint, 8: rising(id32, 0, ROSTER_HEADS_MAX), 9: or_null(CHECKPOINT), 10: ATTACHMENTS, 11: id16, 12: list_of(OPENING, 1),
    13: id32, 14: id32, 15: lambda value: type(value) is bytes, 16: tuple_of(id32, uint), 17: blob(64),
}


class Memory:
    """What the items since a frame last named its device let a reader rebuild."""

    def __init__(self, space, device):
        self.space, self.device, self.last, self.of = space, device, None, {}

    @staticmethod
    def field(item, key, rebuilt):
        if key not in item:
            need(rebuilt is not NOTHING, "field %d is missing and nothing tells it" % key)
            return rebuilt
        need(rebuilt is NOTHING or item[key] != rebuilt, "field %d should be left out" % key)
        return item[key]

    def rebuild(self, item):
        need(type(item) is dict and all(key in ITEM and ITEM[key](part) for key, part in item.items()),
             "an item has a field that is unknown or malformed")
        last, field, is_session = self.last, self.field, 14 not in item
        need((16 in item) == (14 in item and 15 not in item), "fields 14 to 16")
        need(not (is_session and 15 in item), "a session statement with a body")
        previous = field(item, 2, [last.id] if last else NOTHING)
        sequence = field(item, 1, last.sequence + 1 if last else NOTHING)
        audience = field(item, 3, last.audience if last else NOTHING)
        same = self.of.get(tuple(audience))
        audience_sequence = field(item, 4, same.audience_sequence + 1 if same else NOTHING)
        audience_previous = field(item, 5, [same.id] if same else previous)
        session = field(item, 6, same.session if same and not is_session else NOTHING)
        if is_session:
            need(7 not in item, "a session statement with an index")
            index = None
        else:
            goes_on = same and same.session == session
            index = field(item, 7, NOTHING if not goes_on else 0 if same.is_session else same.index + 1)
        heads = field(item, 8, last.roster_heads if last else NOTHING)
        checkpoint = field(item, 9, last.checkpoint if last else NOTHING)
        ciphertext = item.get(15)
        digest, length = (item[16] if 16 in item else
                          [None, None] if is_session else [sha256(ciphertext), len(ciphertext)])
        need(11 in item, "an item without salt")
        change = Change(self.space, self.device, sequence, previous, audience, audience_sequence,
                        audience_previous, session, index, heads, checkpoint, item.get(10), item[11],
                        item.get(12), item.get(13), item.get(14), ciphertext, digest, length)
        change.roster_heads, change.checkpoint = heads, checkpoint
        self.last, self.of[tuple(audience)] = change, change
        need(len(self.of) <= AUDIENCES_REMEMBERED_MAX, "more audiences than a reader remembers")
        return change


class FrameReader:
    def __init__(self, space):
        self.space, self.memory = space, None

    def read(self, frame):
        """The changes of a decoded frame, every signature checked."""
        need(type(frame) is list and len(frame) == 2, "a frame is a device and items")
        device, items = frame
        need(or_null(id32)(device), "device of a frame")
        need(type(items) is list and 1 <= len(items) <= FRAME_ITEMS_MAX, "items of a frame")
        if device is not None:
            self.memory = Memory(self.space, device)
        need(self.memory is not None, "a frame that names no device, after none that did")
        changes = [self.memory.rebuild(item) for item in items]
        size = sum(len(change.payload) + len(change.ciphertext or b"") for change in changes)
        need(size <= FRAME_BYTES_MAX, "a frame above 1 MiB")
        self.check_signatures(changes, [item.get(17) for item in items])
        return changes

    @staticmethod
    def check_signatures(changes, signatures):
        after = {}
        for change, signature in reversed(list(zip(changes, signatures))):
            following = after.get(tuple(change.audience))
            reached = following is not None and change.id in following.audience_previous
            need(reached or signature is not None, "a change that no signature covers")
            need(signature is None or change.signed(signature), "a signature does not hold")
            after[tuple(change.audience)] = change


# ---------------------------------------------------------------- stream [3]

def entries(data):
    """The byte strings of a stream. A file that was cut [3] is refused after what came whole."""
    decoder = Decoder(data)
    while decoder.at < len(data):
        need(data[decoder.at] >> 5 == 2, "a stream is of byte strings")
        entry = decoder.value()
        need(len(entry) <= ENTRY_MAX, "an entry above its limit")
        yield entry


class StreamReader:
    def __init__(self, space=None):
        self.space, self.frames, self.statements, self.changes = space, None, [], []

    def read(self, data):
        for number, entry in enumerate(entries(data)):
            try:
                self.entry(decode(entry))
            except Refused as refusal:
                raise Refused("entry %d: %s" % (number, refusal))
        held = {change.id: change for change in self.changes}
        for change in held.values():
            try:
                change.check_feed(held)
            except Refused as refusal:
                raise Refused("change %s: %s" % (change.id.hex(), refusal))
        return list(held.values())

    def entry(self, entry):
        need(type(entry) is list and entry and uint(entry[0]) and entry[0] in self.ENTRIES, "an unknown entry")
        form, handler = self.ENTRIES[entry[0]]
        need(any(tuple_of(*shape)(entry[1:]) for shape in form), "form of entry %d" % entry[0])
        if handler:
            handler(self, *entry[1:])

    def statement(self, encoded, position=None):
        statement = Statement(encoded)
        if self.space is None and statement.kind == 1:
            self.space = statement.id
        need(statement.space == self.space, "a statement of another space")
        self.statements.append(statement)

    def frame(self, frame, positions=None):
        need(self.space is not None, "which space? name it with --space")
        if self.frames is None:
            self.frames = FrameReader(self.space)
        changes = self.frames.read(frame)
        need(positions is None or len(positions) == len(changes), "one position for each item")
        need(positions is None or all(step >= 1 for step in positions[1:]), "positions do not ascend")
        self.changes.extend(changes)

    def hidden(self, _, audiences, runs):
        """Changes of others: each audience once, as they first come; runs name it by its number."""
        named = [which for which, _ in runs]
        need(list(dict.fromkeys(named)) == list(range(len(audiences))), "audiences of hidden changes")
        need(all(a != b for a, b in zip(named, named[1:])), "two runs of one audience")
        need(all(a not in audiences[:i] for i, a in enumerate(audiences)), "an audience twice")
        need(sum(len(hashes) for _, hashes in runs) <= LEAVES_OF_ENTRY_MAX, "leaves of an entry")

    ANY, BYTES = (lambda value: True), (lambda value: type(value) is bytes)
    ENTRIES = {
        1: ([(BYTES,), (BYTES, uint)], statement),
        2: ([(ANY,), (ANY, list_of(uint, 1))], frame),
        3: ([(uint, list_of(id32, 1, LEAVES_OF_ENTRY_MAX))], None),
        4: ([(ANY,)], None),
        5: ([(BYTES, list_of(id32, 0, CONSISTENCY_MAX), uint)], None),
        6: ([(uint, text_of(64)), (uint, text_of(64), text_of(1024))], None),
        7: ([(uint, list_of(AUDIENCE, 1), list_of(tuple_of(uint, list_of(id32, 1)), 1))], hidden),
    }


# ------------------------------------------------------- opening a body [2, 4]

def dictionary():
    data = DICTIONARY.read_bytes()
    need(sha256(data).hex() == DICTIONARY_SHA256, "not dictionary 1")
    return data


def unpad(padded):
    need(padded[:1] == b"\x01", "a body of another form")
    inflater = zlib.decompressobj(-15, zdict=dictionary())
    try:
        plain = inflater.decompress(padded[1:], BODY_MAX + 1)
    except zlib.error as error:
        raise Refused("deflate: %s" % error)
    need(inflater.eof and len(plain) <= BODY_MAX, "deflate does not end, or a body above its limit")
    rest = inflater.unused_data
    need(not any(rest), "padding is not zeros")
    least = -(-len(plain) // BODY_INFLATION_MAX)
    need(len(padded) == max(64, padme(max(len(padded) - len(rest), least))), "padded to another length")
    return plain


class Body:
    def __init__(self, encoded):
        parts = decode(encoded, text_keys=True)
        need(type(parts) is list and len(parts) == 6, "a body has six parts")
        self.record, self.kind, self.parents, self.clock, self.skew, self.operations = parts
        need(or_null(id16)(self.record) and uint(self.kind), "record or kind")
        need(rising(id32, 0, 64)(self.parents), "parents")
        need(uint(self.clock) and type(self.skew) is int, "clock or skew")
        need(type(self.operations) is list and 1 <= len(self.operations) <= OPERATIONS_MAX, "operations")
        self.names = list(names_of(self.operations))
        named = sum(len(operation[2]) for operation, name in zip(self.operations, self.names)
                    if name in ("add", "remove"))
        need(named <= BODY_ELEMENTS_MAX, "elements of sets")


def message_key(ck0, change):
    chain = ck0
    for _ in range(change.index):
        chain = mac(chain, b"\x02")
    return chain, mac(chain, b"\x01" + change.prefix)


def open_body(ck0, change):
    """The body of a change; `record` is filled in where the change opens it."""
    need(labelled("cairn/1/session-id", ck0) == change.session, "ck0 is not that of the session")
    _, mk = message_key(ck0, change)
    need(hmac.compare_digest(mac(mk, b"commit"), change.commitment), "commitment")
    secret = expand(mk, b"aead", 44)
    try:
        padded = AESGCM(secret[:32]).decrypt(secret[32:], change.ciphertext, change.prefix)
    except InvalidTag:
        raise Refused("the ciphertext does not open")
    body = Body(unpad(padded))
    if body.record is None:
        body.record = mac(mk, b"record")[:16]
    return body


# ------------------------------------------------------------ operations [4]

def depth(value):
    """Arrays and maps inside one another, the outermost counted."""
    if type(value) not in (list, dict):
        return 0
    return 1 + max(map(depth, value.values() if type(value) is dict else value), default=0)


def items(value):
    """The value and, in arrays and maps, every element, key and value."""
    if type(value) is dict:
        return 1 + sum(1 + items(part) for part in value.values())
    return 1 + sum(map(items, value)) if type(value) is list else 1


def any_(value):
    return (depth(value) <= VALUE_DEPTH_MAX and items(value) <= VALUE_ITEMS_MAX
            and len(encode(value)) <= 64 * 1024)


def elements(value):
    return list_of(any_, 1, 4096)(value) and len(set(map(encode, value))) == len(value)


TEXT, REASON = text_of(64 * 1024), text_of(4 * 1024)
TEXT_OR_NULL = or_null(text)
FILTER = re.compile("[a-z0-9-]+=[a-z0-9-]+")


def filter_(value):
    parts = value.split(";") if text(value) and value else []
    keys = [part.split("=")[0] for part in parts]
    return (text_of(512)(value) and all(map(FILTER.fullmatch, parts))
            and all(a < b for a, b in zip(keys, keys[1:])))


COUNT_KEY = tuple_of(between(1, 6), filter_, text_of(512), text_of(512), text_of(512))
REPETITION = between(2, 4096)
NAME = either(TEXT_OR_NULL, tuple_of(TEXT_OR_NULL, REPETITION))
FOUR = (TEXT_OR_NULL,) * 4
SOURCE = either(NAME, tuple_of(*FOUR), tuple_of(*FOUR, REPETITION))
NUMBER = or_null(between(0, 10 ** 9))


def count(value):
    if not tuple_of(NUMBER, NUMBER, NUMBER, or_null(between(0, 3)), TEXT_OR_NULL)(value):
        return False
    stated = [number for number in value[:3] if number is not None]
    return stated == sorted(stated) and (value[4] is None or re.fullmatch("[A-F][1-6]", value[4]) is not None)


# Forms of the values of the coded fields [8]; those not listed are texts.
CODES = set(range(1, 32)) | set(range(40, 49)) | set(range(60, 65)) | {70, 71}
SETS = {15: NAME, 16: SOURCE, 22: text, 23: id16, 26: text, 31: text, 43: text}
REGISTERS = {7: tuple_of(TEXT_OR_NULL, TEXT_OR_NULL), 8: between(1, 3), 27: tuple_of(between(0, 3), id16, id16),
             28: any_, 70: lambda value: type(value) is dict, 71: lambda value: type(value) is dict}


def field_(value):
    return type(value) is int and value in CODES or text_of(1024)(value) or COUNT_KEY(value)


def form_of(field):
    """The form of a field's value, or of one element of a set."""
    if type(field) is list:
        return count
    if type(field) is str:
        return text
    return SETS.get(field) or REGISTERS.get(field, text)


def is_set(field):
    return type(field) is int and field in SETS


def extra(value):
    return (type(value) is dict and 0 < len(value) <= 64 and all(map(text_of(255), value))
            and all(map(any_, value.values())))


def fields_rise(value):
    return (list_of(field_, 0, 4096)(value)
            and all(encode(a) < encode(b) for a, b in zip(value, value[1:])))


TARGET = either(lambda value: value is None, field_, tuple_of(id32, between(0, (1 << 31) - 1)))
CHOSEN = rising(id32, 0, 1024)
FILE = (id32, id32, uint, text_of(1024), text_of(255), id32)
OPERATIONS = {
    1: ("assert", [(field_, any_)]),
    2: ("add", [(field_, elements)]),
    3: ("remove", [(field_, elements)]),
    4: ("note", [(TEXT,)]),
    5: ("retract", [(TARGET, REASON)]),
    6: ("decide", [(field_, CHOSEN, between(0, 0), id32, REASON), (field_, CHOSEN, between(1, 1), any_, REASON),
                   (field_, CHOSEN, between(2, 2), lambda value: value is None, REASON)]),
    7: ("undo", [(id32, REASON)]),
    8: ("review", [(between(1, 5),)]),
    9: ("assign", [(or_null(id32),)]),
    10: ("comment", [(TEXT,)]),
    11: ("question", [(TEXT,)]),
    12: ("answer", [(id32, TEXT)]),
    13: ("attachment", [FILE, FILE + (extra,)]),
    14: ("erase", [(id32, id32, lambda value: type(value) is bool, rising(id32, 0, 64), fields_rise, REASON)]),
    15: ("confirm", [(id32, between(1, INT_MAX), id32, rising(id32, 0, 4096))]),
}


def fits_field(operation):
    """Codes 1 to 3 and 6: whether the field takes the values, and is of the right sort."""
    field = operation[1]
    form = form_of(field)
    if operation[0] == 1:
        return not is_set(field) and form(operation[2])
    if operation[0] in (2, 3):
        return is_set(field) and all(map(form, operation[2]))
    return operation[3] != 1 or form(operation[4])


def operation_name(operation):
    """What an operation is, or unknown: then it is kept, and its neighbours count."""
    if type(operation) is list and operation and type(operation[0]) is int and operation[0] in OPERATIONS:
        name, forms = OPERATIONS[operation[0]]
        if any(tuple_of(*form)(operation[1:]) for form in forms):
            return name if operation[0] not in (1, 2, 3, 6) or fits_field(operation) else "unknown"
    return "unknown"


# --------------------------------------------------------------- the command

def values_of(operation, name):
    """The values in an operation whose items count."""
    if name == "assert":
        return [operation[2]]
    if name in ("add", "remove"):
        return operation[2]
    if name == "decide" and operation[3] == 1:
        return [operation[4]]
    return operation[7].values() if name == "attachment" and len(operation) == 8 else []


def names_of(operations):
    """What each operation is; one whose values bring those of the body over the limit is unknown."""
    total = 0
    for operation in operations:
        name = operation_name(operation)
        held = sum(map(items, values_of(operation, name)))
        if total + held > BODY_ITEMS_MAX:
            yield "unknown"
        else:
            total += held
            yield name


def printable(value):
    if type(value) is bytes:
        return {"hex": value.hex()}
    if type(value) is list:
        return [printable(part) for part in value]
    if type(value) is dict:
        return {"map": [[printable(key), printable(part)] for key, part in value.items()]}
    return value


def line(change, keys):
    out = {"id": change.id.hex(), "device": change.device.hex(), "sequence": change.sequence,
           "leaf": leaf_hash(change.leaf()).hex(), "session": change.session.hex()}
    if change.is_session:
        out["state"] = "session statement"
    elif change.ciphertext is None:
        out["state"] = "without body"
    elif change.session not in keys:
        out["state"] = "no key"
    else:
        body = open_body(keys[change.session], change)
        out.update(state="opened", record=body.record.hex(), kind=body.kind, clock=body.clock,
                   parents=[parent.hex() for parent in body.parents],
                   operations=[{"name": name, "cbor": encode(operation).hex(),
                                "operation": printable(operation)}
                               for operation, name in zip(body.operations, body.names)])
    return out


def read_file(path, keys_path, space):
    keys = {}
    if keys_path:
        pairs = json.loads(pathlib.Path(keys_path).read_text("utf-8"))
        keys = {bytes.fromhex(session): bytes.fromhex(ck0) for session, ck0 in pairs.items()}
    changes = StreamReader(space).read(pathlib.Path(path).read_bytes())
    opened = 0
    for change in changes:
        try:
            out = line(change, keys)
        except Refused as refusal:
            raise Refused("change %s: %s" % (change.id.hex(), refusal))
        opened += out["state"] == "opened"
        print(json.dumps(out, ensure_ascii=True))
    print("verified %d changes, opened %d" % (len(changes), opened), file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description="Verify a Cairn stream and open what the keys open.")
    parser.add_argument("stream", nargs="?", help="a stream of entries, section 3")
    parser.add_argument("--keys", help="JSON: session id in hexadecimal to ck0 in hexadecimal")
    parser.add_argument("--space", type=bytes.fromhex, help="space id, unless the stream holds the genesis")
    parser.add_argument("--vectors", help="check the published vectors in this directory instead")
    options = parser.parse_args()
    try:
        if options.vectors:
            sys.modules["cairn_reader"] = sys.modules[__name__]
            import vectors
            vectors.check(pathlib.Path(options.vectors))
        elif options.stream:
            read_file(options.stream, options.keys, options.space)
        else:
            parser.error("a stream or --vectors is needed")
    except Refused as refusal:
        print("refused: %s" % refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
