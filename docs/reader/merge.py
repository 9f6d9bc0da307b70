"""From the changes of one record to its canonical state [9], in the plainest way there is."""
import cairn_reader as reader
from cairn_reader import encode, head

NEED_COORDINATOR = (6, 7, 8, 9, 10, 11, 14, 15)
RETRACTABLE = (1, 2, 4, 10, 11, 12, 13)
BESIDE = (4, 10, 11, 12, 15)
KINDS = (1, 2, 3, 4, 5, 6)
CLOSED_KINDS = (4, 5)
SHAPE, RECORD, HEADS_MAX = 28, "record", 64
ROLE, NOT_OWN, NOT_RETRACTABLE, NOT_DECIDABLE, NOT_IN_PREFIX, ERASES_ERASURE, OUT_OF_REACH, NOT_ITS_AUTHOR = range(1, 9)
AGREED, CORRECTION, CONCURRENT, DECIDED, KEPT_ALL, REOPENED, DECISIONS_IN_CONFLICT, WITHDRAWN, RETRACTED = range(9)


class Author:
    def __init__(self, member, decides, confirmed):
        self.member, self.decides, self.confirmed = member, decides, confirmed


class Change:
    """A change as a merge sees it; `operations` are the encoded ones."""

    def __init__(self, id_, device, author, opens, kind, parents, clock, operations, erases, audience, counts):
        self.id, self.device, self.author, self.opens, self.kind = id_, device, author, opens, kind
        self.parents, self.clock, self.erases, self.audience = parents, clock, erases, audience
        self.counts = counts and author is not None
        self.decides = self.counts and author.decides
        parts = [reader.decode(raw, text_keys=True) for raw in operations]
        self.operations = [Operation(self, place, *one) for place, one in
                           enumerate(zip(operations, parts, reader.names_of(parts)))]

    def order(self):
        return self.clock, self.device, self.id


class Operation:
    def __init__(self, change, place, raw, parts, name):
        self.change, self.place, self.raw, self.parts = change, place, raw, parts
        known = change.kind in KINDS and name != "unknown"
        self.code = self.parts[0] if known else None
        self.member = change.author.member if change.author else None

    def order(self):
        return self.change.order() + (self.place,)


class Claim:
    """A value that a member states of a register. `side` tells a retraction of the record, and
    what was said against one, from each other and from what he asserted."""

    def __init__(self, operation, value, side=None, hidden=False):
        self.operation, self.value, self.hidden = operation, value, hidden
        self.claimant = operation.member, side


class Erasures:
    """What is erased among the changes that are held, of all records, by which; no body has a say."""

    def __init__(self, held):
        targets = {change.id: change for change in held}
        self.erased, self.refused = {}, {}
        for change in held:
            if change.erases is None or not change.decides:
                continue
            target = targets.get(change.erases)
            if target is not None and target.erases is not None:
                self.refused[change.id] = ERASES_ERASURE
            elif target is None or not target.counts or not set(target.audience) <= set(change.audience):
                self.refused[change.id] = OUT_OF_REACH
            else:
                self.erased[target.id] = target


class Gone:
    """An erased change, and what the accounts of it tell."""

    def __init__(self, change, by):
        self.id, self.device, self.member = change.id, change.device, change.author.member
        self.by = sorted(by, key=Change.order)
        self.accounts = [operation.parts for each in by for operation in each.operations
                         if operation.code == 14 and operation.parts[1] == self.id
                         and operation.parts[2] == self.device]
        self.opened = any(account[3] for account in self.accounts)
        self.parents = {parent for account in self.accounts for parent in account[4]}
        self.fields = {encode(field) for account in self.accounts for field in account[5]}


class Record:
    def __init__(self, id_, changes, erasures):
        self.id, self.erasures = id_, erasures
        self.changes = sorted((change for change in changes if change.counts and change.id not in erasures.erased),
                              key=Change.order)
        self.by_id = {change.id: change for change in self.changes}
        self.gone = {}
        for erased in {change.erases for change in self.changes if self.erases(change)}:
            by = [change for change in self.changes if change.erases == erased and self.erases(change)]
            self.gone[erased] = Gone(erasures.erased[erased], by)
        self.reach = self.reachable()
        self.kind = self.kind_of()
        self.refused, self.unknown = [], []
        self.operations = [operation for change in self.changes for operation in change.operations
                           if self.admitted(operation)]
        self.retract()

    def erases(self, change):
        return change.erases in self.erasures.erased and change.decides and change.id not in self.erasures.refused

    # ------------------------------------------------------------ who had seen what

    def reachable(self):
        parents = {change.id: set(change.parents) | {change.erases} for change in self.changes}
        parents.update((gone.id, gone.parents) for gone in self.gone.values())
        reach = {}
        for start in parents:
            seen, todo = set(), list(parents[start])
            while todo:
                at = todo.pop()
                if at in parents and at not in seen:
                    seen.add(at)
                    todo.extend(parents[at])
            reach[start] = seen
        return reach

    def change_saw(self, later, earlier):
        return earlier in self.reach[later] and later not in self.reach[earlier]

    def saw(self, later, earlier):
        if later.change is earlier.change:
            return later.place > earlier.place
        return self.change_saw(later.change.id, earlier.change.id)

    def unseen(self, operations, among=None):
        """Those that no other has seen."""
        others = operations if among is None else among
        return [one for one in operations if not any(self.saw(other, one) for other in others)]

    # -------------------------------------------------------------- what counts

    def kind_of(self):
        def opens(change):
            return change.opens or self.erases(change) and any(
                operation.code == 14 and operation.parts[1] == change.erases and operation.parts[3]
                and operation.parts[2] == self.gone[change.erases].device for operation in change.operations)

        def plain(change):
            return change.kind in KINDS and change.kind not in CLOSED_KINDS

        for believed in (opens, lambda change: change.author.decides,
                         lambda change: plain(change) and change.author.confirmed, plain, lambda change: True):
            for change in self.changes:
                if believed(change):
                    return change.kind
        return 0

    def refuse(self, operation, reason):
        self.refused.append([operation.change.id, operation.place, reason])
        return False

    def admitted(self, operation):
        change, code, parts = operation.change, operation.code, operation.parts
        if code is None:
            self.unknown.append([change.id, operation.place])
            return False
        closed = self.kind in CLOSED_KINDS or change.kind in CLOSED_KINDS
        if (closed or code in NEED_COORDINATOR) and not change.author.decides:
            return self.refuse(operation, ROLE)
        if code == 6 and (reader.is_set(parts[1]) or parts[1] == SHAPE):
            return self.refuse(operation, NOT_DECIDABLE)
        if code == 14:
            return self.account(operation)
        if code == 5 and type(parts[1]) is list and len(parts[1]) == 2 and parts[1][0] in self.by_id:
            named, place = self.by_id[parts[1][0]], parts[1][1]
            if named.author.member != operation.member:
                return self.refuse(operation, NOT_OWN)
            if place >= len(named.operations) or named.operations[place].code not in RETRACTABLE:
                return self.refuse(operation, NOT_RETRACTABLE)
        return True

    def account(self, operation):
        change, parts = operation.change, operation.parts
        if parts[1] != change.erases:
            return self.refuse(operation, NOT_IN_PREFIX)
        if change.id in self.erasures.refused:
            return self.refuse(operation, self.erasures.refused[change.id])
        return parts[2] == self.gone[change.erases].device or self.refuse(operation, NOT_ITS_AUTHOR)

    def of(self, *codes):
        return [operation for operation in self.operations if operation.code in codes]

    # -------------------------------------------------------------- retractions

    def retract(self):
        openers = {change.author.member for change in self.changes if change.opens}
        openers |= {gone.member for gone in self.gone.values() if gone.opened}
        self.hidden, self.whole = set(), []
        for retraction in self.of(5):
            target = retraction.parts[1]
            own = [each for each in self.operations
                   if each.member == retraction.member and self.saw(retraction, each)]
            if target is None and retraction.member in openers:
                self.whole.append(retraction)
            elif target is None:
                self.hidden |= {each for each in own if each.code in RETRACTABLE}
            elif type(target) is list and len(target) == 2:
                if target[0] in self.by_id:
                    self.hidden.add(self.by_id[target[0]].operations[target[1]])
            else:
                self.hidden |= {each for each in own if each.code in (1, 2) and each.parts[1] == target}

    def shown(self, *codes):
        return [operation for operation in self.of(*codes) if operation not in self.hidden]

    # ---------------------------------------------------------------- registers

    def claims(self):
        """By the encoding of the field, in order."""
        claims = {}
        for each in self.of(1):
            claim = Claim(each, encode(each.parts[2]), hidden=each in self.hidden)
            claims.setdefault(encode(each.parts[1]), []).append(claim)
        against = {}
        for each in self.shown(1, 2, 4, 13) if self.whole else ():
            if (each.code != 1 or each.parts[1] != RECORD) and not any(self.saw(one, each) for one in self.whole):
                against[each.change.id] = each
        of_record = [Claim(each, encode("retracted"), "retracted") for each in self.whole]
        of_record += [Claim(each, encode("kept"), "kept") for each in against.values()]
        if of_record:
            claims.setdefault(encode(RECORD), []).extend(of_record)
        for of_field in claims.values():
            of_field.sort(key=lambda claim: claim.operation.order())
        return claims

    def decisions(self, claims):
        """Those that stand, by field, each with its value; None keeps all."""
        undone = {}

        def reached(change):
            return any(undo.parts[1] == change.id and self.change_saw(undo.change.id, change.id)
                       and not is_undone(undo.change) for undo in self.of(7))

        def is_undone(change):
            if change.id not in undone:
                undone[change.id] = reached(change)
            return undone[change.id]

        standing = {}
        for decision in self.of(6):
            field, outcome = encode(decision.parts[1]), decision.parts[3]
            value = encode(decision.parts[4]) if outcome == 1 else None
            if outcome == 0:
                chosen = [claim.value for claim in claims.get(field, ())
                          if claim.operation.change.id == decision.parts[4]]
                value = chosen[-1] if chosen else None
            if not is_undone(decision.change) and (outcome == 2 or value is not None):
                standing.setdefault(field, []).append((decision, value))
        return standing

    def standing(self, field, claims):
        """Of each claimant the latest claim, unless what was withdrawn had replaced it."""
        before = [gone for gone in self.gone.values() if field in gone.fields]
        found = []
        for claimant in {claim.claimant for claim in claims}:
            own = [claim for claim in claims if claim.claimant == claimant and not claim.hidden]
            latest = [claim for claim in own if not any(self.saw(other.operation, claim.operation) for other in own)
                      and not any(gone.member == claimant[0] and self.change_saw(gone.id, claim.operation.change.id)
                                  for gone in before)]
            found += latest[-1:]
        return sorted(found, key=lambda claim: claim.operation.order())

    def latest_unseen(self, candidates):
        """Of pairs of an operation and a value the value to be shown."""
        last = max(self.unseen([operation for operation, _ in candidates]), key=Operation.order)
        return [value for operation, value in candidates if operation is last][-1]

    def register(self, field, claims, decisions):
        """Status, standing claims, the value shown if any, decisions in force; None if left out."""
        stand = self.standing(field, claims)
        force = [one for one in decisions if not any(self.saw(other, one[0]) for other, _ in decisions)]
        pairs = [(claim.operation, claim.value) for claim in stand]
        if force:
            return self.decided(claims, stand, decisions, force)
        if not stand:
            withdrawn = any(field in gone.fields for gone in self.gone.values())
            return (WITHDRAWN if withdrawn else RETRACTED, stand, None, force) if withdrawn or claims else None
        if field == encode(SHAPE):
            return AGREED, stand, next(claim.value for claim in claims if not claim.hidden), force
        differ = [(one, other) for one in stand for other in stand if one.value != other.value]
        apart = any(not self.saw(one.operation, other.operation) and not self.saw(other.operation, one.operation)
                    for one, other in differ)
        status = CONCURRENT if apart else CORRECTION if differ else AGREED
        return status, stand, self.latest_unseen(pairs), force

    def decided(self, claims, stand, decisions, force):
        named = {change for decision, _ in decisions for change in decision.parts[2]}

        def settled(claim):
            return any(other.operation.change.id in named and (
                other is claim or other.claimant == claim.claimant and self.saw(other.operation, claim.operation))
                for other in claims)

        values = {value for _, value in force}
        accepted = set(values)
        if None in values:
            accepted |= {claim.value for claim in stand if settled(claim)}
        opened = [claim for claim in stand if not settled(claim) and claim.value not in accepted]
        if len(values) == 1 and not opened:
            value = force[0][1]
            return KEPT_ALL if value is None else DECIDED, stand, value, force
        status = REOPENED if len(values) == 1 else DECISIONS_IN_CONFLICT
        of_claims = stand if values == {None} else opened
        pairs = [(claim.operation, claim.value) for claim in of_claims]
        return status, stand, self.latest_unseen(pairs + [one for one in force if one[1] is not None]), force

    # -------------------------------------------------------------------- sets

    def elements(self, field):
        """The elements present, each with the change of the first add that stands."""
        removes = [each for each in self.of(3) if encode(each.parts[1]) == field]
        found = {}
        for add in self.shown(2):
            for element in map(encode, add.parts[2]) if encode(add.parts[1]) == field else ():
                taken = any(element in map(encode, remove.parts[2]) and self.saw(remove, add)
                            and (remove.member == add.member or remove.change.author.decides) for remove in removes)
                if not taken:
                    found.setdefault(element, add.change.id)
        return found

    # --------------------------------------------------------------- the state

    def state(self):
        claims = self.claims()
        decisions = self.decisions(claims)
        withdrawn = {field for gone in self.gone.values() for field in gone.fields
                     if not reader.is_set(reader.decode(field))}
        registers, visible = [], True
        for field in sorted(set(claims) | set(decisions) | withdrawn):
            register = self.register(field, claims.get(field, []), decisions.get(field, []))
            if register is None:
                continue
            registers.append(encoded_register(field, *register))
            if field == encode(RECORD) and self.whole:
                visible = register[0] not in (AGREED, DECIDED) or register[2] != encode("retracted")
        sets = []
        for field in sorted({encode(add.parts[1]) for add in self.of(2)}):
            elements = self.elements(field)
            if elements:
                pairs = [array([element, encode(change)]) for element, change in elements.items()]
                sets.append(array([field, array(pairs)]))
        beside = [array([encode(each.change.id), encode(each.place), each.raw]) for each in self.shown(*BESIDE)]
        return array([
            encode(self.id), encode(self.kind), array(registers), array(sets), array(beside),
            encode([visible, [[each.change.id, each.place] for each in self.of(5)]]),
            array([self.last(8), self.last(9)]),
            encode([[each.parts[1], each.change.id, each.place] for each in self.shown(13)]),
            array([array([encode(gone.id), encode([change.id for change in gone.by]), array(sorted(gone.fields))])
                   for _, gone in sorted(self.gone.items())]),
            encode(sorted(self.refused)), encode(sorted(self.unknown))])

    def last(self, code):
        unseen = self.unseen(self.of(code))
        if not unseen:
            return encode(None)
        last = max(unseen, key=Operation.order)
        return encode([last.parts[1], last.change.id])

    def heads(self):
        """Of more than 64 in turn the greatest of each device, then the second of each."""
        everything = list(self.by_id) + list(self.gone)
        unseen = [change for change in reversed(self.changes)
                  if not any(self.change_saw(other, change.id) for other in everything)]
        if len(unseen) > HEADS_MAX:
            turns, turn_of = {}, []
            for change in unseen:
                turns[change.device] = turns.get(change.device, 0) + 1
                turn_of.append((turns[change.device], len(turn_of), change))
            firsts = list(dict.fromkeys(change.device for change in unseen))
            turn_of.sort(key=lambda each: (each[0], firsts.index(each[2].device)))
            unseen = [change for _, _, change in turn_of[:HEADS_MAX]]
        return sorted(change.id for change in unseen)


def array(encoded):
    return head(4, len(encoded)) + b"".join(encoded)


def encoded_register(field, status, stand, shown, force):
    values = {}
    for claim in stand:
        change = claim.operation.change
        origin = encode([claim.operation.member, change.device, change.id, change.clock])
        values.setdefault(claim.value, []).append(origin)
    decisions = [array([encode(each.member), encode(each.change.device), encode(each.change.id),
                        encode(each.change.clock)] + ([] if value is None else [value])) for each, value in force]
    return array([field, encode(status), array([array([value, array(values[value])]) for value in sorted(values)]),
                  array([] if shown is None else [shown]), array(decisions)])


def of_vector(case):
    """A case of merge-1.json or merge-2.json [15]."""
    unhex = bytes.fromhex
    authors = {unhex(each["device"]): Author(unhex(each["member"]), each["coordinator"], not each["provisional"])
               for each in case["devices"]}
    changes = [
        Change(unhex(each["id"]), unhex(each["device"]), authors.get(unhex(each["device"])), each["opens"], each["kind"],
               list(map(unhex, each["parents"])), each["clock"], list(map(unhex, each["operations"])),
               unhex(each["erases"]) if "erases" in each else None, each["audience"], each["counts"])
        for each in case["changes"] if case.get("circle", each["audience"][0]) in each["audience"]]
    return Record(unhex(case["record"]), changes, Erasures(changes))
