"""Checkpoints, receipts and proofs of the log [6]."""
import base64
import re

import cairn_reader as reader
from cairn_reader import need, sha256

LEAVES_MAX = (1 << 53) - 1
RUN_MAX = 65536
PROOF_MAX = 106
NOTE_MAX = 65536
SIGNATURES_MAX = 16
ORIGIN = re.compile("[a-z0-9./-]{1,100}")
SIZE = re.compile("0|[1-9][0-9]{0,15}")
KEY_NAME = re.compile("[!-*,-~]+")
DASH = "\u2014"


def node(left, right):
    return sha256(b"\1" + left + right)


def split(size):
    """The greatest power of two below it."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves):
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    middle = split(len(leaves))
    return node(root(leaves[:middle]), root(leaves[middle:]))


def decode64(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise reader.Refused("base64")
    need(base64.b64encode(data).decode("ascii") == text, "base64 in another spelling")
    return data


class Checkpoint:
    """A signed note, the signature of the log with this origin and key checked."""

    def __init__(self, note, origin, key):
        need(len(note) <= NOTE_MAX, "a note above its limit")
        try:
            text, gap, lines = note.decode("utf-8").rpartition("\n\n")
        except UnicodeDecodeError:
            raise reader.Refused("a note that is not UTF-8")
        need(gap and lines.endswith("\n"), "no signatures after an empty line")
        self.text = text + "\n"
        need(re.fullmatch("[ -~\n]*", self.text), "a character out of place")
        self.signatures = [self.signature(line) for line in lines[:-1].split("\n")]
        need(len(self.signatures) <= SIGNATURES_MAX, "too many signatures")
        by = [(name, key_id) for name, key_id, _ in self.signatures]
        need(len(set(by)) == len(by), "two signatures by one key")
        self.claim(self.text.split("\n"))
        need(self.origin == origin, "of another log")
        key_id = sha256(origin.encode() + b"\n\1" + key)[:4]
        own = [signature for name, its_id, signature in self.signatures if (name, its_id) == (origin, key_id)]
        need(own and reader.verify(key, self.text.encode(), own[0]), "not signed by the log")

    @staticmethod
    def signature(line):
        parts = line.split(" ")
        need(len(parts) == 3 and parts[0] == DASH and KEY_NAME.fullmatch(parts[1]), "no signature line")
        blob = decode64(parts[2])
        need(len(blob) > 4, "a signature too short")
        return parts[1], blob[:4], blob[4:]

    def claim(self, lines):
        need(len(lines) == 4 and lines[3] == "", "not three lines")
        need(ORIGIN.fullmatch(lines[0]) and SIZE.fullmatch(lines[1]), "origin or size")
        self.origin, self.size, self.root = lines[0], int(lines[1]), decode64(lines[2])
        need(self.size <= LEAVES_MAX and len(self.root) == 32, "size or root")
        need(self.size > 0 or self.root == root([]), "root of the empty tree")


class Receipt:
    def __init__(self, encoded, leaves, origin, key):
        fields = reader.decode(encoded)
        need(type(fields) is dict and list(fields) == [1, 2, 3, 4, 5], "fields of a receipt")
        self.generation, self.first, count, self.proof, note = (fields[number] for number in range(1, 6))
        need(all(map(reader.uint, (self.generation, self.first, count))) and type(note) is bytes, "form of a receipt")
        need(reader.list_of(reader.id32, 0, PROOF_MAX)(self.proof), "proof of a receipt")
        need(1 <= count <= RUN_MAX and count == len(leaves), "leaves of a receipt")
        self.checkpoint = Checkpoint(note, origin, key)
        need(self.first + count <= self.checkpoint.size, "leaves outside the tree")
        self.leaves, self.left = leaves, list(self.proof)
        need(self.walk(0, self.checkpoint.size) == self.checkpoint.root, "the proof leads to another root")
        need(not self.left, "hashes left over")

    def walk(self, start, size):
        end = self.first + len(self.leaves)
        if start >= end or start + size <= self.first:
            need(self.left, "a hash is missing")
            return self.left.pop(0)
        if size == 1:
            return self.leaves[start - self.first]
        middle = split(size)
        left = self.walk(start, middle)
        return node(left, self.walk(start + middle, size - middle))


def consistent(first, second, first_root, second_root, proof):
    """Whether the proof of RFC 9162 section 2.1.4 leads from the one tree to the other."""
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == root([])
    left = list(proof)

    def walk(size, of_first, whole):
        """The roots of the first `of_first` leaves of a subtree and of all its `size`."""
        if of_first == size:
            one = first_root if whole else left.pop(0)
            return one, one
        middle = split(size)
        if of_first <= middle:
            one, both = walk(middle, of_first, whole)
            return one, node(both, left.pop(0))
        one, both = walk(size - middle, of_first - middle, False)
        other = left.pop(0)
        return node(other, one), node(other, both)

    try:
        found = walk(second, first, True)
    except IndexError:
        return False
    return not left and found == (first_root, second_root)
