"""Bundles and parcels [10]."""
import chunked
from cairn_reader import (ENCRYPTED_FILE_MAX, Decoder, Refused, between, blob, encode, id32, need, padme, sha256,
                          tuple_of, uint, verify)

MAGIC = b"CAIRN-BUNDLE-1\n"
INFO = encode(["cairn/1/parcel", 1])
PIECE = "cairn/1/piece"
PIECE_PROTECTED = encode({1: -8, 16: PIECE})
STANZAS_MAX, STANZA, ENC = 16, 1168, 1120
CONTENT_MAX = 4 << 20
PARCEL_MAX = CONTENT_MAX + 32 * 1024


class Newer(Refused):
    """Of a later version: to be carried on if it is a parcel."""


class NotForUs(Refused):
    """Whole, and sealed to others."""


class Cut(Refused):
    """The end is missing, and what came before it is whole."""


def parcels(bundle):
    """The parcels of a bundle, one by one, until something is wrong."""
    line = bundle[:len(MAGIC)]
    if line[:13] == MAGIC[:13] and line[13:14] and line[13:14] in b"23456789":
        raise Newer("a bundle of a later version")
    need(MAGIC.startswith(line), "the first line is another")
    if len(line) < len(MAGIC):
        raise Cut("the first line is cut")
    at = len(MAGIC)
    while at < len(bundle):
        need(bundle[at] >> 5 == 2, "something that is no byte string")
        decoder = Decoder(bundle)
        decoder.at = at
        try:
            _, size = decoder.head()
        except Refused as refusal:
            raise Cut("in a head") if "early" in str(refusal) else refusal
        need(1 <= size <= PARCEL_MAX, "a parcel of %d bytes" % size)
        if size > len(bundle) - decoder.at:
            raise Cut("in a parcel")
        yield decoder.take(size)
        at = decoder.at


def open_parcel(parcel, keys):
    """The content, without its padding; `keys` open HPKE."""
    need(len(parcel) <= PARCEL_MAX, "a parcel above its limit")
    decoder = Decoder(parcel)
    major, count = decoder.head()
    need(major == 4 and count, "a parcel is an array")
    version = decoder.value()
    need(uint(version), "version of a parcel")
    if version > 1:
        restored = parcel[:1] + b"\1" + parcel[2:]
        need(sha256(restored[:-34]) != restored[-32:], "the version alone is another")
        raise Newer("a parcel of version %d" % version)
    need(version == 1 and count == 4, "form of a parcel")
    need(sha256(parcel[:-34]) == parcel[-32:], "the check is another")
    stanzas, sealed, check = decoder.value(1), decoder.value(1), decoder.value(1)
    need(decoder.at == len(parcel) and id32(check) and type(sealed) is bytes, "form of a parcel")
    need(type(stanzas) is list and 1 <= len(stanzas) <= STANZAS_MAX, "stanzas of a parcel")
    need(all(type(stanza) is bytes and len(stanza) == STANZA for stanza in stanzas), "form of a stanza")
    return content(chunked.open_file(parcel_key(stanzas, keys), sealed))


def parcel_key(stanzas, keys):
    for key in keys:
        for stanza in stanzas:
            try:
                return key.open(stanza[:ENC], stanza[ENC:], INFO)
            except Refused:
                pass
    raise NotForUs("no key opens it")


def some(value):
    return type(value) is bytes


FORMS = {1: tuple_of(id32, uint, some), 2: tuple_of(id32, uint, id32, some),
         3: tuple_of(id32, uint, id32, id32, between(0, ENCRYPTED_FILE_MAX), uint, some, blob(64))}


def content(plaintext):
    need(len(plaintext) <= CONTENT_MAX, "a content above its limit")
    decoder = Decoder(plaintext)
    found = decoder.value()
    need(not any(plaintext[decoder.at:]), "padding of a parcel")
    need(len(plaintext) == max(64, padme(decoder.at)), "padded to another length")
    need(type(found) is list and len(found) > 1 and uint(found[1]) and found[1] in FORMS, "kind of a content")
    need(FORMS[found[1]](found), "form of a content")
    if found[1] == 3:
        size, offset, piece = found[4:7]
        need(piece and offset + len(piece) <= size, "a piece that does not lie in its attachment")
    return found


def piece_to_sign(found):
    """What the device in a content of kind 3 signs."""
    space, _, device, attachment, size, offset, piece, _ = found
    payload = encode([space, device, attachment, size, offset, sha256(piece)])
    return encode(["Signature1", PIECE_PROTECTED, PIECE.encode(), payload])


def check_piece(found):
    need(verify(found[2], piece_to_sign(found), found[7]), "signature of a piece")
