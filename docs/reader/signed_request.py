"""The signature of a request [7], in the one spelling there is."""
import base64
import re

from cairn_reader import need, sha256, verify

INPUT = re.compile(r'cairn=(\("@method" "@path" "@query"( "content-digest")?\)'
                   r';nonce="([A-Za-z0-9_-]{1,64})";keyid="([A-Za-z0-9_-]{43})";tag="cairn")')
SIGNATURE = re.compile("cairn=:([A-Za-z0-9+/]{86}==):")


def encode64(data):
    return base64.b64encode(data).decode("ascii")


def signature_base(method, target, digest, parameters):
    path, _, query = target.partition("?")
    lines = [("@method", method), ("@path", path), ("@query", "?" + query)]
    if digest is not None:
        lines.append(("content-digest", digest))
    lines.append(("@signature-params", parameters))
    return "\n".join('"%s": %s' % line for line in lines)


def check(method, target, body, digest, input_, signature):
    """The base that was signed; `body` is None where it is a stream or there is none."""
    asked, signed = INPUT.fullmatch(input_), SIGNATURE.fullmatch(signature)
    need(asked and signed, "spelling of a header")
    parameters, covers_body, _, device = asked.groups()
    need(not covers_body or digest is not None, "without the digest that was signed")
    base = signature_base(method, target, digest if covers_body else None, parameters)
    raw = base64.b64decode(signed.group(1))
    need(encode64(raw) == signed.group(1), "base64 in another spelling")
    key = base64.urlsafe_b64decode(device + "=")
    need(base64.urlsafe_b64encode(key).decode("ascii") == device + "=", "key id in another spelling")
    need(verify(key, base.encode("utf-8"), raw), "signature of a request")
    if body is not None:
        need(covers_body and digest == "sha-256=:%s:" % encode64(sha256(body)), "digest of the body")
    return base
