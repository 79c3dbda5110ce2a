"""Time-stamp tokens (RFC 3161): asking for one, and checking one offline against authorities that somebody trusts.

A request holds the hash of a signed checkpoint and nothing else; since a checkpoint contains a signature, an authority cannot
guess what it stamps. A later checkpoint covers every earlier entry, so one stamp now and then is enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from willakuy.casefile.anchors.der import (
    BOOLEAN,
    INTEGER,
    NULL,
    OCTETS,
    OID,
    SEQUENCE,
    SET,
    TIME,
    Value,
    der,
    der_number,
    oid,
    value_of,
)

_SHA256 = oid("2.16.840.1.101.3.4.2.1")
_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    _SHA256: hashes.SHA256(),
    oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
    oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
}
_SIGNED_DATA, _TST_INFO = oid("1.2.840.113549.1.7.2"), oid("1.2.840.113549.1.9.16.1.4")
_MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
_LONGEST_CHAIN = 8
_DER = serialization.Encoding.DER


class TokenNotValid(ValueError):
    """The token proves nothing; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says: these bytes, by their SHA-256, were there at ``time``. Nothing has been checked yet."""

    digest: bytes
    time: datetime
    serial: int
    info: bytes
    certificates: tuple[x509.Certificate, ...]
    signer: Value

    @property
    def authority(self) -> str:
        """Who the signing certificate says it is."""
        with _readable():
            return self._certificate().subject.rfc4514_string()

    def _certificate(self) -> x509.Certificate:
        sid = self.signer.items()[1]
        for certificate in self.certificates:
            if sid.tag == SEQUENCE:
                issuer, serial = sid.items()
                if certificate.serial_number == serial.number and certificate.issuer.public_bytes() == issuer.raw:
                    return certificate
            elif sid.body == x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest:
                return certificate
        raise TokenNotValid("the certificate of its signer is not in it")

    def check(self, digest: bytes, trusted: Sequence[x509.Certificate]) -> None:
        """Raises ``TokenNotValid`` unless a trusted authority stamped ``digest``."""
        if digest != self.digest:
            raise TokenNotValid("it stamps something else")
        with _readable():
            certificate = self._certificate()
            _check_signature(self, certificate)
            _check_purpose(certificate)
            _check_chain(certificate, self.certificates, trusted, self.time)


def request_for(digest: bytes, nonce: int) -> bytes:
    """A request (``.tsq``) for a stamp on ``digest``, asking for the certificates as well."""
    imprint = der(SEQUENCE, der(SEQUENCE, der(OID, _SHA256), der(NULL)), der(OCTETS, digest))
    return der(SEQUENCE, der_number(1), imprint, der_number(nonce), der(BOOLEAN, b"\xff"))


def read_token(data: bytes) -> Token:
    """A response (``.tsr``) or a bare token.

    Raises:
        TokenNotValid: not one, or the authority refused.
    """
    with _readable():
        return _read(data)


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever is wrong inside a token, and in whatever way the parser of certificates puts it, it is a token not valid."""
    try:
        yield
    except TokenNotValid:
        raise
    except Exception as e:
        raise TokenNotValid(f"it cannot be read ({e})") from e


def _read(data: bytes) -> Token:
    outer = value_of(data).of(SEQUENCE).items()
    if outer[0].tag == SEQUENCE:
        if outer[0].items()[0].of(INTEGER).number not in (0, 1) or len(outer) < 2:
            raise TokenNotValid("the authority refused")
        outer = outer[1].of(SEQUENCE).items()
    if outer[0].of(OID).body != _SIGNED_DATA:
        raise TokenNotValid("it is no signed data")
    _, _, content, *rest = value_of(outer[1].body).of(SEQUENCE).items()
    kind, inner = content.items()
    if kind.body != _TST_INFO:
        raise TokenNotValid("what is signed is no time stamp")
    info = value_of(inner.body).of(OCTETS).body
    _, _, imprint, serial, time, *_ = value_of(info).of(SEQUENCE).items()
    algorithm, digest = imprint.items()
    if algorithm.items()[0].body != _SHA256:
        raise TokenNotValid("it stamps a hash of another kind than SHA-256")
    certificates = [v for part in rest if part.tag == 0xA0 for v in part.items() if v.tag == SEQUENCE]
    (signer,) = rest[-1].of(SET).items()
    return Token(
        digest.of(OCTETS).body,
        _time_of(time.of(TIME).body.decode("ascii")),
        serial.number,
        info,
        tuple(x509.load_der_x509_certificate(v.raw) for v in certificates),
        signer,
    )


def _time_of(text: str) -> datetime:
    whole = text.removesuffix("Z").partition(".")[0]
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _check_signature(token: Token, certificate: x509.Certificate) -> None:
    items = token.signer.items()
    attributes, signature = items[3], items[5].of(OCTETS).body
    algorithm = _HASHES.get(items[2].items()[0].body)
    if attributes.tag != 0xA0 or algorithm is None:
        raise TokenNotValid("it is signed in a way that is not supported")
    found = {a.items()[0].body: a.items()[1].items()[0] for a in attributes.items()}
    digest = hashlib.new(algorithm.name, token.info).digest()
    if _MESSAGE_DIGEST not in found or found[_MESSAGE_DIGEST].body != digest:
        raise TokenNotValid("the signature is of another time stamp")
    raw = certificate.public_bytes(_DER)
    if not any(hashlib.new(name, raw).digest() in attributes.raw for name in ("sha1", "sha256", "sha384", "sha512")):
        raise TokenNotValid("the signature does not name its certificate")
    message = bytes([SET]) + attributes.raw[1:]
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(algorithm))
        else:
            raise TokenNotValid("it is signed in a way that is not supported")
    except InvalidSignature as e:
        raise TokenNotValid("the signature does not hold") from e


def _check_purpose(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as e:
        raise TokenNotValid("its certificate is not for time stamps") from e
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage.value or not usage.critical:
        raise TokenNotValid("its certificate is not for time stamps")


def _check_chain(
    leaf: x509.Certificate,
    between: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    time: datetime,
) -> None:
    """Every certificate from the signer to a trusted one must have been valid at ``time``."""
    at = leaf
    for _ in range(_LONGEST_CHAIN):
        if not at.not_valid_before_utc <= time <= at.not_valid_after_utc:
            raise TokenNotValid("a certificate was not valid at the time it claims")
        if at in trusted:
            return
        above = next((c for c in (*trusted, *between) if c != at and _issued(at, c)), None)
        if above is None:
            break
        at = above
    raise TokenNotValid("no authority you trust stands behind it")


def _issued(certificate: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        constraints = by.extensions.get_extension_for_class(x509.BasicConstraints)
        certificate.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return constraints.value.ca
