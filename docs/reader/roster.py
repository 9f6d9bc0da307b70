"""From a set of statements to who is in the space [5], step by step as it stands there."""
from cairn_reader import labelled

GENESIS, INVITATION, ADMISSION, CONFIRMATION, SUSPENSION, EPOCH, GRANT, MOVE, GENERATION, REPLACEMENT, RELEASE = range(1, 12)
RECOVERY, OWNERS, COORDINATORS = range(3)
CAN_BE_VOID = (INVITATION, CONFIRMATION, EPOCH, GRANT, MOVE, GENERATION, RELEASE)


def own_circle(device):
    return labelled("cairn/1/circle-device", device)[:16]


class Authority:
    """Step 1: who has which role, if none of `void` had been signed."""

    def __init__(self, statements, void):
        self.statements = [each for each in statements if each.id not in void]
        genesis = next(each for each in self.statements if each.kind == GENESIS)
        self.recovery = genesis.content[5][0] if 5 in genesis.content else None
        self.heirs = {each.content[1][0] for each in self.of(REPLACEMENT) if self.replaces(each)}
        self.owners = {genesis.content[4][0]} | self.heirs
        self.coordinators, before = self.owners, None
        while self.coordinators != before:
            before = self.coordinators
            self.let_in()

    def of(self, kind):
        return [each for each in self.statements if each.kind == kind]

    def replaces(self, statement):
        return self.recovery is not None and statement.signers == sorted([self.recovery, statement.content[1][0]])

    def let_in(self):
        self.invitations = {each.id: each for each in self.of(INVITATION) if each.signers[0] in self.coordinators}
        self.admissions = {each.id: each for each in self.of(ADMISSION) if self.admits(each)}
        self.confirmed = {each.content[2] for each in self.of(CONFIRMATION) if self.confirms(each)}
        self.best = {}
        for each in self.admissions.values():
            device = each.content[2][0]
            order = each.id not in self.confirmed, -self.role(each), each.id
            if device not in self.best or order < self.best[device][0]:
                self.best[device] = order, each
        self.coordinators = self.owners | {device for device, (order, _) in self.best.items() if order[:2] == (False, -2)}

    def role(self, admission):
        return self.invitations[admission.content[1]].content[2]

    def admits(self, statement):
        invitation = self.invitations.get(statement.content[1])
        return invitation is not None and statement.signers == sorted([statement.content[2][0], invitation.content[1]])

    def confirms(self, statement):
        admission = self.admissions.get(statement.content[2])
        return (statement.signers[0] in self.coordinators and admission is not None
                and admission.content[2][0] == statement.content[1])

    def is_in(self, device):
        return device in self.owners or device in self.best

    def may(self, statement):
        """Whether its signer may sign it."""
        kind, content, signer = statement.kind, statement.content, statement.signers[0]
        if kind == GENESIS:
            return signer == content[4][0]
        if kind == ADMISSION:
            return statement.id in self.admissions
        if kind == REPLACEMENT:
            return self.replaces(statement)
        if kind in (SUSPENSION, RELEASE):
            return self.may_suspend(signer, content[1]) and not (kind == RELEASE and signer == content[1])
        if kind == EPOCH and self.device_of(content[1]) is not None:
            device = self.device_of(content[1])
            return signer == device and [member[0] for member in content[3]] == [device] and 4 not in content
        if kind in (INVITATION, CONFIRMATION, EPOCH, GRANT):
            return signer in self.coordinators and not (kind == GRANT and self.device_of(content[1]) is not None)
        if kind in (MOVE, GENERATION):
            return signer in self.owners
        return any(each in self.coordinators or each == self.recovery for each in statement.signers)

    def may_suspend(self, signer, device):
        if device == self.recovery:
            return False
        above = signer in self.owners or signer == self.recovery
        return above or signer in self.coordinators and device not in self.owners

    def device_of(self, circle):
        return next((device for device in self.owners | set(self.best) if own_circle(device) == circle), None)

    def rank(self, signers):
        if self.recovery in signers:
            return RECOVERY
        return OWNERS if signers[0] in self.owners else COORDINATORS


class Cut:
    """One suspension of one device: the statement may be a replacement, which suspends several."""

    def __init__(self, statement, content):
        self.statement, self.device, self.last_good = statement, content[1], content[2]
        self.standing, self.rank = set(content[3]), None


class Roster:
    def __init__(self, statements):
        self.statements = list({each.id: each for each in statements}.values())
        self.ever = Authority(self.statements, set())
        self.cuts = self.weigh()
        self.void = self.voided(self.cuts)
        self.now = Authority(self.statements, self.void)
        self.suspended = {cut.device for cut in self.cuts}
        self.ever_generations = self.generations(self.ever)
        self.standing_generations = self.generations(self.now)

    # ------------------------------------------------------------------ steps 2 and 3

    def weigh(self):
        candidates = [Cut(each, each.content) for each in self.statements if each.kind == SUSPENSION]
        for each in self.statements:
            if each.kind == REPLACEMENT:
                candidates += [Cut(each, content) for content in each.content[2]]
        counting = []
        for rank in (RECOVERY, OWNERS, COORDINATORS):
            authority = Authority(self.statements, self.voided(counting))
            found = [cut for cut in candidates
                     if authority.rank(cut.statement.signers) == rank and authority.may(cut.statement)
                     and cut.device != authority.recovery
                     and all(cut.statement.id in above.standing for above in counting
                             if above.device in cut.statement.signers)]
            for cut in found:
                cut.rank = rank
            counting = counting + found
        return counting

    def voided(self, cuts):
        void = set()
        for each in self.statements:
            if each.kind in CAN_BE_VOID or each.kind > RELEASE:
                if any(cut.device in each.signers and each.id not in cut.standing for cut in cuts):
                    void.add(each.id)
            if each.kind == RELEASE:
                rank = self.rank_of_release(each)
                if any(cut.device == each.content[1] and cut.statement.id in each.content[2] and cut.rank < rank
                       for cut in cuts):
                    void.add(each.id)
        return void

    def rank_of_release(self, release):
        signer = release.signers[0]
        return RECOVERY if signer in self.ever.heirs else self.ever.rank(release.signers)

    def generations(self, authority):
        """Those that stand; of each number the one that is followed goes on."""
        genesis = next(each for each in self.statements if each.kind == GENESIS)
        origins, keys, standing, number = {genesis.content[1]}, {genesis.content[2]}, set(), 1
        while True:
            found = [each for each in authority.of(GENERATION) if each.content[1] == number and authority.may(each)
                     and each.content[2] not in origins and each.content[3] not in keys]
            if not found:
                return standing
            standing |= {each.id for each in found}
            origins |= {each.content[2] for each in found}
            keys |= {each.content[3] for each in found}
            number += 1

    # ---------------------------------------------------------------------- the state

    def verdict(self, statement):
        if statement.kind > RELEASE:
            if not self.ever.may(statement):
                return "POWERLESS"
            return "NEWER" if statement.id not in self.void and self.now.may(statement) else "VOID"
        if statement.kind == GENERATION:
            ever, now = statement.id in self.ever_generations, statement.id in self.standing_generations
        else:
            ever, now = self.ever.may(statement), self.stands(statement)
        return "STANDS" if now else "VOID" if ever else "POWERLESS"

    def stands(self, statement):
        if statement.kind == SUSPENSION:
            return any(cut.statement is statement for cut in self.cuts)
        return statement.id not in self.void and self.now.may(statement)

    def heads(self):
        powerful = [each for each in self.statements if self.verdict(each) != "POWERLESS"]
        named = {head for each in powerful for head in each.heads}
        return sorted(each.id for each in powerful if each.id not in named)

    def devices(self):
        return sorted(self.now.owners | set(self.now.best))

    def member(self, device):
        now = self.now
        if device in now.owners or now.best[device][1].id not in now.confirmed:
            return device
        invitation = now.invitations[now.best[device][1].content[1]]
        member = invitation.content.get(6)
        if member in now.owners:
            return member if invitation.signers[0] in now.owners else device
        first = member in now.best and 6 not in now.invitations[now.best[member][1].content[1]].content
        return member if first else device

    def role(self, device):
        if device in self.now.owners:
            return "OWNER"
        return "COORDINATOR" if self.now.role(self.now.best[device][1]) == 2 else "REPORTER"

    def state(self, device):
        if device in self.suspended:
            return "SUSPENDED"
        confirmed = device in self.now.owners or self.now.best[device][1].id in self.now.confirmed
        return "CONFIRMED" if confirmed else "PROVISIONAL"

    def decides(self, device):
        lost = any(cut.device == device and cut.last_good is None for cut in self.cuts)
        return device in self.now.coordinators and not lost

    def epochs(self, circle):
        return [each for each in self.statements
                if each.kind == EPOCH and each.content[1] == circle and self.stands(each)]

    def for_writing(self, circle):
        epochs = self.epochs(circle)
        superseded = {old for each in epochs for old in each.content[5]}
        current = [each for each in epochs if each.id not in superseded]
        gone = self.suspended | self.removed(circle)
        return min(current, default=None, key=lambda each: (
            sum(member[0] in gone for member in each.content[3]), each.id))

    def continued(self, epoch, all_epochs):
        """The epochs that one continues, void ones too."""
        found, left = set(), [epoch.id]
        while left:
            for earlier in all_epochs[left.pop()].content[5]:
                if earlier in all_epochs and earlier not in found:
                    found.add(earlier)
                    left.append(earlier)
        return found

    def removed(self, circle):
        """Whom an epoch left out, and nobody who knew of it put back."""
        ever = {each.id: each for each in self.statements
                if each.kind == EPOCH and each.content[1] == circle and self.ever.may(each)}
        named = {each.id: {member[0] for member in each.content[3]} for each in ever.values()}
        standing = self.epochs(circle)
        superseded = {old for each in standing for old in each.content[5]}
        current = sorted(each.id for each in standing if each.id not in superseded)[:64]
        known = {each: self.continued(ever[each], ever) for each in current}
        leaving = {}
        for each in standing:
            for earlier in each.content[5]:
                for device in named.get(earlier, set()) - named[each.id]:
                    leaving.setdefault(device, set()).add(each.id)
        return {device for device, by in leaving.items()
                if not any(device in named[each] and by <= known[each] for each in current)}

    def readers(self, circle):
        sealed = {member[0] for each in self.epochs(circle) for member in each.content[3]}
        if self.epochs(circle):
            sealed |= {each.content[2] for each in self.statements
                       if each.kind == GRANT and each.content[1] == circle and self.stands(each)}
        gone = self.suspended | self.removed(circle)
        readers = {device for device in sealed if self.now.is_in(device) and device not in gone}
        if any(4 in each.content for each in self.epochs(circle)) and self.now.recovery:
            readers.add(self.now.recovery)
        return sorted(readers)
