"""Holds cairn_reader.py against the vectors published with the protocol."""
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import cairn_reader as reader
import chunked
import counting
import log as logs
import meeting
import merge
import parcels
import roster as rosters
import signed_request
import xwing

unhex = bytes.fromhex


def same(got, want, what):
    got = got.hex() if isinstance(got, bytes) else got
    reader.need(got == want, "%s differs: %s instead of %s" % (what, got, want))


def change(data):
    space, ck0 = unhex(data["space"]), unhex(data["ck0"])
    read = reader.StreamReader(space).read(unhex(data["wire"]))
    same(len(read), 1 + len(data["changes"]), "number of changes")
    for got, want in zip(read, [data["session"]] + data["changes"]):
        same(got.prefix, want["prefix"], "prefix")
        same(got.payload, want["payload"], "payload")
        same(got.id, want["id"], "change id")
        same(got.leaf(), want["leaf"], "leaf")
        same(reader.leaf_hash(got.leaf()), want["leafHash"], "leaf hash")
        same(reader.change_to_sign(got.payload), want["toBeSigned"], "bytes to sign")
        reader.need(got.signed(unhex(want["signature"])), "signature")
        if got.is_session:
            continue
        ck, mk = reader.message_key(ck0, got)
        same(ck, want["ck"], "ck")
        same(mk, want["mk"], "mk")
        same(reader.mac(mk, b"commit"), want["commitment"], "commitment")
        same(got.ciphertext, want["ciphertext"], "ciphertext")
        same(reader.unpad(unhex(want["paddedBody"])), want["body"], "body")
        same(reader.open_body(ck0, got).record, want["record"], "record id")
    for epoch, (named, enc, sealed) in zip(data["epochs"], reader.decode(read[0].prefix)[15]):
        same(named, epoch["epoch"], "epoch of an opening")
        info = ["cairn/1/session", 1, space, read[0].device, unhex(epoch["circle"]), named, read[0].session]
        key = xwing.Key(unhex(epoch["seed"]))
        same(key.public, epoch["publicKey"], "public key of an epoch")
        same(key.open(enc, sealed, reader.encode(info)), data["ck0"], "what an opening holds")
    same(list(reader.entries(unhex(data["wire"])))[0], data["entry"], "entry")
    whole = reader.FrameReader(space).read(reader.decode(unhex(data["frame"])))
    same([c.id for c in whole] == [c.id for c in read], True, "ids of the frame")
    last = reader.FrameReader(space).read(reader.decode(unhex(data["frameOfTheLast"])))
    same(last[0].id, data["changes"][-1]["id"], "id of the frame of the last")
    compressed = data["compressed"]
    same(reader.unpad(unhex(compressed["padded"])), compressed["body"], "compressed body")
    return 3 + len(read)


def roster(data):
    stream = reader.StreamReader()
    for want in data["statements"]:
        stream.statement(unhex(want["bytes"]))
        got = stream.statements[-1]
        same(got.id, want["id"], "statement id")
        same(got.kind, want["kind"], "kind")
        same(reader.leaf_hash(got.payload), want["leaf"], "leaf hash")
    same(stream.space, data["space"], "space")
    fold = rosters.Roster(stream.statements)
    same([fold.verdict(each) for each in stream.statements], [each["verdict"] for each in data["statements"]], "verdicts")
    folded(fold, data["state"])
    opened = [open_names(stream, unhex(seed["epoch"]), unhex(seed["seed"]), data["names"]) for seed in data["seeds"]]
    reader.need(data["names"]["north"] in opened, "no circle has the name it should")
    return len(data["statements"])


def stories(data):
    """Cases of roster-2.json."""
    statements = [reader.Statement(unhex(each)) for each in data["statements"]]
    for case in data["cases"]:
        held = [statements[number] for number in case["statements"]]
        fold = rosters.Roster(held)
        where = " in " + case["name"]
        same([fold.verdict(each) for each in held], case["verdicts"], "verdicts" + where)
        folded(fold, case, where)
    return len(data["cases"])


def folded(fold, state, where=""):
    same([each.hex() for each in fold.heads()], state["heads"], "heads" + where)
    same([{"device": each.hex(), "member": fold.member(each).hex(), "role": fold.role(each), "state": fold.state(each),
           "decides": fold.decides(each)} for each in fold.devices()], state["devices"], "devices" + where)
    for circle in state["circles"]:
        epoch = fold.for_writing(unhex(circle["circle"]))
        same(epoch and epoch.id.hex(), circle.get("for_writing"), "epoch for writing" + where)
        readers = [each.hex() for each in fold.readers(unhex(circle["circle"]))]
        same(readers, circle.get("readers", []), "readers" + where)


def open_names(stream, epoch, seed, names):
    """The name of the circle that an epoch carries; the first desk epoch opens that of the space."""
    found = next(s for s in stream.statements if s.id == epoch)
    name = open_name(seed, b"cairn/1/name", found.content[1], found.content[6])
    genesis = stream.statements[0]
    if found.heads == [genesis.id] and found.content[1] == desk(genesis):
        salt = reader.decode(genesis.payload)[5]
        aad = reader.labelled("cairn/1/space-name", salt)
        same(open_name(seed, b"cairn/1/space-name", aad, genesis.content[6]), names["space"], "name of the space")
    return name


def desk(genesis):
    return reader.labelled("cairn/1/circle-desk", reader.decode(genesis.payload)[5])[:16]


def open_name(seed, label, aad, sealed):
    secret = reader.expand(reader.mac(seed, label), b"aead", 44)
    padded = reader.AESGCM(secret[:32]).decrypt(secret[32:], sealed, aad)
    reader.need(padded and len(padded) % 32 == 0, "padding of a name")
    return padded.rstrip(b"\0").decode("utf-8")


def cose(data):
    payload, one, two = unhex(data["payload"]), data["sign1"], data["sign"]
    protected, _, held, signature = reader.decode(unhex(one["message"]))
    same(protected, reader.CHANGE_PROTECTED.hex(), "protected header of a change")
    same(held, data["payload"], "payload")
    private = Ed25519PrivateKey.from_private_bytes(unhex(one["seed"]))
    key = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    reader.need(reader.verify(key, reader.change_to_sign(payload), signature), "COSE_Sign1")
    protected, _, held, signatures = reader.decode(unhex(two["message"]))
    same(protected, reader.STATEMENT_PROTECTED.hex(), "protected header of a statement")
    for own, _, signature in signatures:
        message = reader.encode(["Signature", protected, own, reader.STATEMENT.encode(), held])
        reader.need(reader.verify(reader.decode(own)[4], message, signature), "COSE_Sign")
    return 2


def ed25519(data):
    for test in data["tests"]:
        holds = reader.verify(unhex(test["public"]), unhex(test["message"]), unhex(test["signature"]))
        reader.need(holds, "Ed25519 " + test["name"])
    return len(data["tests"])


def cofactored(data):
    holds = reader.verify(unhex(data["public"]), unhex(data["message"]), unhex(data["signature"]))
    reader.need(not holds, "a signature with a part of order 8 is taken")
    return 1


def hmacs(data):
    for test in data["tests"]:
        tag = reader.mac(unhex(test["key"]), unhex(test["message"])).hex()
        reader.need(tag.startswith(test["tag"]), "HMAC " + test["name"])
    return len(data["tests"])


def hkdf(data):
    for test in data["tests"]:
        want = test["output"]
        got = reader.expand(unhex(test["pseudorandomKey"]), unhex(test["info"]), len(want) // 2)
        same(got, want, "HKDF " + test["name"])
    return len(data["tests"])


def judged(cases, holds):
    """Cases that hold or are refused: whether they do here; `holds` raises Refused or gives what to compare."""
    for case in cases:
        try:
            got = holds(case)
        except reader.Refused as refusal:
            reader.need(not case["holds"], "%s: refused: %s" % (case["name"], refusal))
            continue
        reader.need(case["holds"], "%s: taken" % case["name"])
        for name, value in (got or {}).items():
            reader.need(value == case[name], "%s: %s: %s" % (case["name"], name, value))
    return len(cases)


def cbor(data):
    return judged(data, lambda case: same(reader.encode(reader.decode(unhex(case["bytes"]), text_keys=True)),
                                          case["bytes"], "encoded again"))


def strict(data):
    def signed(case):
        parts = (unhex(case[name]) for name in ("public", "message", "signature"))
        reader.need(reader.verify(*parts), "signature")
    return judged(data["tests"], signed)


def bodies(data):
    def unknown(case):
        names = reader.Body(reader.unpad(unhex(case["padded"]))).names
        return {"unknown": [place for place, name in enumerate(names) if name == "unknown"]}
    return judged(data, unknown)


def frames(data):
    def read(case):
        changes = reader.StreamReader(unhex(data["space"])).read(unhex(case["stream"]))
        return {"changes": [each.id.hex() for each in changes], "forks": forks(changes)}
    return judged(data["cases"], read)


def forks(changes):
    """Pairs of changes that name the same one before them, or are both first [2]."""
    def meet(one, other):
        return bool(set(one) & set(other)) or not one and not other
    return sorted(
        sorted([one.id.hex(), other.id.hex()]) for at, one in enumerate(changes) for other in changes[:at]
        if one.device == other.device and (
            meet(one.previous, other.previous)
            or one.audience == other.audience and meet(one.audience_previous, other.audience_previous)))


def attachments(data):
    for case in data["cases"]:
        key, salt, size = unhex(case["key"]), unhex(case["salt"]), case["size"]
        content = unhex(case["content"]) if "content" in case else bytes(
            at % case["contentModulus"] for at in range(size))
        sealed = chunked.seal(key, salt, content.ljust(chunked.padded_size(size), b"\0"))
        same(len(sealed), case["sealedSize"], "size of " + case["name"])
        same(sealed, case.get("sealed", sealed.hex()), case["name"])
        same(chunked.open_attachment(key, unhex(case["id"]), size, sealed), content.hex(), case["name"])
    for case in data["refused"]:
        case["holds"] = False
    return len(data["cases"]) + judged(data["refused"], lambda case: chunked.open_attachment(
        unhex(case["key"]), unhex(case["id"]), case["size"], unhex(case["sealed"])) and {})


def logged(data):
    """Cases of log-1.json."""
    origin, key, leaves = data["origin"], unhex(data["key"]), list(map(unhex, data["leaves"]))
    for size, root in enumerate(data["roots"]):
        same(logs.root(leaves[:size]), root, "root of size %d" % size)

    def proven(case):
        parts = (unhex(case["firstRoot"]), unhex(case["secondRoot"]), list(map(unhex, case["proof"])))
        reader.need(logs.consistent(case["first"], case["second"], *parts), "the proof leads elsewhere")

    def noted(case):
        logs.Checkpoint(unhex(case["note"]), origin, key)

    def received(case):
        logs.Receipt(unhex(case["receipt"]), list(map(unhex, case["leaves"])), origin, key)

    return len(data["roots"]) + judged(data["notes"], noted) + judged(data["receipts"], received) + judged(
        data["proofs"], proven)


def merges(data):
    for number, case in enumerate(data):
        where = case.get("name", "case %d" % number)
        record = merge.of_vector(case)
        same(record.state(), case["state"], where)
        same(reader.sha256(record.state()), case["digest"], "digest of " + where)
        same([each.hex() for each in record.heads()] == case["heads"], True, "heads of " + where)
    return len(data)


def bundles(data):
    """Cases of bundle-1.json."""
    keys = {name: xwing.Key(unhex(seed)) for name, seed in data["seeds"].items()}
    for case in data["parcels"]:
        outcome, content = become(made_parcel(data, case), [keys[name] for name in case["keys"]], unhex(data["space"]))
        same(outcome, case["outcome"], case["name"])
        if "content" in case:
            same(reader.encode(content), case["content"], case["name"])
        elif content:
            need_begins(reader.encode(content), case)
    for case in data["bundles"]:
        outcome, found = "WHOLE", []
        try:
            for parcel in parcels.parcels(unhex(case["file"])):
                found.append(become(parcel, [keys["desk"]], unhex(data["space"]))[0])
        except reader.Refused as refusal:
            outcome = OUTCOMES[type(refusal)]
        same(outcome, case["outcome"], case["name"])
        reader.need(found == case["parcels"], "parcels of %s: %s" % (case["name"], found))

    def signed(case):
        content = unhex(case["content"])
        found = parcels.content(content.ljust(max(64, reader.padme(len(content))), b"\0"))
        if "toBeSigned" in case:
            same(parcels.piece_to_sign(found), case["toBeSigned"], case["name"])
        parcels.check_piece(found)
    return len(data["parcels"]) + len(data["bundles"]) + judged(data["pieces"], signed)


OUTCOMES = {parcels.Newer: "NEWER", parcels.NotForUs: "NOT_FOR_US", parcels.Cut: "CUT", reader.Refused: "REFUSED"}


def become(parcel, keys, space):
    try:
        content = parcels.open_parcel(parcel, keys)
    except reader.Refused as refusal:
        return OUTCOMES[type(refusal)], None
    return "OPENS" if content[0] == space else "OTHER_SPACE", content


def made_parcel(data, case):
    """Two are too long to be written out."""
    if "parcel" in case:
        return unhex(case["parcel"])
    content = unhex(case["contentBegins"]).ljust(case["contentSize"], b"\0")
    padded = content.ljust(reader.padme(len(content)), b"\0")
    sealed = chunked.seal(unhex(data["parcelKey"]), unhex(data["salt"]), padded)
    parcel = reader.encode([1, list(map(unhex, case["stanzas"])), sealed, bytes(32)])
    return parcel[:-32] + reader.sha256(parcel[:-34])


def need_begins(content, case):
    reader.need(len(content) == case["contentSize"] and content.startswith(unhex(case["contentBegins"])), case["name"])


def requests(data):
    def taken(case):
        body = unhex(case["body"]) if "body" in case else None
        return {"base": signed_request.check(case["method"], case["target"], body, case.get("contentDigest"),
                                             case["signatureInput"], case["signature"])}
    return judged(data["cases"], taken)


def met(data):
    """The meeting of meeting-1.json, then proofs and words beside it."""
    held = {name: [reader.Statement(unhex(each)) for each in data[name]["statements"]]
            for name in ("caller", "answerer")}
    for statements in held.values():
        same(meeting.members_key(unhex(data["space"]), statements), data["members"], "the members' key")
    first, second, third = (unhex(data["message%d" % number]) for number in (1, 2, 3))
    same(xwing.Key(unhex(data["caller"]["keySeed"])).public, first.hex(), "the caller's key")
    same(xwing.Key(unhex(data["answerer"]["keySeed"])).public, second[:1216].hex(), "the answerer's key")
    shares = (meeting.share(unhex(data["caller"]["keySeed"]), second[1216:]),
              meeting.share(unhex(data["answerer"]["keySeed"]), third))
    same(shares[0], data["answerer"]["share"], "the answerer's share")
    same(shares[1], data["caller"]["share"], "the caller's share")
    derived = meeting.keys(first, second, third, *shares, unhex(data["members"]))
    for value, name in zip(derived, ("transcript", "extracted", "callersKey", "answerersKey")):
        same(value, data[name], name)
    for key, name, by, to, role in ((derived[2], "fromCaller", "caller", "answerer", meeting.CALLER),
                                    (derived[3], "fromAnswerer", "answerer", "caller", meeting.ANSWERER)):
        said = list(meeting.records(key, map(unhex, data[name])))
        proof, count = meeting.padded_proof(said)
        same(meeting.check_proof(proof, derived[0], role, held[to]), data[by]["device"], "who proves")
        reader.need(list(map(meeting.word, said[count:])) == [[0]], "what is said after the proof")
    judged(data["proofs"], lambda case: meeting.check_proof(
        unhex(case["proof"]), derived[0], meeting.CALLER, held["answerer"]) and None)
    judged(data["words"], lambda case: meeting.word(unhex(case["word"])) and None)
    return 1 + len(data["proofs"]) + len(data["words"])


def suspended(data):
    """Cases of suspended-1.json, in the order given and in the other."""
    space = unhex(data["space"])
    changes = [change for each in data["changes"] for entry in reader.entries(unhex(each))
               for change in reader.FrameReader(space).read(reader.decode(entry)[1])]
    statements = [reader.Statement(unhex(each)) for each in data["statements"]]
    for case in data["cases"]:
        for step in (1, -1):
            roster = rosters.Roster([statements[number] for number in case["statements"]][::step])
            for later in ([], case["later"]):
                held = (case["held"] + later)[::step]
                found = counting.counting(roster, [changes[number] for number in held])
                for ids, wanted in zip(found, (case["counts"], case["quarantined"] + later)):
                    same(sorted(number for number in held if changes[number].id in ids) == sorted(wanted), True,
                         case["name"])
    return len(data["cases"])


CHECKS = {
    "cbor-1.json": cbor, "ed25519-strict.json": strict, "body-1.json": bodies, "frames-1.json": frames,
    "roster-2.json": stories, "bundle-1.json": bundles, "request-1.json": requests, "suspended-1.json": suspended,
    "log-1.json": logged, "attachment.json": attachments, "merge-1.json": merges, "merge-2.json": merges,
    "meeting-1.json": met,
    "change-1.json": change, "roster-1.json": roster, "cose.json": cose, "ed25519-rfc8032.json": ed25519,
    "ed25519-cofactored.json": cofactored, "hmac-rfc4231.json": hmacs, "hkdf-rfc5869.json": hkdf,
}


def check(directory):
    for name, test in CHECKS.items():
        try:
            count = test(json.loads((directory / name).read_text("utf-8")))
        except reader.Refused as refusal:
            raise reader.Refused("%s: %s" % (name, refusal))
        print("%s: %d hold" % (name, count))
