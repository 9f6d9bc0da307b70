"""Which changes count [5], by the roster and the changes held."""
from roster import RELEASE


def bounds(roster, device):
    """For each suspension that counts and has a list: changes that count with all they continue, and single ones."""
    for cut in roster.cuts:
        if cut.device == device and cut.last_good is not None:
            releases = [each.content for each in roster.statements if each.kind == RELEASE and roster.stands(each)
                        and each.content[1] == device and cut.statement.id in each.content[2]]
            heads = [change for _, change in cut.last_good]
            heads += [change for content in releases for _, change in content[3]]
            yield heads, {change for content in releases for change in content[4]}


def reached(heads, held):
    found, left = set(), list(heads)
    while left:
        change = left.pop()
        if change not in found:
            found.add(change)
            if change in held:
                left += held[change].previous + held[change].audience_previous
    return found


def counting(roster, changes):
    """Ids of those that count, and of those that would if their device were not suspended."""
    held = {change.id: change for change in changes}
    good, quarantined = set(), set()
    for device in roster.devices():
        own = {change.id for change in changes if change.device == device}
        within = set(own)
        for heads, single in bounds(roster, device):
            within &= reached(heads, held) | single
        good |= within
        quarantined |= own - within
    return good, quarantined
