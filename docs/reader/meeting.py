"""Phone to phone: the keys of a meeting, proofs of membership, words [10]."""
from cairn_reader import (AESGCM, Refused, Statement, between, blob, decode, encode, expand, id32, labelled, list_of,
                          mac, need, tuple_of, verify)
import roster as rosters
import xwing

from cryptography.exceptions import InvalidTag

LABEL = "cairn/1/meeting"
INFO = encode([LABEL, 1])
PROTECTED = encode({1: -8, 16: LABEL})
RECORD, PROOF_MAX, STATEMENTS_MAX, OFFERS_MAX = 16384, 262144, 256, 256
PARCEL_MAX = (4 << 20) + 32 * 1024
GENESIS, EPOCH, HOW_ONE_COMES_IN = 1, 6, (1, 2, 3, 4, 10)
CALLER, ANSWERER = b"\x0a", b"\x0b"


def members_key(space, statements):
    genesis = next(each for each in statements if each.id == space)
    desk = labelled("cairn/1/circle-desk", decode(genesis.payload)[5])[:16]
    first = min((each for each in statements if each.kind == EPOCH and each.content[1] == desk
                 and each.heads == [space] and each.signers == genesis.signers), key=lambda each: each.id)
    return labelled("cairn/1/meeting-members", space, first.content[2])


def share(key_seed, sealed):
    return xwing.Key(key_seed).open(sealed[:1120], sealed[1120:], INFO)


def keys(first, second, third, answerers_share, callers_share, members):
    """Transcript, extracted key, the caller's and the answerer's."""
    need(len(first) == 1216 and len(second) == 1216 + 1168 and len(third) == 1168, "length of a message")
    transcript = labelled(LABEL, first, second, third)
    extracted = mac(LABEL.encode(), answerers_share + callers_share + members)
    return (transcript, extracted, expand(extracted, b"a to b" + transcript, 32),
            expand(extracted, b"b to a" + transcript, 32))


def records(key, sealed):
    for number, record in enumerate(sealed):
        try:
            yield AESGCM(key).decrypt(number.to_bytes(12, "big"), record, b"")
        except InvalidTag:
            raise Refused("a record that was altered")


def padded_proof(records_):
    """The proof that begins what one side says, and how many records it took."""
    said = b""
    for number, record in enumerate(records_, 1):
        need(len(record) == RECORD, "a record of a proof is full")
        said += record
        head, size = {0x58: (2, said[1]), 0x59: (3, int.from_bytes(said[1:3], "big")),
                      0x5A: (5, int.from_bytes(said[1:5], "big"))}.get(said[0], (0, 0))
        need(head and size <= PROOF_MAX, "no proof")
        if len(said) >= head + size:
            need(not any(said[head + size:]), "padding of a proof")
            return said[head:head + size], number
    raise Refused("a proof that is cut")


def check_proof(proof, transcript, role, held):
    """The device, if the statements held and those brought say that it is in, and it is not cut off."""
    proof = decode(proof)
    need(tuple_of(list_of(lambda one: type(one) is bytes, 0, STATEMENTS_MAX), id32, blob(64))(proof), "form of a proof")
    brought, device, signature = [Statement(each) for each in proof[0]], proof[1], proof[2]
    need(all(each.kind in HOW_ONE_COMES_IN for each in brought), "a proof brings what proves nothing")
    signed = encode(["Signature1", PROTECTED, LABEL.encode(), transcript + role])
    need(verify(device, signed, signature), "signature of a proof")
    space = next(each.space for each in held)
    fold = rosters.Roster(held + [each for each in brought if each.space == space])
    need(device in fold.devices(), "a stranger")
    need(fold.state(device) != "SUSPENDED", "one who was cut off")
    return device


def word(data):
    read = decode(data)
    need(type(read) is list and read and read[0] in range(5) and type(read[0]) is int, "kind of a word")
    kind, rest = read[0], read[1:]
    if kind in (0, 4):
        need(not rest, "a word that says no more")
    elif kind == 1:
        offered = list_of(tuple_of(id32, between(1, PARCEL_MAX)), 1, OFFERS_MAX)
        need(len(rest) == 1 and offered(rest[0]), "an offer")
    elif kind == 2:
        wanted = list_of(tuple_of(between(0, OFFERS_MAX - 1), between(0, PARCEL_MAX)), 1, OFFERS_MAX)
        need(len(rest) == 1 and wanted(rest[0]), "a want")
        need(all(a[0] < b[0] for a, b in zip(rest[0], rest[0][1:])), "order of a want")
    else:
        need(len(rest) == 1 and type(rest[0]) is bytes and 1 <= len(rest[0]) <= RECORD - 8, "a piece")
    return read
