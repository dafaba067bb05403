#!/usr/bin/env python3
"""A second verifier of a publication, which shares no code with the first one.

    tools/verify.py DIR --fingerprint sha256:…|FILE [--slips DIR] [--json]

Written from docs/formats.md, docs/rules.md and docs/verify.md alone, with Python's standard library and the `openssl`
command (for signatures, and for nothing else). It makes the checks of docs/verify.md under their numbers and gives the
verdict of `sanad verify`: 0 it holds, 1 it does not, 2 this is no publication or no call, 3 evidence is missing.

Two programs by two hands agree on a publication, or one of them is wrong: that is what it is for. It reads pictures
neither of ballots nor of slips; what it does not do is listed under `not_performed`.

The file is read from top to bottom: bounds and reading, signatures, logs, the definition, the record, stations, tables,
seats, the report. Numbers are integers and fractions, never floating point. Whatever the folder holds is somebody's
word, so every read is bounded and everything malformed is a named failure.
"""

import argparse
import base64
import binascii
import copy as copying
import csv
import datetime
import errno
import hashlib
import io
import ipaddress
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import tomllib
import zoneinfo
from collections import Counter, defaultdict, namedtuple
from fractions import Fraction

# ---------------------------------------------------------------------------------------------------------------------
# Bounds (docs/verify.md, "A folder that means harm")

MEGABYTE = 1 << 20
MAX_ENTRIES = 20_000_000
MAX_DEPTH = 12
MAX_TABLE = 16 << 30
MAX_TILE = 16 * MEGABYTE
MAX_STATION_FILE = 64 * MEGABYTE
MAX_FILE = 256 * MEGABYTE
MAX_NOTE = MEGABYTE
MAX_ROW = MEGABYTE
MAX_JSON_DEPTH = 128
MAX_ENVELOPE = 65_535
MAX_PLACES = 1_000
MAX_SIGNATURE_LINES = 1_000

ID = re.compile(r"[a-z0-9][a-z0-9_]{0,39}", re.ASCII)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]{1,255}", re.ASCII)
U64 = (1 << 64) - 1
U32 = (1 << 32) - 1
COUNT = (1 << 53) - 1


class Bad(Exception):
    """Something is not what it should be: a reason code of docs/reasons.md, and what was found."""

    def __init__(self, code, what=""):
        super().__init__(what or code)
        self.code = code
        self.what = what or code


class Absent(Bad):
    """A file that is needed is not there."""


class NotAPublication(Exception):
    """The folder is none at all: exit code 2."""


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def is_id(value):
    return isinstance(value, str) and ID.fullmatch(value) is not None


def is_digest(value):
    return isinstance(value, str) and DIGEST.fullmatch(value) is not None


def is_count(value, most=COUNT):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def from_base64(text):
    """Bytes of a text in the standard alphabet with padding, in its one form."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Bad("json.content", "not base64") from error
    if base64.b64encode(data).decode() != text:
        raise Bad("json.content", "base64 that is not in its one form")
    return data


# ---------------------------------------------------------------------------------------------------------------------
# The report


class Check:
    """One numbered check: how many things were looked at, and what was the matter with which."""

    def __init__(self, number, title):
        self.number = number
        self.title = title
        self.checked = 0
        self.counts = Counter()
        self.detail = []
        self.listed = Counter()

    def look(self, many=1):
        self.checked += many

    def note(self, matter, place, code, what):
        self.counts[matter] += 1
        if self.listed[matter] < MAX_PLACES:
            self.listed[matter] += 1
            self.detail.append({"matter": matter, "place": str(place), "what": printable(what), "code": code})

    def fail(self, place, code, what):
        self.note("failed", place, code, what)

    def missing(self, place, code, what):
        self.note("missing", place, code, what)

    def recorded(self, place, code, what):
        self.note("recorded", place, code, what)

    def withheld(self, place, code, what):
        self.note("withheld", place, code, what)

    def aside(self, place, code, what):
        self.note("aside", place, code, what)

    def bad(self, place, bad):
        """What an exception tells: absence is missing, all else has failed."""
        (self.missing if isinstance(bad, Absent) else self.fail)(place, bad.code, bad.what)

    def verdict(self):
        """Fail beats incomplete; what found nothing to look at proves nothing."""
        if self.counts["failed"]:
            return "fail"
        told = sum(self.counts[matter] for matter in ("recorded", "withheld", "aside"))
        if self.counts["missing"] or not (self.checked or told):
            return "incomplete"
        return "pass"

    def to_json(self):
        told = {matter: self.counts[matter] for matter in ("failed", "missing", "recorded", "withheld", "aside")}
        return {"id": self.number, "title": self.title, "verdict": self.verdict(), "checked": self.checked, **told, "detail": self.detail}


def printable(text, most=500):
    """A text of somebody else's, so that a terminal shows it and does not obey it."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(text))
    return text if len(text) <= most else text[:most] + "…"


# ---------------------------------------------------------------------------------------------------------------------
# Reading files


class Folder:
    """The files of a publication. Links are never followed, and only what the walk has found is opened."""

    def __init__(self, root):
        self.root = root
        self.sizes = {}
        self.folders = set()
        self.hashes = {}
        self.problems = []

    def walk(self):
        """Every entry, by name: ordinary files into `sizes`, all else into `problems`."""
        seen = 0
        waiting = [("", 0)]
        while waiting:
            inside, depth = waiting.pop()
            try:
                entries = sorted(os.scandir(os.path.join(self.root, inside)), key=lambda entry: entry.name)
            except OSError as error:
                self.problems.append((inside or ".", "folder.special", f"cannot be listed: {error.strerror}"))
                continue
            for entry in entries:
                seen += 1
                if seen > MAX_ENTRIES:
                    self.problems.append((inside, "folder.too_many", "has more entries than any publication; the rest is not read"))
                    return
                path = f"{inside}/{entry.name}" if inside else entry.name
                shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                try:
                    kind = entry.stat(follow_symlinks=False)
                except OSError as error:
                    self.problems.append((shown, "folder.special", f"cannot be read: {error.strerror}"))
                    continue
                if stat.S_ISLNK(kind.st_mode):
                    self.problems.append((shown, "folder.link", "is a link; it is not followed"))
                elif PLAIN_NAME.fullmatch(entry.name) is None or entry.name in (".", ".."):
                    self.problems.append((shown, "folder.name", "has a name that no file of a publication has"))
                elif stat.S_ISDIR(kind.st_mode):
                    if depth + 1 > MAX_DEPTH:
                        self.problems.append((shown, "folder.too_deep", "lies deeper than any folder of a publication"))
                    else:
                        self.folders.add(path)
                        waiting.append((path, depth + 1))
                elif not stat.S_ISREG(kind.st_mode):
                    self.problems.append((shown, "folder.special", "is a pipe, socket or device, not an ordinary file"))
                elif kind.st_size > limit_of(path):
                    self.problems.append((shown, "folder.too_large", "is larger than any file of a publication; it is not read"))
                else:
                    self.sizes[path] = kind.st_size

    def open(self, path):
        """A file that the walk has found, without following a link that has taken its place since."""
        if path not in self.sizes:
            raise Absent("file.missing", "is not there")
        try:
            number = os.open(os.path.join(self.root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise Absent("file.missing", f"cannot be opened: {error.strerror}") from error
        file = os.fdopen(number, "rb")
        kind = os.fstat(number)
        if not stat.S_ISREG(kind.st_mode) or kind.st_size > limit_of(path):
            file.close()
            raise Absent("file.missing", "is another file than a moment ago")
        return file

    def hash(self, path):
        """SHA-256 of a file, in hex; read once."""
        if path not in self.hashes:
            hashed = hashlib.sha256()
            left = limit_of(path)
            with self.open(path) as file:
                try:
                    while block := file.read(MEGABYTE):
                        left -= len(block)
                        if left < 0:
                            raise Absent("file.missing", "grows while it is read")
                        hashed.update(block)
                except OSError as error:
                    raise Absent("file.missing", f"cannot be read: {error.strerror}") from error
            self.hashes[path] = hashed.hexdigest()
        return self.hashes[path]

    def read(self, path, most=MAX_FILE):
        """The bytes of a file; other bytes than those that were hashed are not believed."""
        with self.open(path) as file:
            try:
                # As much as is there: Python takes memory for all that it is asked to read.
                data = file.read(min(most, os.fstat(file.fileno()).st_size) + 1)
            except OSError as error:
                raise Absent("file.missing", f"cannot be read: {error.strerror}") from error
        if len(data) > most:
            raise Bad("folder.too_large", "is larger than any file of its kind; it is not read")
        found = hashlib.sha256(data).hexdigest()
        if self.hashes.setdefault(path, found) != found:
            raise Absent("file.missing", "gave other bytes when it was read again")
        return data


# Folders of tables.
TABLE_FOLDERS = ("results/", "docket/", "register/", "transmission/")


def limit_of(path):
    """How large a file of this kind may be."""
    if path.startswith(TABLE_FOLDERS) and path.endswith(".csv") or path in ("privacy.csv", "manifest-sha256.txt"):
        return MAX_TABLE
    if path.startswith(("record/tile/", "intake/tile/")):
        return MAX_TILE
    if path.startswith("stations/"):
        return MAX_STATION_FILE
    return MAX_FILE


def no_duplicates(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Bad("json.form", "a key stands twice")
    return found


def whole(digits):
    if len(digits) > 20:
        raise Bad("json.content", "a number beyond all bounds")
    return int(digits)


def no_fraction(digits):
    raise Bad("json.content", "a number that is not whole")


def parse_json(data):
    """JSON with whole numbers only, without duplicate keys, and no deeper than anything that is published."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Bad("json.form", "is not UTF-8") from error
    try:
        value = json.loads(text, object_pairs_hook=no_duplicates, parse_int=whole, parse_float=no_fraction, parse_constant=no_fraction)
    except (ValueError, RecursionError) as error:
        raise Bad("json.content", "is not JSON, or too deep") from error
    waiting = [(value, 1)]
    while waiting:
        at, depth = waiting.pop()
        if isinstance(at, (dict, list)):
            if depth > MAX_JSON_DEPTH:
                raise Bad("json.content", "is too deep")
            waiting.extend((inner, depth + 1) for inner in (at.values() if isinstance(at, dict) else at))
    return value


def one_form(value):
    """The one text of signed JSON: no white space, keys in their order, escaped only where JSON demands it."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except (UnicodeEncodeError, RecursionError) as error:
        raise Bad("json.form", "cannot be written as UTF-8") from error


def parse_signed_json(data):
    """JSON that is in its one form, byte for byte. The order of keys is for `shape` to see."""
    value = parse_json(data)
    if one_form(value) != data:
        raise Bad("json.form", "is not in its one form")
    return value


class Shape:
    """What a signed object holds: keys in their order, each with what its value must be. `key?` may be left out."""

    def __init__(self, **keys):
        self.keys = [(key.rstrip("_"), ask) for key, ask in keys.items()]
        self.optional = set()

    def may_lack(self, *keys):
        self.optional.update(keys)
        return self

    def __call__(self, value):
        if not isinstance(value, dict):
            return False
        expected = [key for key, _ in self.keys if key in value or key not in self.optional]
        return list(value) == expected and all(ask(value[key]) for key, ask in self.keys if key in value)


def text(value):
    return isinstance(value, str)


def is_blank(value):
    """Nothing but white space, as Unicode has it; for Python four control characters are white space as well."""
    return all(letter.isspace() and letter not in "\x1c\x1d\x1e\x1f" for letter in value)


def a_time(value):
    return isinstance(value, str) and TIME.fullmatch(value) is not None


def is_ahead(day, clock):
    """Whether a day is more than one after that of a clock, whatever its zone; a clock of no day says nothing."""
    return a_day(clock[:10]) and datetime.date.fromisoformat(day) - datetime.date.fromisoformat(clock[:10]) > datetime.timedelta(1)


def a_day(value):
    """A day of the calendar, as 2018-05-13."""
    if not isinstance(value, str) or DAY.fullmatch(value) is None:
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def an_hour(value):
    """An hour of a day, as 2018-05-13T10:30."""
    return isinstance(value, str) and value[10:11] == "T" and a_day(value[:10]) and CLOCK.fullmatch(value[11:]) is not None


def one_of(*words):
    return lambda value: isinstance(value, str) and value in words


def or_null(ask):
    return lambda value: value is None or ask(value)


def list_of(ask):
    return lambda value: isinstance(value, list) and all(map(ask, value))


def set_of(ask):
    """A list that is sorted by bytes and has nothing twice."""
    return lambda value: list_of(ask)(value) and all(one.encode() < other.encode() for one, other in zip(value, value[1:]))


def sorted_map(key, ask):
    """A map whose keys are sorted by bytes."""

    def holds(value):
        if not isinstance(value, dict):
            return False
        keys = list(value)
        return all(map(key, keys)) and keys == sorted(keys, key=lambda k: k.encode("utf-8", "replace")) and all(map(ask, value.values()))

    return holds


def any_of(*asks):
    return lambda value: any(ask(value) for ask in asks)


def number_from(least, most=COUNT):
    return lambda value: is_count(value, most) and value >= least


SCOPE = Shape(election=is_id, round=number_from(1, 255), mode=one_of("official", "rehearsal", "demo"))
CONTENT = Shape(results_manifest=is_digest, images_manifest=is_digest, results=is_digest)
ACCOUNT_FIGURES = ("registered", "checked_in", "received", "used", "spoiled", "unused", "cast", "valid", "blank", "invalid", "unread")
ACCOUNT = Shape(**{figure: or_null(is_count) if figure == "checked_in" else is_count for figure in ACCOUNT_FIGURES})
CONTEST = Shape(
    contest=is_id, ballots=is_count, valid=is_count, blank=is_count, invalid=is_count, votes=sorted_map(is_id, is_count)
)
generation = number_from(1, 65_535)

# ---------------------------------------------------------------------------------------------------------------------
# Signatures

SPKI_P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
SPKI_ED25519 = bytes.fromhex("302a300506032b6570032100")

Key = namedtuple("Key", "der kind id")


def read_key(encoded, kind):
    """A key as the lists have it: the base64 of its SubjectPublicKeyInfo, in the one form of its kind."""
    der = from_base64(encoded)
    prefix, length = (SPKI_P256 + b"\x04", 91) if kind == "p256" else (SPKI_ED25519, 44)
    if not der.startswith(prefix) or len(der) != length:
        raise Bad("key.form", "is no key of the kind that is needed here")
    return Key(der, kind, hashlib.sha256(der).hexdigest())


def is_thing(value):
    """Something to hand over: a leaf about equipment, a seal, a share, or anything else in words."""
    kind, colon, name = value.partition(":") if text(value) else ("", "", "")
    of = {"custody": is_digest, "share": is_id, "seal": lambda name: not is_blank(name), "other": lambda name: not is_blank(name)}
    return bool(colon) and kind in of and of[kind](name)


def in_order(keys, ask):
    """A list of objects that is sorted by these fields and has nothing twice."""

    def holds(value):
        if not list_of(ask)(value):
            return False
        order = [[one[key].encode() for key in keys] for one in value]
        return all(one < other for one, other in zip(order, order[1:]))

    return holds
def read_any_key(encoded):
    """A key of either kind; None if it is neither."""
    for kind in ("ed25519", "p256"):
        try:
            return read_key(encoded, kind)
        except Bad:
            continue
    return None


class Signatures:
    """Asks `openssl` whether signatures hold, many at a time, and remembers what it said."""

    WORKERS = 2 * (os.cpu_count() or 1)

    def __init__(self):
        self.known = {}
        self.wanted = {}
        if shutil.which("openssl") is None:
            raise NotAPublication("the command 'openssl' is needed for signatures; on Debian: apt-get install openssl")

    @staticmethod
    def name(key, message, signature):
        return hashlib.sha256(len(key.der).to_bytes(4, "big") + key.der + len(signature).to_bytes(4, "big") + signature + message).digest()

    def want(self, key, message, signature):
        """Put a signature on the list of those that the next question is about."""
        name = self.name(key, message, signature)
        if name not in self.known:
            self.wanted[name] = (key, message, signature)

    def holds(self, key, message, signature):
        if key.kind == "p256" and not is_low(signature):
            return False
        name = self.name(key, message, signature)
        if name not in self.known:
            self.wanted[name] = (key, message, signature)
            self.ask()
        return self.known[name]

    def ask(self):
        """Ask about all that are wanted: one small shell script a worker, one line a signature."""
        wanted, self.wanted = self.wanted, {}
        if not wanted:
            return
        with tempfile.TemporaryDirectory(prefix="sanad-verify-") as folder:
            keys, lines = set(), []
            for number, (key, message, signature) in enumerate(wanted.values()):
                if key.id not in keys:
                    keys.add(key.id)
                    pem = base64.encodebytes(key.der).replace(b"\n", b"")
                    body = b"\n".join(pem[at : at + 64] for at in range(0, len(pem), 64))
                    put(folder, f"{key.id}.pem", b"-----BEGIN PUBLIC KEY-----\n" + body + b"\n-----END PUBLIC KEY-----\n")
                put(folder, f"{number}.msg", message)
                put(folder, f"{number}.sig", signature)
                ask = (
                    f"openssl dgst -sha256 -verify {key.id}.pem -signature {number}.sig {number}.msg"
                    if key.kind == "p256"
                    else f"openssl pkeyutl -verify -pubin -inkey {key.id}.pem -rawin -in {number}.msg -sigfile {number}.sig"
                )
                lines.append(f"{ask} >/dev/null 2>&1 && echo {number}\n")
            workers = []
            for worker in range(min(self.WORKERS, len(lines))):
                put(folder, f"{worker}.sh", "".join(lines[worker :: self.WORKERS]).encode())
                environment = {"PATH": os.environ.get("PATH", os.defpath), "OPENSSL_CONF": "/dev/null"}
                workers.append(
                    subprocess.Popen(
                        ["sh", f"{worker}.sh"],
                        cwd=folder,
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                        env=environment,
                    )
                )
            said = set()
            for worker in workers:
                said.update(int(line) for line in worker.communicate()[0].split())
        for number, name in enumerate(wanted):
            self.known[name] = number in said


P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def is_low(signature):
    """Of the two ECDSA signatures that say the same, the one with the lower s: nobody can make another of a signed leaf."""
    if len(signature) < 8 or signature[0] != 0x30 or signature[2] != 0x02:
        return False
    at = 4 + signature[3]
    return 0 < int.from_bytes(signature[at + 2 :], "big") <= P256_ORDER // 2


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


Envelope = namedtuple("Envelope", "kind payload signatures message data")
DSSE = Shape(payload=text, payloadType=text, signatures=list_of(Shape(keyid=lambda v: text(v) and HEX64.fullmatch(v) is not None, sig=text)))
PAYLOAD_TYPE = re.compile(r"application/vnd\.sanad\.([a-z_]+)\+json", re.ASCII)


def read_envelope(data):
    """A DSSE envelope in its one form; its signatures are not asked about yet."""
    if len(data) > MAX_ENVELOPE:
        raise Bad("dsse.size", f"the envelope has {len(data)} bytes; at most {MAX_ENVELOPE} fit a log entry")
    try:
        value = parse_signed_json(data)
        if not DSSE(value):
            raise Bad("dsse.form", "not a DSSE envelope in its one form")
        kind = PAYLOAD_TYPE.fullmatch(value["payloadType"])
        if kind is None:
            raise Bad("dsse.kind", "the payload is of no kind that is signed here")
        payload = from_base64(value["payload"])
        signatures = [(line["keyid"], from_base64(line["sig"])) for line in value["signatures"]]
    except Bad as bad:
        if bad.code.startswith("dsse."):
            raise
        raise Bad("dsse.form", f"not a DSSE envelope in its one form: {bad.what}") from bad
    if not signatures:
        raise Bad("dsse.unsigned", "nothing is signed")
    ids = [keyid for keyid, _ in signatures]
    if ids != sorted(set(ids)):
        raise Bad("dsse.order", "the signatures are not one a key, sorted by key id")
    named = value["payloadType"].encode()
    message = b"DSSEv1 %d %s %d %s" % (len(named), named, len(payload), payload)
    return Envelope(kind[1], payload, signatures, message, data)


def signers(envelope, keys, signatures):
    """Those who signed, where every signature is by one of `keys` (key id to (key, owner)) and holds."""
    found = []
    for keyid, signature in envelope.signatures:
        if keyid not in keys:
            raise Bad("dsse.key", f"signed by key {keyid[:16]}…, which may not sign this")
        key, owner = keys[keyid]
        if not signatures.holds(key, envelope.message, signature):
            raise Bad("dsse.signature", f"the signature of key {keyid[:16]}… is not valid")
        found.append(owner)
    return found


def payload_of(envelope, kind, shape, code="dsse.payload"):
    """The payload of an envelope that must be of one kind and shape."""
    if envelope.kind != kind:
        raise Bad("dsse.kind", f"this is a signed '{envelope.kind}', not a '{kind}'")
    try:
        value = parse_signed_json(envelope.payload)
    except Bad as bad:
        raise Bad(code, f"the payload: {bad.what}") from bad
    if not shape(value):
        raise Bad(code, f"the payload of the '{kind}' is not in its one form")
    return value


# ---------------------------------------------------------------------------------------------------------------------
# Signed notes, checkpoints and witnesses

Note = namedtuple("Note", "origin size root text lines")
Policy = namedtuple("Policy", "logs witnesses groups bodies")
Verifier = namedtuple("Verifier", "name number key")


def verifier_id(name, kind, raw):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + raw).digest()[:4]


def short_ids(name, key):
    """By what the lines of a witness's key are found: those under a request, and its cosignatures."""
    return {(kind, verifier_id(name, kind, key.der[12:])) for kind in (0x01, 0x04)}


def read_signed(data):
    """(text, signature lines) of a signed note."""
    if len(data) > MAX_NOTE:
        raise Bad("note.form", "not a signed note: too long")
    try:
        whole_text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Bad("note.form", "not a signed note: not UTF-8") from error
    head, gap, tail = whole_text.rpartition("\n\n")
    if not gap or not tail.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in whole_text):
        raise Bad("note.form", "not a signed note")
    signatures = []
    for line in tail[:-1].split("\n"):
        parts = re.fullmatch(r"— ([^ +]{1,255}) ([A-Za-z0-9+/]+={0,2})", line)
        if parts is None or len(signatures) >= MAX_SIGNATURE_LINES:
            raise Bad("note.form", "not a signed note: a line is no signature")
        try:
            raw = from_base64(parts[2])
        except Bad as bad:
            raise Bad("note.form", "not a signed note: a line is no signature") from bad
        if len(raw) < 5:
            raise Bad("note.form", "not a signed note: a line is no signature")
        signatures.append((parts[1], raw[:4], raw[4:]))
    return head + "\n", signatures


def read_note(data):
    """A checkpoint: a signed note over origin, size and root, with its signature lines."""
    head, signatures = read_signed(data)
    lines = head[:-1].split("\n")
    if len(lines) != 3:
        raise Bad("note.form", "not a signed note over a checkpoint")
    origin, size, root = lines
    if re.fullmatch(r"0|[1-9][0-9]{0,18}", size, re.ASCII) is None:
        raise Bad("note.form", "not a signed note: the size is no number")
    try:
        root = from_base64(root)
    except Bad as bad:
        raise Bad("note.form", "not a signed note: the root is no hash") from bad
    if len(root) != 32:
        raise Bad("note.form", "not a signed note: the root is no hash")
    return Note(origin, int(size), root, head.encode(), signatures)


def log_line(note, name, key):
    """(message, signature) of each line that claims to be the log's own."""
    number = verifier_id(name, 0x01, key.der[12:])
    return [(note.text, signature) for who, n, signature in note.lines if who == name and n == number]


def witness_line(note, verifier, signature):
    """What a witness's line signs: its time, and the text."""
    if len(signature) != 72:
        return None
    seconds = int.from_bytes(signature[:8], "big")
    return b"cosignature/v1\ntime %d\n%s" % (seconds, note.text), signature[8:]


def read_verifier(encoded, kind):
    """A verifier key of a policy: NAME+ID+KEY."""
    parts = encoded.split("+", 2)
    if len(parts) != 3 or not parts[0]:
        raise Bad("policy.form", "not a verifier key")
    raw = from_base64(parts[2])
    if len(raw) != 33 or raw[0] != kind or verifier_id(parts[0], kind, raw[1:]).hex() != parts[1]:
        raise Bad("policy.form", "not a verifier key of this kind")
    return Verifier(parts[0], bytes.fromhex(parts[1]), read_key(base64.b64encode(SPKI_ED25519 + raw[1:]).decode(), "ed25519"))


def read_policy(data):
    """keys/witness-policy.txt: logs, witnesses by name and short id of their key, the bodies of each group, and how many bodies must cosign."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Bad("policy.form", "is not UTF-8") from error
    if lines.pop() != "":
        raise Bad("policy.form", "the last line has no end")
    logs, witnesses, of_body, groups, bodies, ends = [], {}, {}, {}, None, []
    for number, line in enumerate(lines, 1):
        words = line.split(" ")
        try:
            if words[0] == "log" and len(words) == 2 and not witnesses:
                logs.append(read_verifier(words[1], 0x01))
            elif words[0] == "witness" and len(words) == 3 and words[1] not in witnesses:
                witnesses[words[1]] = read_verifier(words[2], 0x04)
            elif words[0] == "group" and words[1].startswith("body:") and words[2] == "any" and len(words) > 3:
                of_body[words[1]] = words[3:]
            elif words[0] == "group" and words[1].startswith("group:") and words[2] == "any" and len(words) > 3:
                groups[words[1]] = words[3:]
            elif words[:2] == ["#", "bodies"] and len(words) == 3 and re.fullmatch("[1-9][0-9]{0,3}", words[2]) and bodies is None:
                bodies = int(words[2])
            elif words[:3] == ["group", "groups", "all"] or words == ["quorum", "groups"]:
                ends.append(words)
            else:
                raise Bad("policy.form", "not a line of a policy")
        except (IndexError, Bad) as bad:
            raise Bad("policy.form", f"line {number}: {bad}") from bad
    everybody = [name for names in of_body.values() for name in names]
    if bodies is None or len(logs) != 2 or ends != [["group", "groups", "all", *groups], ["quorum", "groups"]]:
        raise Bad("policy.form", "lacks logs, bodies or quorum")
    if sorted(everybody) != sorted(witnesses) or sorted(b for names in groups.values() for b in names) != sorted(of_body):
        raise Bad("policy.form", "names witnesses or bodies that it does not have, or one twice")
    body_of = {name: body for body, names in of_body.items() for name in names}
    return Policy(logs, {(v.name, v.number): (v, body_of[name]) for name, v in witnesses.items()}, list(groups.values()), bodies)


def cosigner(name, key, body):
    """A witness of a policy with this key."""
    number = verifier_id(name, 0x04, key.der[12:])
    return {(name, number): (Verifier(name, number, key), body)}


def body_of(policy, name):
    """The body of the witness with this name; nothing where the policy does not name it."""
    return [body for (known, _), (_, body) in policy.witnesses.items() if known == name][:1]


def seen_since(note, policy, signatures):
    """The time of the line, from the earliest on, with which the quorum is met; None where it is not."""
    bodies, seen = set(), []
    for who, number, signature in note.lines:
        verifier, body = policy.witnesses.get((who, number), (None, None))
        line = witness_line(note, verifier, signature) if verifier else None
        if line and signatures.holds(verifier.key, *line):
            seen.append((int.from_bytes(signature[:8], "big"), body))
    for time, body in sorted(seen):
        bodies.add(body)
        if len(bodies) >= policy.bodies and all(bodies.intersection(group) for group in policy.groups):
            return time
    return None


def cosigned(note, policy, signatures):
    """(lines that are by no key of the policy or false, what is short of the quorum or None)."""
    refused, bodies = [], set()
    for who, number, signature in note.lines:
        log = next((log for log in policy.logs if (log.name, log.number) == (who, number)), None)
        if log:
            if not signatures.holds(log.key, note.text, signature):
                refused.append(who)
            continue
        verifier, body = policy.witnesses.get((who, number), (None, None))
        line = witness_line(note, verifier, signature) if verifier else None
        if line and signatures.holds(verifier.key, *line):
            bodies.add(body)
        else:
            refused.append(who)
    short = max(policy.bodies - len(bodies), 0)
    without = [group[0] for group in policy.groups if not bodies.intersection(group)]
    return refused, (short, without) if short or without else None


# ---------------------------------------------------------------------------------------------------------------------
# Merkle logs


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The Merkle tree of RFC 6962 over leaves, with the hash of every whole subtree."""

    def __init__(self, leaves):
        self.levels = [[hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])

    def root(self, size):
        """The root over the first `size` leaves."""
        if size == 0:
            return hashlib.sha256(b"").digest()
        found, at = None, size
        for level, hashes in enumerate(self.levels):
            if at & 1:
                found = hashes[at - 1] if found is None else node(hashes[at - 1], found)
            at >>= 1
            if not at:
                break
        return found


def tile_path(number):
    """N in groups of three digits, all but the last with x."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def tiles_of(size):
    """Every tile that a log of this size has: (path, level or None for entries, number, width)."""
    for level in [None, *range(8)]:
        count = size >> (8 * (level or 0))
        if level and not count:
            return
        for number in range(-(-count // 256)):
            width = min(256, count - 256 * number)
            name = "entries" if level is None else level
            yield f"tile/{name}/{tile_path(number)}" + (f".p/{width}" if width < 256 else ""), level, number, width


def read_entries(data, width):
    """The leaves of a tile of entries: each after its length in two bytes."""
    leaves, at = [], 0
    for _ in range(width):
        if at + 2 > len(data):
            raise Bad("log.tile", "has fewer leaves than its name says")
        length = int.from_bytes(data[at : at + 2], "big")
        at += 2
        if at + length > len(data):
            raise Bad("log.tile", "ends within a leaf")
        leaves.append(data[at : at + length])
        at += length
    if at != len(data):
        raise Bad("log.tile", "has more than its leaves")
    return leaves


class Log:
    """One of the two logs: what its folder gives, and what is the matter with it."""

    def __init__(self, folder, name, check):
        self.name = name
        self.note = None
        self.leaves = None
        self.tree = None
        self.paths = {f"{name}/checkpoint"}
        try:
            self.note = read_note(folder.read(f"{name}/checkpoint", MAX_NOTE))
        except Bad as bad:
            check.bad(f"{name}/checkpoint", bad)
            return
        self.read_tiles(folder, check)

    def read_tiles(self, folder, check):
        leaves, whole_log = [], True
        tiles = []
        # The leaves first; a size that somebody made up ends at the first tile that is not there.
        for path, level, number, width in tiles_of(self.note.size):
            place = f"{self.name}/{path}"
            self.paths.add(place)
            if place not in folder.sizes:
                check.missing(place, "file.missing", "is not there")
                whole_log = False
                if level is None:
                    return
                continue
            if level is not None:
                tiles.append((place, level, number, width))
                continue
            try:
                leaves.extend(read_entries(folder.read(place, MAX_TILE), width))
            except Bad as bad:
                check.bad(place, bad)
                return
        tree = Tree(leaves)
        for place, level, number, width in tiles:
            check.look()
            expected = b"".join(tree.levels[8 * level][256 * number : 256 * number + width])
            try:
                if folder.read(place, MAX_TILE) != expected:
                    check.fail(place, "log.tile", "is not what the leaves give")
            except Bad as bad:
                check.bad(place, bad)
        if tree.root(len(leaves)) != self.note.root:
            check.fail(f"{self.name}/checkpoint", "log.root", "the root of the checkpoint is not that of the leaves")
            return
        check.look(len(leaves))
        if not leaves:
            check.missing(self.name, "log.empty", "has no leaf; nothing is proved by it")
        if whole_log:
            self.leaves, self.tree = leaves, tree

    def signed_by(self, key, origin, signatures, check):
        """The log's own key has signed the checkpoint, under the origin of this election."""
        place = f"{self.name}/checkpoint"
        if self.note is None:
            return
        check.look()
        if self.note.origin != origin:
            check.fail(place, "announcement.origin", f"the checkpoint is of the log '{self.note.origin}'")
            return
        lines = log_line(self.note, origin, key)
        if not lines:
            check.fail(place, "note.unsigned", f"the note is not signed by {origin}")
        elif not all(signatures.holds(key, message, signature) for message, signature in lines):
            check.fail(place, "note.signature", f"the signature of {origin} on the note is not valid")


# ---------------------------------------------------------------------------------------------------------------------
# The definition (docs/definition.md)

LANGUAGES = ("ar", "ckb", "en")
NAMES = tuple(f"name_{language}" for language in LANGUAGES)
KINDS = ("general", "security", "displaced", "displaced_movement", "abroad", "prison", "hospital")
EVIDENCE = ("missing", "arrived", "matched", "confirmed", "order")

# Columns of each table: id, ids, an optional id (id?), a number between bounds, a closed set of words, or text.
TABLES = {
    "constituencies": {"constituency": "id"},
    "offices": {"office": "id"},
    "stations": {
        "station": "id",
        "centre": "id",
        "office": "id",
        "constituencies": "ids",
        "kind": KINDS,
        "register": ("fixed", "conditional"),
        "registered": (1, 100_000),
        "source": "id",
        "count_with": "id?",
    },
    "registrations": {"station": "id", "source": "id", "registered": (0, 100_000)},
    "sources": {"source": "id", "body": "text", "number": "text", "date": "date", "sha256": "digest"},
    "contests": {
        "contest": "id",
        "constituency": "id",
        "kind": ("open_list", "closed_list", "candidates"),
        "vote_for": "number?",
        "seats": (0, 10_000),
        "sheet": (1, 255),
    },
    "reserved": {"contest": "id", "community": "id", "seats": (1, 10_000)},
    "parties": {"party": "id"},
    "lists": {"list": "id", "contest": "id", "number": (1, 1_000_000), "party": "id", "reserved": "id?"},
    "candidates": {
        "candidate": "id",
        "contest": "id",
        "list": "id?",
        "number": (1, 1_000_000),
        "gender": ("woman", "man"),
        "withdrawn": ("no", "yes"),
    },
    "people": {"person": "id", "role": ("board", "officer", "commissioner", "agent"), "party": "id?", "office": "id?"},
    "witnesses": {"witness": "id", "group": "id"},
    "keys/devices": {"device": "id", "station": "id", "key": "p256"},
    "keys/people": {"person": "id", "key": "p256"},
    "keys/services": {"service": ("intake", "centre", "record_log", "intake_log"), "key": "text"},
    "keys/recipients": {"recipient": "id", "age": "age"},
    "keys/witnesses": {"witness": "id", "name": "text", "key": "ed25519"},
    "keys/shares": {"person": "id", "commitment": "digest"},
}
NAMED = {"constituencies", "offices", "stations", "contests", "reserved", "parties", "lists", "candidates", "people", "witnesses"}
MAY_BE_MISSING = {"registrations", "reserved", "parties", "lists"}
KEY_LISTS = ("devices", "people", "recipients", "services", "shares", "witnesses")

SEAT_RULES = {
    "method": None,
    "threshold": None,
    "threshold_of": ("valid", "competing"),
    "threshold_over": ("contest", "election"),
    "threshold_unmet": ("vacant", "waived"),
    "ties_of_lists": ("lot", "most_votes"),
    "ties_of_candidates": ("lot", "list_order"),
    "women": ("none", "quarter_rounded_half_up"),
    "quota_overshoot_step_2": ("serve_all", "stop_at_quota"),
    "quota_overshoot": ("stop_at_quota", "serve_all"),
    "quota_order": ("most_votes", "fewest_votes"),
    "quota_few_women": ("next_step", "forgo"),
    "short_list": ("vacant", "next_quotient"),
}
TOML_TABLES = {
    "announce_by_kind": set(KINDS),
    "votes": {"two_candidates", "withdrawn"},
    "seats": set(SEAT_RULES),
    "marks": {"unmarked_to", "marked_from", "outside_from", "pale_to"},
    "thresholds": {"board", "shares", "witnesses", "officers", "fresh_hours", "lost_witnesses"},
    "privacy": {"cast_vote_records_from", "images_from"},
    "law": {"seats", "candidates_per_seat", "polls_open", "polls_close", "woman_in_each"},
    "equipment": {"required"},
    "docket": {"complaint_days", "appeal_days", "ruling_days", "days", "weekend", "holidays", "day_ends", "contradicting_orders"},
    "isolation": {"interfaces", "listening"},
    "station": {"cards"},
    "findings": {"off", "ballots_over", "voters_over", "turnout", "unbalanced", "alike_from", "sources"},
}
# The rules of findings, and what the keys of [findings] say where they are not written.
SOURCE_KEYS = {"source", "voters", "stations"}
FINDING_RULES = tuple(f"R.{number}" for number in range(501, 510))
USUAL_FINDINGS = {"off": "", "ballots_over": "0", "voters_over": "0", "turnout": "1", "unbalanced": "0", "alike_from": "10"}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TOML_KEYS = {"election", "round", "mode", "date", "time_zone", "languages", "name", "announce", "seats_in", *TOML_TABLES}
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def read_table(data, columns, named, place):
    """Rows of a table of a definition, as dictionaries."""
    try:
        content = data.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except UnicodeDecodeError as error:
        raise Bad("E.104", f"{place} is not UTF-8") from error
    head = content.split("\n", 1)[0]
    if ";" in head and "," in head:
        raise Bad("E.110", f"{place}: commas or semicolons, not both")
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";" if ";" in head else ",", strict=True))
    except csv.Error as error:
        raise Bad("E.110", f"{place}: {error}") from error
    rows = [(line, row) for line, row in enumerate(rows, 1) if any(row)]
    if not rows:
        raise Bad("E.110", f"{place} has no header")
    header = rows[0][1]
    allowed = set(columns) | (set(NAMES) if named else set())
    if len(set(header)) != len(header):
        raise Bad("E.113", f"{place}: a column stands twice")
    if not set(header) <= allowed:
        raise Bad("E.112", f"{place}: a column of another name")
    if not set(columns) <= set(header):
        raise Bad("E.111", f"{place}: a column is missing")
    found = []
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise Bad("E.114", f"{place}:{line}: the row has {len(row)} cells, the header {len(header)}")
        cells = dict(zip(header, row))
        for column, ask in columns.items():
            try:
                cells[column] = read_cell(cells[column], ask)
            except Bad as bad:
                raise Bad(bad.code, f"{place}:{line}: {column}: {bad.what}") from bad
        for name in NAMES if named else ():
            cells.setdefault(name, "")
        found.append(cells)
    return found


def read_cell(cell, ask):
    """The value of a cell of a kind."""
    if ask == "text":
        if not cell or len(cell) > 400 or any(ord(c) < 32 or ord(c) == 127 for c in cell):
            raise Bad("E.121", "no text that may stand here")
        return cell
    if ask == "date":
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell, re.ASCII) is None:
                raise ValueError
            return datetime.date.fromisoformat(cell)
        except ValueError as error:
            raise Bad("E.119", "no date of the calendar") from error
    if ask == "digest":
        if not is_digest(cell):
            raise Bad("E.120", "no SHA-256")
        return cell
    if ask in ("p256", "ed25519"):
        try:
            return read_key(cell, ask)
        except Bad as bad:
            raise Bad("E.190", "no key of this kind") from bad
    if ask == "age":
        if re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", cell, re.ASCII) is None:
            raise Bad("E.192", "no age recipient")
        return cell
    plain = cell.translate(DIGITS)
    if isinstance(ask, tuple) and isinstance(ask[0], int) or ask == "number?":
        if ask == "number?" and not plain:
            return None
        least, most = ask if isinstance(ask, tuple) else (1, 1_000_000)
        if re.fullmatch(r"[0-9]{1,10}", plain, re.ASCII) is None or not least <= int(plain) <= most:
            raise Bad("E.117", "no number within its limits")
        return int(plain)
    if isinstance(ask, tuple):
        if cell not in ask:
            raise Bad("E.118", f"'{printable(cell, 60)}' is not of its words")
        return cell
    if ask == "ids":
        ids = plain.split()
        if not ids or not all(map(is_id, ids)) or len(set(ids)) != len(ids) or len(ids) > 2_000:
            raise Bad("E.116", "no ids")
        return ids
    if not plain and ask == "id?":
        return ""
    if not is_id(plain):
        raise Bad("E.116" if cell else "E.115", "no id")
    return plain


class Definition:
    """The frozen folder: rules, tables and key lists, and how they hang together."""

    def __init__(self, folder):
        self.files = sorted(path.removeprefix("election/") for path in folder.sizes if path.startswith("election/"))
        known = {f"{table}.csv" for table in TABLES} | {"election.toml", "keys/witness-policy.txt"}
        for path in self.files:
            if path not in known:
                raise Bad("E.103", f"{path} is not part of a definition")
        self.toml = self.read_toml(folder.read("election/election.toml"))
        self.tables = {}
        for table, columns in TABLES.items():
            path = f"{table}.csv"
            if path not in self.files and table in MAY_BE_MISSING:
                self.tables[table] = []
                continue
            self.tables[table] = read_table(folder.read(f"election/{path}"), columns, table in NAMED, path)
        self.policy = read_policy(folder.read("election/keys/witness-policy.txt"))
        self.index()
        self.check()

    def read_toml(self, data):
        try:
            toml = tomllib.loads(data.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            raise Bad("E.105", f"election.toml: {error}") from error
        if not set(toml) <= TOML_KEYS:
            raise Bad("E.107", f"election.toml has the key '{min(set(toml) - TOML_KEYS)}'")
        for table, keys in TOML_TABLES.items():
            if table in toml and not (isinstance(toml[table], dict) and set(toml[table]) <= keys):
                raise Bad("E.107", f"election.toml: [{table}] has a key of another name")
        try:
            self.election, self.round, self.mode = toml["election"], toml["round"], toml["mode"]
            self.date, self.languages, self.name = toml["date"], toml["languages"], toml["name"]
            thresholds, privacy = toml["thresholds"], toml["privacy"]
            self.thresholds = {key: thresholds[key] for key in ("board", "shares", "witnesses", "officers")}
            self.lost_witnesses = thresholds.get("lost_witnesses", 255)
            self.privacy = {key: privacy[key] for key in ("cast_vote_records_from", "images_from")}
            self.announce = toml["announce"]
            toml["seats"]["method"], toml["time_zone"]
        except (KeyError, TypeError) as error:
            raise Bad("E.106", f"election.toml lacks the key {error}") from error
        right = is_id(self.election) and number_from(1, 255)(self.round) and self.mode in ("official", "rehearsal", "demo")
        right = right and isinstance(self.date, (datetime.date, str)) and isinstance(self.languages, list) and isinstance(self.name, dict)
        right = right and self.languages and all(one in LANGUAGES for one in self.languages) and len(set(self.languages)) == len(self.languages)
        right = right and all(isinstance(self.name.get(one), str) for one in self.languages)
        right = right and number_from(0, 65535)(thresholds.get("fresh_hours", 0)) and number_from(0, 255)(thresholds.get("lost_witnesses", 0))
        right = right and all(map(is_count, self.thresholds.values())) and all(map(is_count, self.privacy.values()))
        right = right and self.announce in EVIDENCE[1:4] and all(word in EVIDENCE[1:] for word in toml.get("announce_by_kind", {}).values())
        votes = toml.get("votes", {})
        right = right and votes.get("two_candidates", "list_vote") in ("list_vote", "invalid") and votes.get("withdrawn", "valid") in ("valid", "invalid")
        seats_in = toml.get("seats_in", {})
        right = right and isinstance(seats_in, dict) and all(isinstance(rules, dict) for rules in seats_in.values())
        self.docket, self.equipment = toml.get("docket", {}), toml.get("equipment", {})
        right = right and isinstance(self.equipment.get("required", False), bool)
        right = right and toml.get("station", {}).get("cards", "prepared") in ("prepared", "required")
        right = right and all(number_from(0, 255)(self.docket.get(f"{what}_days", 0)) for what in ("complaint", "appeal", "ruling"))
        right = right and self.docket.get("days", "calendar") in ("calendar", "working")
        right = right and self.docket.get("contradicting_orders", "sub_judice") in ("sub_judice", "rank_then_date")
        day_ends, weekend, holidays = self.docket.get("day_ends", "23:59"), self.docket.get("weekend", []), self.docket.get("holidays", [])
        right = right and text(day_ends) and CLOCK.fullmatch(day_ends) is not None and list_of(text)(holidays)
        right = right and list_of(one_of(*WEEK))(weekend) and len(set(weekend)) < len(WEEK)
        self.findings = toml.get("findings", {})
        right = right and all(finding_rule(key, value) is not None for key, value in self.findings.items() if key != "sources")
        self.kind_sources = self.findings.get("sources", {})
        right = right and isinstance(self.kind_sources, dict) and all(isinstance(one, dict) for one in self.kind_sources.values())
        if right and not (set(self.kind_sources) <= set(KINDS) and all(set(one) <= SOURCE_KEYS for one in self.kind_sources.values())):
            raise Bad("E.107", "election.toml: [findings.sources] has a key of another name")
        if right and any(set(one) < SOURCE_KEYS for one in self.kind_sources.values()):
            raise Bad("E.106", "election.toml lacks a key of [findings.sources]")
        right = right and all(is_id(one["source"]) and is_count(one["voters"], 2**32 - 1) and is_count(one["stations"], 2**32 - 1) for one in self.kind_sources.values())
        isolation = toml.get("isolation")
        if isolation is not None:
            if "interfaces" not in isolation:
                raise Bad("E.106", "election.toml lacks the key isolation.interfaces")
            policy = isolation["interfaces"], isolation.get("listening", [])
            right = right and is_policy(*policy)
        if not right:
            raise Bad("E.108", "election.toml: a value is not of the kind that its key asks for")
        if not all(map(a_day, [str(self.date), *holidays])):
            raise Bad("E.119", "election.toml: a day that is not in the calendar")
        if isolation is not None and not are_short(*policy):
            raise Bad("E.176", "election.toml: [isolation] lists something twice, or more than 64 of a kind")
        self.calendar = Calendar(self.docket.get("days", "calendar"), weekend, holidays, day_ends)
        for rules in (toml["seats"], *seats_in.values()):
            for key, value in rules.items():
                if key not in SEAT_RULES:
                    raise Bad("E.107", f"election.toml: '{key}' is no rule for seats")
                seat_rule(key, value)
        self.scope = {"election": self.election, "round": self.round, "mode": self.mode}
        return toml

    def index(self):
        """Tables by id."""

        def by(table, column):
            rows = {}
            for row in self.tables[table]:
                if row[column] in rows:
                    raise Bad("E.130", f"{table}.csv: '{row[column]}' stands for two things")
                rows[row[column]] = row
            return rows

        self.constituencies = by("constituencies", "constituency")
        self.offices = by("offices", "office")
        self.stations = by("stations", "station")
        self.sources = by("sources", "source")
        self.contests = by("contests", "contest")
        self.parties = by("parties", "party")
        self.lists = by("lists", "list")
        self.candidates = by("candidates", "candidate")
        self.people = by("people", "person")
        self.bodies = by("witnesses", "witness")
        self.devices = by("keys/devices", "device")
        self.services = by("keys/services", "service")
        self.person_keys = by("keys/people", "person")
        self.recipients = by("keys/recipients", "recipient")
        by("keys/shares", "person")
        self.letters = {station: [(row["source"], row["registered"])] for station, row in self.stations.items()}
        for row in self.tables["registrations"]:
            if row["station"] not in self.letters or row["source"] in dict(self.letters[row["station"]]):
                raise Bad("E.132", f"registrations.csv: '{row['station']}' and '{row['source']}'")
            self.letters[row["station"]].append((row["source"], row["registered"]))
        for one in self.kind_sources.values():
            if one["source"] not in self.sources:
                raise Bad("E.132", f"election.toml: there is no source '{one['source']}'")
        self.reporting = {station: row for station, row in self.stations.items() if not row["count_with"]}
        self.box = defaultdict(list)
        for station, row in self.stations.items():
            self.box[row["count_with"] or station].append(station)
        self.lists_of = defaultdict(list)
        self.candidates_of = defaultdict(list)
        self.on_list = defaultdict(list)
        for row in self.tables["lists"]:
            self.lists_of[row["contest"]].append(row)
        for row in self.tables["candidates"]:
            self.candidates_of[row["contest"]].append(row)
            if row["list"]:
                self.on_list[row["list"]].append(row)
        self.reserved_of = defaultdict(list)
        for row in self.tables["reserved"]:
            self.reserved_of[row["contest"]].append(row)
        self.options = {
            contest: [row["list"] for row in self.lists_of[contest]] + [row["candidate"] for row in self.candidates_of[contest]]
            for contest in self.contests
        }
        self.contests_of = {
            station: [c for c, contest in self.contests.items() if contest["constituency"] in row["constituencies"]]
            for station, row in self.stations.items()
        }

    def check(self):
        """The rules that let the rest be worked out; the others are for `sanad election check`."""

        def must(holds, code, what):
            if not holds:
                raise Bad(code, what)

        for station, row in self.stations.items():
            must(row["office"] in self.offices, "E.132", f"stations.csv: '{station}': no office '{row['office']}'")
            must(all(c in self.constituencies for c in row["constituencies"]), "E.132", f"stations.csv: '{station}': a constituency")
            must(row["kind"] != "general" or len(row["constituencies"]) == 1, "E.152", f"stations.csv: '{station}'")
            must(row["source"] in self.sources, "E.132", f"stations.csv: '{station}': no letter '{row['source']}'")
            if other := row["count_with"]:
                must(other in self.reporting and other != station, "E.155", f"stations.csv: '{station}': count_with '{other}'")
                same = self.stations[other]["office"] == row["office"]
                must(same and set(row["constituencies"]) <= set(self.stations[other]["constituencies"]), "E.156", f"stations.csv: '{station}'")
        for row in self.tables["registrations"]:
            must(row["source"] in self.sources, "E.132", f"registrations.csv: no letter '{row['source']}'")
        for contest, row in self.contests.items():
            must(row["constituency"] in self.constituencies, "E.132", f"contests.csv: '{contest}'")
            candidates = row["kind"] == "candidates"
            must((row["vote_for"] is not None) == candidates, "E.162", f"contests.csv: '{contest}': vote_for")
            must(self.options[contest], "E.163", f"contests.csv: '{contest}' has nothing to mark")
            must(not (candidates and self.lists_of[contest]), "E.164", f"lists.csv: contest '{contest}'")
            must(not candidates or row["vote_for"] <= len(self.candidates_of[contest]), "E.162", f"contests.csv: '{contest}'")
        for row in self.tables["reserved"]:
            must(row["contest"] in self.contests and self.contests[row["contest"]]["kind"] == "open_list", "E.170", "reserved.csv")
        communities = {(row["contest"], row["community"]) for row in self.tables["reserved"]}
        for row in self.tables["lists"]:
            must(row["contest"] in self.contests and row["party"] in self.parties, "E.132", f"lists.csv: '{row['list']}'")
            must(not row["reserved"] or (row["contest"], row["reserved"]) in communities, "E.172", f"lists.csv: '{row['list']}'")
            must(self.on_list[row["list"]], "E.166", f"lists.csv: '{row['list']}'")
        for row in self.tables["candidates"]:
            contest = self.contests.get(row["contest"])
            must(contest, "E.132", f"candidates.csv: '{row['candidate']}'")
            right = not row["list"] if contest["kind"] == "candidates" else self.lists.get(row["list"], {}).get("contest") == row["contest"]
            must(right and row["candidate"] not in self.lists, "E.165", f"candidates.csv: '{row['candidate']}'")
        for owner, rows in (("list", self.tables["lists"]), ("candidate", self.tables["candidates"])):
            numbers = Counter((row["contest"], row.get("list") if owner == "candidate" else "", row["number"]) for row in rows)
            must(all(many == 1 for many in numbers.values()), "E.131", f"{owner}s.csv: a number stands for two")
        must(all(c in self.contests for c in self.toml.get("seats_in", {})), "E.132", "election.toml: seats_in names no contest")
        roles = Counter(row["role"] for row in self.tables["people"])
        must(2 <= self.thresholds["officers"] <= roles["officer"], "E.143", "thresholds.officers")
        must(2 <= self.thresholds["board"] <= roles["board"], "E.144", "thresholds.board")
        must(2 <= self.thresholds["shares"] <= roles["commissioner"], "E.145", "thresholds.shares")
        must(1 <= self.thresholds["witnesses"] <= len(self.bodies), "E.146", "thresholds.witnesses")
        seats = sum(row["seats"] for row in self.tables["contests"]) + sum(row["seats"] for row in self.tables["reserved"])
        law = self.toml.get("law", {})
        hours = [law.get(key) for key in ("polls_open", "polls_close")]
        for hour in hours:
            must(hour is None or isinstance(hour, str) and re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", hour, re.ASCII), "E.108", f"election.toml: '{hour}' is no hour")
        must(None in hours or hours[0] < hours[1], "E.177", "election.toml: the polls open before they close")
        must("seats" not in law or law["seats"] == seats, "E.173", f"law.seats is {law.get('seats')}, the tables give {seats}")
        keys = [row["key"].der for table in ("devices", "people", "witnesses") for row in self.tables[f"keys/{table}"]]
        self.service_keys = {}
        for service, row in self.services.items():
            try:
                self.service_keys[service] = read_key(row["key"], "ed25519" if service.endswith("_log") else "p256")
            except Bad as bad:
                raise Bad("E.190", f"keys/services.csv: {service}: {bad.what}") from bad
        keys += [key.der for key in self.service_keys.values()]
        must(len(set(keys)) == len(keys), "E.191", "a key stands in two rows")
        must(len(self.service_keys) == 4, "E.193", "keys/services.csv lacks a service")
        must(all(row["station"] in self.stations for row in self.devices.values()), "E.132", "keys/devices.csv names no station")
        must({row["station"] for row in self.devices.values()} >= set(self.reporting), "E.193", "keys/devices.csv lacks a station")
        must(all(person in self.people for person in self.person_keys), "E.132", "keys/people.csv names nobody")
        must(set(self.recipients) == {"centre", *self.offices}, "E.193", "keys/recipients.csv")
        must({row["witness"] for row in self.tables["keys/witnesses"]} == set(self.bodies), "E.193", "keys/witnesses.csv")
        names = [row["name"] for row in self.tables["keys/witnesses"]]
        must(len(set(names)) == len(names), "E.195", "keys/witnesses.csv: a name stands twice")
        for person, row in self.people.items():
            must(row["role"] not in ("board", "officer") or person in self.person_keys, "E.193", f"keys/people.csv: '{person}' has no key")

    def polls_open(self):
        """When the polls open, in POSIX seconds; None where the definition names no hour."""
        hour = self.toml.get("law", {}).get("polls_open")
        if hour is None:
            return None
        try:
            zone = zoneinfo.ZoneInfo(self.toml["time_zone"])
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
            raise Absent("verify.zone", f"this machine has no table of the time zone '{printable(str(self.toml['time_zone']), 60)}'") from error
        day = self.date if isinstance(self.date, datetime.date) else datetime.date.fromisoformat(self.date)
        opens = datetime.datetime.combine(day, datetime.time.fromisoformat(hour), zone)
        return int(opens.timestamp())

    def policy_is_that_of_the_lists(self):
        """The policy file repeats for other programs what the key lists say."""
        logs = [(f"{self.election}/{name}", self.service_keys[f"{name}_log"].der) for name in ("record", "intake")]
        if [(log.name, log.key.der) for log in self.policy.logs] != logs:
            return False
        if self.policy.bodies != self.thresholds["witnesses"]:
            return False
        groups = defaultdict(set)
        for body, row in self.bodies.items():
            groups[row["group"]].add(f"body:{body}")
        if sorted(map(sorted, self.policy.groups)) != sorted(map(sorted, groups.values())):
            return False
        expected = {row["name"]: (row["key"].der, f"body:{row['witness']}") for row in self.tables["keys/witnesses"]}
        return {v.name: (v.key.der, body) for v, body in self.policy.witnesses.values()} == expected

    def people_with(self, role):
        """Key id to (key, person), of those with a role."""
        return {row["key"].id: (row["key"], person) for person, row in self.person_keys.items() if self.people[person]["role"] == role}

    def key_ids(self):
        """The ids of all keys of people, devices and services."""
        rows = [row["key"] for keys in (self.person_keys, self.devices) for row in keys.values()]
        return {key.id for key in (*rows, *self.service_keys.values())}

    def service(self, name):
        key = self.service_keys[name]
        return {key.id: (key, name)}

    def device(self, device):
        key = self.devices[device]["key"]
        return {key.id: (key, device)}

    def names(self, row):
        return [row[name] for name in NAMES]


def is_interface(value):
    return text(value) and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,14}", value, re.ASCII) is not None


def socket_order(value):
    """A socket that waits, `127.0.0.1:80`, `[::1]:80`, `udp/…` or `raw/…`, as a key to sort by; None if it is none in its one form."""
    found = re.fullmatch(r"(udp/|raw/)?(?:([0-9.]{7,15})|\[([0-9a-f:.]{2,45})\]):([1-9][0-9]{0,4})", value, re.ASCII) if text(value) else None
    if found is None or int(found[4]) > 65_535:
        return None
    try:
        address = ipaddress.IPv4Address(found[2]) if found[2] else ipaddress.IPv6Address(found[3])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if found[3] else None
    if (f"::ffff:{mapped}" if mapped else str(address)) != (found[2] or found[3]):
        return None
    return (None, "udp/", "raw/").index(found[1]), address.version, int(address), int(found[4])


def is_policy(interfaces, listening):
    """What `[isolation]` lists: names of interfaces, and sockets that wait."""
    return list_of(is_interface)(interfaces) and list_of(socket_order)(listening)


def are_short(*lists):
    """Whether each of the lists has a thing once, and 64 at most."""
    return all(len(set(one)) == len(one) <= 64 for one in lists)


class Calendar:
    """The days on which deadlines end: `docket.days`, `weekend`, `holidays` and `day_ends` of election.toml."""

    def __init__(self, days, weekend, holidays, day_ends):
        self.working = days == "working"
        self.weekend = {WEEK.index(day) for day in weekend}
        self.holidays = set(holidays)
        self.day_ends = day_ends

    def is_working(self, day):
        return day.weekday() not in self.weekend and day.isoformat() not in self.holidays

    def deadline(self, day, days):
        """The last day that is in time, so many days after a day; None without a deadline, as is one after 9999-12-31."""
        if days is None:
            return None
        day = datetime.date.fromisoformat(day)
        try:
            for _ in range(days):
                day += datetime.timedelta(1)
                while self.working and not self.is_working(day):
                    day += datetime.timedelta(1)
            while not self.is_working(day):
                day += datetime.timedelta(1)
        except OverflowError:
            return None
        return day.isoformat()

    def until(self, day, days):
        """The last minute that is in time."""
        last = self.deadline(day, days)
        return last and f"{last}T{self.day_ends}"


def as_written(value):
    """A fraction as tables write it, not reduced: 1.7 is 17/10, and 4/100 stays. None if it is no fraction of nine digits at most."""
    found = re.fullmatch(r"([0-9]+)(?:\.([0-9]+)|/([0-9]+))?", value, re.ASCII)
    if found is None:
        return None
    whole_part, places, below = found.groups()
    above, below = int(whole_part + (places or "")), int(below) if below else 10 ** len(places or "")
    if len(whole_part + (places or "")) > 9 or not 0 < below < 10**9 or len(found[3] or "") > 9:
        return None
    return f"{above}/{below}" if below != 1 else str(above)


def finding_rule(key, value):
    """A value of [findings] as leaves spell it; None if its key cannot have it."""
    if key == "off":
        return " ".join(sorted(set(value))) if list_of(one_of(*FINDING_RULES))(value) else None
    if key == "turnout":
        share = as_written(value) if isinstance(value, str) else None
        return share if share and 0 < Fraction(share) <= 1 else None
    return str(value) if is_count(value, 2**32 - 1) else None


def seat_rule(key, value):
    """A value of [seats], as the program works with it; E.108 if it is none."""
    if isinstance(value, str):
        if key == "method" and value in ("d-hondt", "sainte-lague", "hare"):
            return value, "1"
        if key == "method" and value.startswith("sainte-lague:") and (first := as_written(value.removeprefix("sainte-lague:"))):
            if 0 < Fraction(first) < 3:
                return "sainte-lague", first if Fraction(first) != 1 else "1"
        if key == "threshold" and (share := as_written(value)) and Fraction(share) < 1:
            return share
        if SEAT_RULES[key] and value in SEAT_RULES[key]:
            return value
    raise Bad("E.108", f"election.toml: '{key}' cannot be '{printable(value, 60)}'")


def spelled(value):
    """A rule's text as leaves spell it: sainte-lague:1.7 is sainte-lague:17/10, and a first divisor of 1 is not told."""
    method, colon, first = (value or "").partition(":")
    number = as_written(first if colon else method)
    if number is None:
        return value
    return number if not colon else f"{method}:{number}" if Fraction(number) != 1 else method


class Rules:
    """The rules of `election.toml` that may be amended after the freeze, as texts by key."""

    def __init__(self, definition):
        toml = definition.toml
        self.definition = definition
        self.texts = {"announce": toml["announce"]}
        self.texts.update({f"announce_by_kind.{kind}": word for kind, word in toml.get("announce_by_kind", {}).items()})
        if "withdrawn" in toml.get("votes", {}):
            self.texts["votes.withdrawn"] = toml["votes"]["withdrawn"]
        self.texts.update({f"seats.{key}": value for key, value in toml["seats"].items()})
        for contest, rules in toml.get("seats_in", {}).items():
            self.texts.update({f"seats_in.{contest}.{key}": value for key, value in rules.items()})
        self.texts.update({f"findings.{key}": finding_rule(key, value) for key, value in definition.findings.items() if key != "sources"})
        if isolation := toml.get("isolation"):
            self.texts.update({f"isolation.{key}": " ".join(isolation.get(key, [])) for key in ("interfaces", "listening")})

    def amend(self, key, before, after):
        """Take up an amendment, or say why it may not stand."""
        parts = key.split(".")
        last = parts[-1]
        if key == "announce":
            words = EVIDENCE[1:4]
        elif parts[0] == "announce_by_kind" and len(parts) == 2 and last in KINDS:
            words = EVIDENCE[1:]
        elif key == "votes.withdrawn":
            words = ("valid", "invalid")
        elif parts[0] == "seats" and len(parts) == 2 and last in SEAT_RULES:
            words = None
        elif parts[0] == "seats_in" and len(parts) == 3 and parts[1] in self.definition.contests and last in SEAT_RULES:
            words = None
        elif parts[0] == "isolation":
            words = None
        elif parts[0] == "findings" and len(parts) == 2 and last != "sources":
            words = None
        else:
            raise Bad("rules.key", f"'{printable(key, 60)}' is no rule that can be amended")
        now, needed = self.said(key), {kind: self.needed(kind) for kind in KINDS}
        if before != now:
            raise Bad("decision.before", f"'{key}' says {now} now, not {before}")
        if parts[0] == "isolation":
            self.amend_isolation(key, after)
        elif parts[0] == "findings":
            self.amend_findings(key, last, after)
        elif after is None:
            if key in ("announce", "seats.method"):
                raise Bad("rules.value", f"'{key}' cannot be left out")
            self.texts.pop(key, None)
        else:
            self.amend_word(key, last, words, after)
        if self.said(key) == now:
            raise Bad("decision.unchanged", f"'{key}' would say what it says now")
        lowered = [kind for kind in KINDS if self.needed(kind) == "arrived" != needed[kind]]
        if lowered:
            raise Bad("rules.lowered", f"with '{key}' as '{after}' one copy alone would do of stations of the kind {lowered[0]}")

    def amend_word(self, key, last, words, after):
        """Take up one of the words of a rule, or what a rule for seats may be."""
        try:
            if words is None:
                seat_rule(last, after)
            elif after not in words:
                raise Bad("rules.value", "is not of its words")
        except Bad as bad:
            raise Bad("rules.value", f"'{key}' cannot be '{printable(after, 60)}'") from bad
        self.texts[key] = after

    def amend_isolation(self, key, after):
        """Take up another list of [isolation]: its items, with spaces between them."""
        items = re.findall(r"[^ \t\n\f\r]+", after or "")
        lists = {"isolation.interfaces": self.texts.get("isolation.interfaces", "").split(), "isolation.listening": self.texts.get("isolation.listening", "").split()}
        is_left_out = key == "isolation.interfaces" and after is None or key == "isolation.listening" and not self.has_policy()
        named = list((lists | {key: items}).values())
        if key not in lists or is_left_out or not is_policy(*named) or not are_short(*named):
            raise Bad("rules.value", f"'{key}' cannot be '{printable(after, 60)}'")
        self.texts.update({one: " ".join(own) for one, own in (lists | {key: items}).items()})

    def amend_findings(self, key, last, after):
        """Take up another value of [findings]: of its list the items with spaces between them, of a number its digits."""
        value = after
        if last == "off":
            value = re.findall(r"[^ \t\n\f\r]+", after or "")
        elif last != "turnout" and after is not None:
            value = int(after) if re.fullmatch("0|[1-9][0-9]{0,9}", after, re.ASCII) else None
        said = USUAL_FINDINGS.get(last) if after is None else last in USUAL_FINDINGS and finding_rule(last, value)
        if not said and said != "":
            raise Bad("rules.value", f"'{key}' cannot be '{printable(after, 60)}'")
        self.texts[key] = said

    def finding(self, key):
        """What a key of [findings] says now."""
        return self.texts.get(f"findings.{key}", USUAL_FINDINGS[key])

    def said(self, key):
        """What a rule says now, as leaves spell it; None where it says nothing."""
        value = self.effective(key)
        return spelled(value) if key.startswith("seats") else value

    def has_policy(self):
        return "isolation.interfaces" in self.texts

    def effective(self, key):
        """What a rule says where its key is not written."""
        if key in self.texts:
            return self.texts[key]
        parts = key.split(".")
        if parts[0] == "seats_in" and f"seats.{parts[2]}" in self.texts:
            return self.texts[f"seats.{parts[2]}"]
        if parts[0] == "votes":
            return "valid"
        if parts[0] == "findings":
            return USUAL_FINDINGS.get(parts[-1])
        words = SEAT_RULES.get(parts[-1])
        return words[0] if words else None

    def needed(self, kind):
        """The evidence that a kind of stations needs to be counted."""
        return self.texts.get(f"announce_by_kind.{kind}", self.texts["announce"])

    def withdrawn(self):
        return self.texts.get("votes.withdrawn", "valid")

    def seats(self, contest):
        """The rules for seats of a contest, each as `seat_rule` reads it, defaults filled in."""
        found = {}
        for key, words in SEAT_RULES.items():
            value = self.texts.get(f"seats_in.{contest}.{key}", self.texts.get(f"seats.{key}"))
            found[key] = seat_rule(key, value) if value is not None else words[0] if words else None
        return found


# ---------------------------------------------------------------------------------------------------------------------
# The record: a fold over its leaves (docs/formats.md, "The record")

Content = namedtuple("Content", "results_manifest images_manifest results")
Import = namedtuple("Import", "leaf medium station device generation label statement content intake account_differs build")
Slip = namedtuple("Slip", "leaf station device generation results zero account contests build message party", defaults=(None,))
Order = namedtuple("Order", "leaf digest station effect counts reason findings supersedes under")
Opening = namedtuple("Opening", "leaf digest station follows bound supersedes reason basis")
Withdrawal = namedtuple("Withdrawal", "leaf digest option candidacy reason basis")
Amendment = namedtuple("Amendment", "leaf key before after reason basis")
Announcement = namedtuple("Announcement", "leaf version results witnessed")
Published = namedtuple("Published", "leaf version manifest")
Ruling = namedtuple("Ruling", "leaf digest body word what")
Decided = namedtuple("Decided", "digest body")
Ratification = namedtuple("Ratification", "digest body word why")
Recount = namedtuple("Recount", "leaf digest station body")
HandCount = namedtuple("HandCount", "leaf digest station ordered agrees paper count")

HEAD = Shape(scope=SCOPE, fingerprint=is_digest, at=a_time).may_lack("fingerprint")
digests = list_of(is_digest)
FORM = Shape(
    capacity=one_of("voter", "candidate", "party_agent", "observer", "staff", "other"),
    party=is_id,
    ground=text,
    paper=is_digest,
    sealed=is_digest,
    redacted=list_of(text),
    filed=an_hour,
).may_lack("party", "sealed")
ACT_KINDS = ("law", "directive", "committee", "minutes", "security_plan", "request", "reply", "allegation", "notice", "attendance", "test_report")
ACT_KINDS += ("contract", "remark", "order", "annulment", "other")
MATTER = any_of(Shape(complaint=is_id), Shape(appeal=is_id), Shape(injunction=is_digest), Shape(station=is_id), Shape(recount=is_id))


def ordered(ask, key):
    """A list without repetition, in the order of `key`."""
    return lambda value: list_of(ask)(value) and all(key(one) < key(next_) for one, next_ in zip(value, value[1:]))


def by_bytes(value):
    return value.encode("utf-8", "replace")


SEEN = Shape(
    up=ordered(
        Shape(name=text, kind=number_from(0, 65_535), link=one_of("carrier", "no_carrier")),
        lambda one: (by_bytes(one["name"]), one["kind"], one["link"]),
    ),
    radios=ordered(text, by_bytes),
    routes=sorted_map(text, number_from(0, U32)),
    listening=ordered(lambda value: socket_order(value) is not None, socket_order),
    unread=ordered(text, by_bytes),
)
SUBJECTS, CLASSES = ("station", "office", "case", "all"), ("results", "slips", "papers", "records", "images")


def is_subject(value):
    word, colon, name = value.partition(":") if text(value) else ("", "", "")
    return value == "all" or bool(colon) and word in SUBJECTS[:3] and is_id(name)


MANDATE = Shape(
    act=is_id,
    issuer=text,
    number=text,
    dated=a_day,
    paper=is_digest,
    scope=ordered(is_subject, lambda one: (SUBJECTS.index(one.partition(":")[0]), one)),
    includes=ordered(one_of(*CLASSES), CLASSES.index),
).may_lack("act")
A_WORD = re.compile(r"[\x20-\x7e]{1,100}", re.ASCII)
MAX_KINDS, MAX_REMARKS = 64, 100


def a_word(value):
    """A name, an address or a code of a transmission report."""
    return text(value) and A_WORD.fullmatch(value) is not None


def a_longer_word(value):
    """A version of TLS and a key exchange."""
    return text(value) and re.fullmatch(r"[\x20-\x7e]{1,201}", value, re.ASCII) is not None


COUNTED = sorted_map(a_longer_word, is_count)
# What the receiving service signs of its report, and what the report adds up to.
REPORTED = Shape(scope=SCOPE, log=Shape(size=is_count, root=is_digest), report=is_digest, bytes=is_count)
TOTALS = Shape(
    **dict.fromkeys(("stations", "packages", "receipts", "attempts", "cut", "bytes"), is_count),
    transports=COUNTED,
    relays=is_count,
    refusals=COUNTED,
    refused_connections=COUNTED,
    remarked=is_count,
    remarks=sorted_map(a_word, one_of("no_attempt", "other_bytes")),
)
BODIES = {
    "freeze": Shape(
        manifest=is_digest,
        witness_policy=is_digest,
        key_lists=sorted_map(text, is_digest),
        recipients=sorted_map(is_id, text),
        share_commitments=sorted_map(is_id, is_digest),
    ),
    "import": Shape(
        medium=one_of("network", "stick"),
        station=is_id,
        device=is_id,
        generation=generation,
        label=is_digest,
        statement=is_digest,
        content=CONTENT,
        intake=Shape(size=is_count, root=is_digest),
        # Where it adds up nothing is said of it.
        account_differs=lambda v: v is True,
        build=is_digest,
    ).may_lack("intake", "account_differs", "build"),
    "refused": Shape(medium=one_of("network", "stick"), station=is_id, label=is_digest, code=text, what=text).may_lack("station"),
    "slip": Shape(codes=list_of(text), party=is_id).may_lack("party"),
    "match": Shape(
        expected=is_count, both=is_count, identical=is_count, differing=list_of(is_id), missing_stick=list_of(is_id), missing_network=list_of(is_id)
    ),
    "order": Shape(
        station=is_id,
        effect=any_of(Shape(count=CONTENT), Shape(count_hand=is_digest), one_of("not_opened", "cancel", "restore")),
        reason=text,
        basis=text,
        evidence=digests,
        findings=lambda value: bool(value) and set_of(one_of(*FINDING_RULES))(value),
        supersedes=digests,
        under=is_digest,
        absent=one_of("lost", "uncollected", "seized", "damaged", "unreadable", "locked", "network_down"),
    ).may_lack("findings", "under", "absent"),
    "opening": Shape(
        station=is_id,
        letters=sorted_map(is_id, is_count),
        follows=is_id,
        bound=is_count,
        reason=text,
        basis=text,
        evidence=digests,
        supersedes=digests,
    ),
    "withdrawal": Shape(
        option=is_id, candidacy=one_of("withdrawn", "stands"), reason=text, basis=text, evidence=digests, supersedes=is_digest
    ).may_lack("supersedes"),
    "amendment": Shape(key=text, before=text, after=text, reason=text, basis=text).may_lack("before", "after"),
    "redaction": Shape(station=is_id, content=CONTENT, withheld=sorted_map(is_id, list_of(number_from(1)))),
    "lot": Shape(outcome=Shape(id=lambda v: text(v) and re.fullmatch("lot_[0-9a-f]{16}", v) is not None, drawn=list_of(is_id)), drawing=text, supersedes=is_digest).may_lack("supersedes"),
    "announcement": Shape(version=number_from(1), results=is_digest, witnessed=text),
    "publication": Shape(version=number_from(1), manifest=is_digest),
    "complaint": Shape(
        case=is_id, about=any_of(Shape(station=is_id), Shape(candidate=is_id), Shape(step=text)), form=FORM, concerns=list_of(is_id)
    ),
    "classification": Shape(
        case=is_id, class_=one_of("red", "yellow", "green", "inadmissible"), reason=text, basis=text, supersedes=is_digest
    ).may_lack("supersedes"),
    "resolution": Shape(
        case=is_id,
        verdict=one_of("upheld", "partly", "dismissed"),
        reason=text,
        basis=text,
        orders=digests,
        served=an_hour,
        supersedes=is_digest,
    ).may_lack("supersedes"),
    "appeal": Shape(case=is_id, against=any_of(Shape(resolution=is_id), Shape(announcement=number_from(0, U32))), served=an_hour, form=FORM),
    "ruling": Shape(
        court=text,
        rank=number_from(0, 255),
        number=text,
        dated=a_day,
        served=an_hour,
        paper=is_digest,
        about=list_of(is_id),
        ruled=any_of(
            one_of("granted", "dismissed"),
            Shape(stays=one_of("announcement", "certification")),
            Shape(lifts=is_digest),
            Shape(permits=list_of(MATTER)),
        ),
    ),
    "certification": Shape(number=number_from(0, U32), version=number_from(0, U32), results=is_digest, despite=is_digest).may_lack("despite"),
    "ratification": Shape(
        certification=number_from(0, 65535),
        contest=is_id,
        candidate=is_id,
        court=text,
        number=text,
        dated=a_day,
        paper=is_digest,
        said=any_of(one_of("ratified"), Shape(sent=text), Shape(withheld=text)),
    ),
    "succession": Shape(
        act=is_id,
        paper=is_digest,
        signed_by=one_of("board", "registrars"),
        ends=set_of(is_id),
        begins=in_order(("person", "seat", "key"), Shape(person=is_id, seat=one_of("board", "officer", "commissioner"), key=text)),
        board=number_from(0, 255),
        handed=set_of(is_thing),
        not_handed=set_of(is_thing),
        shares=is_digest,
        commitments=lambda value: bool(value) and sorted_map(is_id, is_digest)(value),
    ).may_lack("shares", "commitments"),
    "revocation": Shape(person=is_id, reason=text, basis=text),
    "act": Shape(
        act=is_id,
        kind=one_of(*ACT_KINDS),
        issuer=text,
        number=text,
        dated=a_day,
        served=an_hour,
        paper=is_digest,
        effect=text,
        answer_days=number_from(0, 255),
        until=a_day,
        owner=text,
        under=is_id,
        answers=set_of(is_id),
        annuls=set_of(is_id),
        members=list_of(text),
        examined=set_of(is_id),
        cleared=set_of(is_id),
        items=set_of(is_id),
        tested=Shape(scope=text, version=text),
        annexes=sorted_map(text, is_digest),
        supersedes=is_digest,
    ).may_lack("served", "answer_days", "until", "owner", "under", "tested", "supersedes"),
    "equipment": Shape(
        item=is_id,
        kind=one_of("device", "server", "stick", "box", "link"),
        serial=text,
        device=is_id,
        key=text,
        build=is_digest,
        contract=is_id,
        article=text,
        station=is_id,
        supersedes=is_digest,
    ).may_lack("device", "key", "build", "contract", "station", "supersedes"),
    "custody": Shape(
        item=is_id, from_=text, to=text, seals=list_of(text), at=an_hour, place=text, supersedes=is_digest
    ).may_lack("supersedes"),
    "isolation": Shape(step=one_of("import", "imported", "announce", "publish", "asked"), seen=SEEN, outside=list_of(text)),
    "recount": Shape(station=is_id, reason=text, basis=text, evidence=digests, under=is_digest, withdraws=is_digest).may_lack("under", "withdraws"),
    "hand_count": Shape(
        station=is_id, ordered=is_digest, account=ACCOUNT, contests=list_of(CONTEST), paper=is_digest, agrees=CONTENT
    ).may_lack("ordered", "agrees"),
    "export": Shape(mandate=MANDATE, manifest=is_digest, files=is_count, bytes=is_count),
    "transmission": Shape(statement=text, totals=TOTALS),
    "rotation": Shape(request=text, basis=text),
    "witnessed": Shape(checkpoint=text),
}
# What a witness asks for that is to cosign with another key.
ROTATION = re.compile(
    r"sanad witness rotation v1\n(sha256:[0-9a-f]{64})\n([^\n]+)\n([0-9a-f]{64})\n([A-Za-z0-9+/]+=*)\n(planned|lost|stolen)\n"
)
Sight = namedtuple("Sight", "leaf size root since")
# What fixes rules and keys, and what changes them after that.
RULING = {"freeze", "amendment", "succession", "revocation", "rotation"}
Rotated = namedtuple("Rotated", "leaf name cause before after")
# What may change the results that were announced: after it nothing is certified before it is announced anew.
OF_CASES = {"complaint", "classification", "resolution", "appeal", "ruling", "recount"}
CHANGES_RESULTS = {"import", "refused", "slip", "hand_count", "lot", "order", "opening", "withdrawal", "amendment"}


def begun_by(envelope):
    """The keys that a succession lets begin, whatever else is wrong with it."""
    try:
        begins = parse_signed_json(envelope.payload)["body"]["begins"]
        keys = [read_key(one["key"], "p256") for one in begins]
    except (Bad, KeyError, TypeError, AttributeError):
        return {}
    return {key.id: (key, None) for key in keys}


class Record:
    """Everything that the leaves say, and which of them may not stand where they stand."""

    def __init__(self, definition, leaves, signatures, check):
        self.definition = definition
        self.signatures = signatures
        self.check = check
        self.fingerprint, self.size = sha256(leaves[0]), len(leaves)
        self.rules = Rules(definition)
        self.imports, self.refused, self.slips, self.matches = [], [], [], []
        self.orders, self.openings, self.withdrawals, self.amendments = [], [], [], []
        self.lots_before, self.redactions, self.lots, self.announcements, self.publications = [], [], {}, [], []
        self.freeze = None
        self.superseded = set()
        self.last_kind = None
        self.looks, self.at = [], None
        self.complaints, self.classifications, self.resolutions, self.appeals = {}, {}, {}, {}
        self.rulings, self.lifted, self.certifications, self.revoked = {}, set(), [], {}
        self.recounts, self.hand_counts, self.taken_back, self.answered = {}, [], set(), set()
        self.case_of, self.first_of_paper, self.upon = {}, {}, {}
        self.cases_at, self.carried = defaultdict(list), set()
        self.by_leaf, self.brought = {}, set()
        self.changed, self.signed, self.versions, self.indexed = -1, set(), {}, {}
        self.acts, self.first_act, self.items, self.item_of, self.custody = {}, {}, {}, {}, {}
        self.annulling, self.annulled_acts = set(), set()
        self.exports, self.rotations, self.corrections = [], [], []
        self.ruling, self.sights, self.transmissions = [], [], []
        self.ratifications = defaultdict(list)
        self.ratified_ahead, self.after = [], []
        self.successions, self.ended, self.began = [], {}, set()
        self.centre = definition.service("centre")
        self.board_threshold = definition.thresholds["board"]
        self.people_by_role = {role: definition.people_with(role) for role in ("board", "officer", "commissioner", "agent")}
        self.board, self.officers = self.people_by_role["board"], self.people_by_role["officer"]
        self.say_who_signs()
        envelopes = []
        for leaf in leaves:
            try:
                envelopes.append(read_envelope(leaf))
            except Bad as bad:
                envelopes.append(bad)
        # Keys that some leaf lets begin: whether they may sign where they sign is asked in its place.
        begun = {}
        for envelope in envelopes:
            if isinstance(envelope, Envelope) and envelope.kind == "succession":
                begun.update(begun_by(envelope))
        for envelope in envelopes:
            if isinstance(envelope, Envelope):
                own = self.may_sign.get(envelope.kind, {})
                for keyid, signature in envelope.signatures:
                    if found := begun.get(keyid) or own.get(keyid):
                        signatures.want(found[0], envelope.message, signature)
        seen = set()
        for index, (leaf, envelope) in enumerate(zip(leaves, envelopes)):
            check.look()
            try:
                if isinstance(envelope, Bad):
                    raise Bad("record.envelope", f"the leaf is not a signed envelope: {envelope.what}")
                self.last_kind = envelope.kind
                self.take(index, leaf, envelope, seen)
            except Bad as bad:
                check.fail(f"record leaf {index}", bad.code, bad.what)
            seen.add(leaf)
            if self.freeze is None:
                check.missing("record leaf 1", "verify.needs", "needs leaf 0")
                return

    def say_who_signs(self):
        board, officers, centre = self.board, self.officers, self.centre
        may_sign = {"freeze": board, "amendment": board, "import": centre, "refused": centre, "slip": centre}
        may_sign |= {"match": centre, "publication": centre, "complaint": centre, "appeal": centre, "isolation": centre}
        may_sign |= {"witnessed": centre, "transmission": centre}
        may_sign |= {"classification": board | officers, "certification": board, "revocation": board, "rotation": board, "succession": {}}
        self.may_sign = {kind: may_sign.get(kind, officers) for kind in BODIES}

    def signers_of_succession(self, envelope, body):
        """Everybody whose key begins, and the board or the officers, as it says."""
        begins = {}
        for one in body["begins"]:
            try:
                key = read_key(one["key"], "p256")
            except Bad as bad:
                raise Bad("succession.key", f"the key of '{one['person']}' is no P-256 key: {bad.what}") from bad
            begins[key.id] = key, one["person"]
        outgoing = self.board if body["signed_by"] == "board" else self.officers
        needed = self.board_threshold if body["signed_by"] == "board" else self.definition.thresholds["officers"]
        self.signers_that_hold(envelope, {**begins, **outgoing})
        people = {outgoing[keyid][1] for keyid, _ in envelope.signatures if keyid in outgoing}
        if len(people) < needed:
            raise Bad("record.threshold", f"a 'succession' leaf needs {needed} signatures of those whose place is taken; {len(people)} signed")
        signed = {keyid for keyid, _ in envelope.signatures}
        for keyid, (_, person) in begins.items():
            if keyid not in signed:
                raise Bad("succession.possession", f"the key of '{person}' begins, and has not signed")
        return people

    def signers_that_hold(self, envelope, keys):
        for keyid, _ in envelope.signatures:
            if keyid in self.ended and keyid not in keys:
                raise Bad("succession.ended", f"the key of '{self.ended[keyid]}' has ended")
        try:
            return set(signers(envelope, keys, self.signatures))
        except Bad as bad:
            raise Bad("record.signature", f"the signatures of the '{envelope.kind}' leaf do not hold: {bad.what}") from bad

    def take(self, index, leaf, envelope, seen):
        kind = envelope.kind
        if kind not in BODIES:
            raise Bad("record.kind", f"no leaf of the record is of the kind '{kind}'")
        if (index == 0) != (kind == "freeze"):
            raise Bad("record.first", f"a '{kind}' leaf cannot stand here: leaf 0 is the freeze, and it alone")
        if leaf in seen:
            raise Bad("record.repeated", "the same leaf already stands in the record")
        value = payload_of(envelope, kind, Shape(head=HEAD, body=BODIES[kind]), "record.payload")
        head, body = value["head"], value["body"]
        if head["scope"] != self.definition.scope:
            raise Bad("record.scope", "it is signed for another election, round or mode")
        if head.get("fingerprint") != (self.fingerprint if index else None):
            raise Bad("record.fingerprint", f"it names the election fingerprint {head.get('fingerprint')}, which is not this record's")
        if kind == "succession":
            people = self.signers_of_succession(envelope, body)
        else:
            people = self.signers_that_hold(envelope, self.may_sign[kind])
        needed = 1
        if self.may_sign[kind] is self.board:
            needed = self.board_threshold
        elif self.may_sign[kind] is self.officers:
            needed = self.definition.thresholds["officers"]
        elif kind == "classification":
            needed = 1 + self.definition.thresholds["officers"]
            officers = people & {person for _, person in self.officers.values()}
            if officers == people or len(officers) < needed - 1:
                raise Bad("record.threshold", f"a '{kind}' leaf needs a member of the board and {needed - 1} officers; {', '.join(sorted(people))} signed")
        if len(people) < needed:
            raise Bad("record.threshold", f"a '{kind}' leaf needs {needed} signatures of different people; {len(people)} signed")
        if self.may_sign[kind] is not self.centre and (gone := sorted(people & set(self.revoked))):
            raise Bad("record.revoked", f"'{gone[0]}' has signed it, and may sign no more")
        self.signed = people
        if kind in ("order", "recount"):
            self.evidence_without_conflict(body["evidence"])
        if kind != "order" and "reason" in body and (is_blank(body["reason"]) or is_blank(body["basis"])):
            raise Bad("decision.no_reason", "a decision gives its reason and its legal basis")
        self.at = head["at"]
        getattr(self, f"take_{kind}")(index, sha256(leaf), body)
        if kind in CHANGES_RESULTS:
            self.changed = index
        if kind in RULING:
            self.ruling.append((index, kind))
        if kind == "certification":
            self.after = []
        elif self.certifications and (kind in CHANGES_RESULTS or kind in OF_CASES):
            self.after.append((index, kind))

    def station(self, body):
        station = body["station"]
        if station not in self.definition.reporting:
            raise Bad("record.station", f"the station '{station}' is not in the definition, or does not report")
        return station

    def station_or_merged(self, body):
        """A station of the definition, also one that is counted with another: its own package is published, and counts nowhere."""
        station = body["station"]
        if station not in self.definition.stations:
            raise Bad("record.station", f"the station '{station}' is not in the definition")
        return station

    def take_freeze(self, index, digest, body):
        self.freeze, self.holders = body, set(body["share_commitments"])
        self.may_hold, self.commitments = set(self.holders), set(body["share_commitments"].values())

    def take_import(self, index, digest, body):
        station = self.station_or_merged(body)
        if self.definition.devices.get(body["device"], {}).get("station") != station:
            raise Bad("record.device", f"device '{body['device']}' is not listed for station '{station}'")
        if self.definition.equipment.get("required", False) and body["device"] not in self.item_of:
            raise Bad("record.equipment", f"device '{body['device']}' is not in the register of equipment, and the rules ask for it")
        intake = body.get("intake")
        if intake is not None and body["medium"] != "network":
            raise Bad("record.payload", "only what came over the network names an intake checkpoint")
        content, differs = Content(**body["content"]), body.get("account_differs", False)
        self.brought.add((station, content))
        self.imports.append(
            Import(index, body["medium"], station, body["device"], body["generation"], body["label"], body["statement"], content, intake, differs, body.get("build"))
        )

    def take_refused(self, index, digest, body):
        # It may say that it is of a station that there is not: that is why it was refused.
        self.refused.append((index, body))

    def take_slip(self, index, digest, body):
        try:
            slip = read_slip(body["codes"])
            check_slip(slip, self.definition, self.fingerprint, self.signatures)
        except Bad as bad:
            raise Bad("record.slip", f"the slip does not hold: {bad.what}") from bad
        if "party" in body and body["party"] not in self.definition.parties:
            raise Bad("record.slip", f"there is no party '{body['party']}'")
        self.slips.append(slip.figures._replace(leaf=index, party=body.get("party")))

    def take_match(self, index, digest, body):
        given = self.comparison()
        if body != given:
            raise Bad("record.match", f"the comparison says {one_form(body).decode()}, but the leaves before it give {one_form(given).decode()}")
        self.matches.append((index, body))

    def take_order(self, index, digest, body):
        station = self.station(body)
        effect = body["effect"]
        word, counts = next(iter(effect.items())) if isinstance(effect, dict) else (effect, None)
        counts = Content(**counts) if word == "count" else counts
        may_go = (Order, Opening) if word == "not_opened" else Order
        for one in body["supersedes"]:
            if self.named(may_go, one, station) is None:
                raise Bad("record.supersedes", f"it supersedes {one}, which is no order about the same station before it")
        if is_blank(body["reason"]) or is_blank(body["basis"]):
            raise Bad("record.order", "an order gives its reason and its legal basis")
        for rule in body.get("findings", []):
            if rule in self.rules.finding("off").split():
                raise Bad("record.finding", f"it rests on a finding by {rule}, which the rules in force do not ask")
        earlier = [one for one in map(self.by_leaf.get, body["supersedes"]) if isinstance(one, Order)]
        if word == "restore" and not any(one.effect == "cancel" for one in earlier):
            raise Bad("record.order", "it restores what no cancellation that it supersedes has taken away")
        ruling = self.carried_out(body["under"], station) if "under" in body else None
        for one in earlier:
            self.at_least(ruling, one.under, one.digest)
        if word == "count" and (station, counts) not in self.brought:
            raise Bad("record.order", "it counts what no import has brought")
        if word == "count_hand" and self.named(HandCount, counts, station) is None:
            raise Bad("record.order", f"it counts {counts}, which is no count by hand of this station before it")
        self.not_alone(station, counts if word == "count" else None, body.get("absent"))
        self.superseded.update(body["supersedes"])
        self.carried.add(body.get("under"))
        self.enter(self.orders, Order(index, digest, station, word, counts, body["reason"], body.get("findings", []), body["supersedes"], body.get("under")))

    def not_alone(self, station, content, absent):
        """A copy that came by one channel alone is counted where the order says why the other is missing, and a second evidence stands."""
        imports, _ = self.latest(station)
        makers = {one.device for one in imports if one.content == content}
        media = {one.medium for one in imports if one.device in makers}
        if len(media) != 1:
            if absent is not None:
                raise Bad("record.one_channel", f"it says that a copy has not come ('{absent}'), and counts no copy that came alone")
            return
        if absent is None or (absent == "network_down") != (media == {"stick"}):
            raise Bad("record.one_channel", f"one channel alone has come, and '{absent}' does not say why nothing came by the other")
        # Each package holds the codes of its slip: one that nobody is said to hold may be the copy once more.
        by_slip = any(slip.results == content.results and slip.party is not None for slip in self.of_station("slips", station))
        if not by_slip and all(one.agrees != content for one in self.of_station("hand_counts", station)):
            raise Bad("record.second_evidence", "one channel alone has come, and no agent's slip and no count by hand has the figures of that copy")

    def enter(self, among, one):
        """Take up an order, an opening or a count by hand, which later leaves may name."""
        among.append(one)
        self.by_leaf[one.digest] = one

    def named(self, kind, leaf, station):
        """The order, opening or count by hand of a station that a leaf is, or None."""
        one = self.by_leaf.get(leaf)
        return one if isinstance(one, kind) and one.station == station else None

    def take_opening(self, index, digest, body):
        station = body["station"]
        if station not in self.definition.stations:
            raise Bad("record.station", f"the station '{station}' is not in the definition")
        letters = dict(self.definition.letters[station])
        if body["letters"] != letters or body["follows"] not in letters or body["bound"] != letters[body["follows"]]:
            raise Bad("decision.letters", f"the letters of station '{station}' and their figures are not those of the frozen definition")
        for one in body["supersedes"]:
            before = self.named((Opening, Order), one, station)
            if before is None or isinstance(before, Order) and before.effect != "not_opened":
                raise Bad("record.supersedes", f"it supersedes {one}, which is no opening of the same station before it")
        self.superseded.update(body["supersedes"])
        self.enter(self.openings, Opening(index, digest, station, body["follows"], body["bound"], body["supersedes"], body["reason"], body["basis"]))

    def take_withdrawal(self, index, digest, body):
        option = body["option"]
        if option not in self.definition.lists and option not in self.definition.candidates:
            raise Bad("decision.option", f"there is no list or candidate '{option}'")
        if self.definition.candidates.get(option, {}).get("withdrawn") == "yes":
            raise Bad("decision.frozen", f"'{option}' is withdrawn in the frozen definition, which no decision changes")
        standing = self.standing_withdrawal(option)
        if body.get("supersedes") != (standing.digest if standing else None):
            raise Bad("decision.candidacy", f"about '{option}' another decision stands, and this one does not name it")
        if standing is None and body["candidacy"] == "stands":
            raise Bad("decision.not_withdrawn", f"'{option}' stands, so there is no withdrawal to take back")
        self.withdrawals.append(Withdrawal(index, digest, option, body["candidacy"], body["reason"], body["basis"]))

    def standing_withdrawal(self, option):
        return next((one for one in reversed(self.withdrawals) if one.option == option), None)

    def take_amendment(self, index, digest, body):
        if body["key"].startswith("findings.") and self.imports:
            raise Bad("decision.figures_known", f"'{body['key']}' is not changed once figures are known, and an import stands before it")
        self.rules.amend(body["key"], body.get("before"), body.get("after"))
        self.amendments.append(Amendment(index, body["key"], body.get("before"), body.get("after"), body["reason"], body["basis"]))

    def take_redaction(self, index, digest, body):
        station = self.station_or_merged(body)
        content = Content(**body["content"])
        if (station, content) not in self.brought:
            raise Bad("record.payload", "it is about what no import has brought")
        before = self.redacted(station, content) or {}
        for contest, numbers in body["withheld"].items():
            if contest not in self.definition.contests_of[station] or numbers != sorted(set(numbers)):
                raise Bad("record.payload", f"'{contest}' is no contest of the station, or its numbers are not in order")
            new = set(numbers) - before.get(contest, set())
            if numbers and len(new) < self.definition.privacy["images_from"]:
                raise Bad("record.payload", f"hides {len(new)} pictures of '{contest}' anew: fewer than the rules let be hidden")
        self.redactions.append((station, content, {contest: set(numbers) for contest, numbers in body["withheld"].items()}))

    def redacted(self, station, content):
        """Pictures of each contest that are withheld; None where nobody has looked."""
        found = None
        for where, what, withheld in self.redactions:
            if (where, what) == (station, content):
                found = found or {}
                for contest, numbers in withheld.items():
                    found.setdefault(contest, set()).update(numbers)
        return found

    def take_lot(self, index, digest, body):
        lot, named = body["outcome"]["id"], body.get("supersedes")
        standing, _ = self.lots.get(lot, (None, None))
        if named is None and standing is not None:
            raise Bad("record.lot", f"the lot '{lot}' is drawn already")
        if named != standing:
            raise Bad("record.supersedes", f"it supersedes {named}, which is not the leaf that stands about this lot")
        if is_blank(body["drawing"]):
            raise Bad("record.drawing", "a lot says where, before whom and how it was drawn")
        if standing is not None:
            self.lots_before.append((lot, self.lots[lot][1]))
        self.superseded.update([named] if named else [])
        self.lots[lot] = digest, body["outcome"]["drawn"]

    def take_announcement(self, index, digest, body):
        if stays := self.injunctions("announcement"):
            raise Bad("docket.stopped", f"the injunction {stays[0]} stays the announcement")
        if body["version"] != len(self.announcements) + 1:
            raise Bad("record.version", f"version {body['version']} is out of turn: version {len(self.announcements) + 1} is next")
        self.versions[body["version"]] = self.as_it_stands()
        self.announcements.append(Announcement(index, body["version"], body["results"], body["witnessed"]))

    def take_publication(self, index, digest, body):
        self.publications.append(Published(index, body["version"], body["manifest"]))

    # Counts by hand (docs/formats.md, "Counts by hand").

    def take_recount(self, index, digest, body):
        station, taken = self.station(body), body.get("withdraws")
        ruling = self.carried_out(body["under"], station) if "under" in body else None
        if taken is not None:
            self.at_least(ruling, self.recounts[taken].body.get("under") if taken in self.recounts else None, taken)
            self.must_stand(taken, station)
            if taken in self.answered:
                raise Bad("record.hand_count", f"it takes back {taken}, which a count by hand has answered")
            self.taken_back.add(taken)
        self.recounts[digest] = Recount(index, digest, station, body)

    def recount_stands(self, digest):
        """Whether a leaf orders a recount, and was not taken back."""
        return digest in self.recounts and "withdraws" not in self.recounts[digest].body and digest not in self.taken_back

    def take_hand_count(self, index, digest, body):
        ordered = body.get("ordered")
        if ordered in self.recounts:
            self.evidence_without_conflict(self.recounts[ordered].body["evidence"])
        for case in self.cases_at.get(body["station"], ()):
            self.without_conflict(case)
        station = self.station(body)
        if ordered is not None:
            self.must_stand(ordered, station)
        agrees = Content(**body["agrees"]) if "agrees" in body else None
        if agrees and (station, agrees) not in self.brought:
            raise Bad("record.hand_count", "it agrees with what no import has brought")
        if any(0 in contest["votes"].values() for contest in body["contests"]):
            raise Bad("record.hand_count", "it has a 0 among the votes: what has none is left out")
        if [contest["contest"] for contest in body["contests"]] != self.definition.contests_of[station]:
            raise Bad("record.hand_count", "it has other contests than the station, or has them in another order")
        count = count_by_hand(body, self.definition)
        for _, what in figures_problems(count, self.definition, station):
            raise Bad("record.hand_count", f"its figures do not hold: {what}")
        self.enter(self.hand_counts, HandCount(index, digest, station, ordered, agrees, body["paper"], count))
        if ordered is not None:
            self.answered.add(ordered)
            self.carried.add(self.recounts[ordered].body.get("under"))

    def must_stand(self, recount, station):
        if not self.recount_stands(recount) or self.recounts[recount].station != station:
            raise Bad("record.hand_count", f"{recount} is no recount of station '{station}' that stands")

    def recounts_due(self):
        """The recounts that stand and that no count by hand has answered."""
        return [one for one in self.recounts.values() if self.recount_stands(one.digest) and one.digest not in self.answered]

    # The docket (docs/formats.md, "The docket").

    def without_conflict(self, case):
        if concerned := sorted(self.signed & set(self.complaints[case].body["concerns"])):
            raise Bad("docket.conflict", f"the case '{case}' concerns '{concerned[0]}', who has signed")

    def evidence_without_conflict(self, evidence):
        """Nobody decides upon the papers of a case that concerns them."""
        for one in evidence:
            if one in self.case_of:
                self.without_conflict(self.case_of[one])

    def free_case(self, case):
        if case in self.complaints or case in self.appeals:
            raise Bad("docket.case_taken", f"the number '{case}' stands for a case already")

    def in_place_of(self, standing, digest, body):
        """A decision about a complaint names the one whose place it takes, and no other; `case_of` knows those that stand."""
        held = standing.get(body["case"])
        if body.get("supersedes") != (held.digest if held else None):
            raise Bad("docket.beside", f"about '{body['case']}' another decision stands, and this one does not name it")
        self.case_of.pop(body.get("supersedes"), None)
        self.case_of[digest] = body["case"]
        standing[body["case"]] = Decided(digest, body)

    def take_complaint(self, index, digest, body):
        self.free_case(body["case"])
        for person in body["concerns"]:
            if not self.knows(person):
                raise Bad("docket.person", f"there is nobody '{person}' in people.csv")
        self.complaints[body["case"]] = Decided(digest, body)
        self.case_of[digest] = body["case"]
        self.cases_at[body["about"].get("station")].append(body["case"])
        paper, entered = body["form"]["paper"], (body["form"]["filed"], body["case"])
        self.first_of_paper[paper] = min(entered, self.first_of_paper.get(paper, entered))

    def take_classification(self, index, digest, body):
        if body["case"] not in self.complaints:
            raise Bad("docket.case", f"there is no complaint '{body['case']}'")
        self.without_conflict(body["case"])
        self.in_place_of(self.classifications, digest, body)

    def take_resolution(self, index, digest, body):
        for one in body["orders"]:
            if not isinstance(self.by_leaf.get(one), Order):
                raise Bad("docket.order", f"it names {one}, which is no order before it")
        case = body["case"]
        if case not in self.complaints:
            raise Bad("docket.case", f"there is no complaint '{case}'")
        self.without_conflict(case)
        if case not in self.classifications or self.classifications[case].body["class"] == "inadmissible":
            raise Bad("docket.not_admissible", f"the complaint '{case}' is not classified, or is inadmissible")
        self.in_place_of(self.resolutions, digest, body)

    def take_appeal(self, index, digest, body):
        self.free_case(body["case"])
        word, subject = next(iter(body["against"].items()))
        if word == "announcement" and not 1 <= subject <= len(self.announcements):
            raise Bad("docket.announcement", f"version {subject} was not announced")
        if word == "resolution":
            if subject not in self.resolutions:
                raise Bad("docket.case", f"there is no complaint '{subject}', or no resolution of it")
            if body["served"] != self.resolutions[subject].body["served"]:
                raise Bad("docket.served", "it was served at another hour than the resolution that stands")
        self.appeals[body["case"]] = Decided(digest, body)

    def take_ruling(self, index, digest, body):
        ruled = body["ruled"]
        word, what = next(iter(ruled.items())) if isinstance(ruled, dict) else (ruled, None)
        if is_blank(body["court"]) or is_blank(body["number"]) or not body["rank"]:
            raise Bad("docket.ruling", "a ruling has a court, the court's rank from 1, and a number")
        for case in body["about"]:
            if case not in self.appeals:
                raise Bad("docket.case", f"there is no appeal '{case}'")
        for case in body["about"]:
            if "resolution" in self.appeals[case].body["against"]:
                self.without_conflict(self.appeals[case].body["against"]["resolution"])
        if word in ("granted", "dismissed") and not body["about"]:
            raise Bad("docket.ruling", f"it has {word} no appeal")
        for one in [what] if word == "lifts" else [matter["injunction"] for matter in what if "injunction" in matter] if word == "permits" else ():
            given = self.rulings[one].body if self.stands(one) else None
            if given is None or given["rank"] < body["rank"] or given["rank"] == body["rank"] and given["court"] != body["court"]:
                raise Bad("docket.ruling", f"{one} is no injunction that stands, or of another court that is not below")
        if word == "permits" and not what:
            raise Bad("docket.ruling", "it permits nothing")
        opens = self.open_matters() if word == "permits" else ()
        if word == "permits" and any(next(iter(matter.items())) not in opens for matter in what):
            raise Bad("docket.ruling", "it permits what is not open")
        if word == "lifts":
            self.lifted.add(what)
        one = self.rulings[digest] = Ruling(index, digest, body, word, what)
        # Of several upon one appeal that of the highest court holds, then the latest, then the one whose leaf has the greater hash.
        for case in body["about"] if word in ("granted", "dismissed") else ():
            self.upon[case] = max(one, self.upon.get(case, one), key=lambda one: (-one.body["rank"], one.body["dated"], one.digest))

    def take_certification(self, index, digest, body):
        if body["number"] != len(self.certifications) + 1:
            raise Bad("record.version", f"certification {body['number']} is out of turn: {len(self.certifications) + 1} is next")
        latest = self.announcements[-1] if self.announcements else None
        if latest is None or (body["version"], body["results"]) != (latest.version, latest.results):
            raise Bad("docket.version", "it does not name the latest announcement")
        if self.changed > latest.leaf:
            raise Bad("docket.version", f"leaf {self.changed} may have changed what was announced")
        if any(one["version"] == body["version"] for one in self.certifications):
            raise Bad("docket.version", f"version {body['version']} is certified already")
        permitted = set()
        if "despite" in body:
            ruling = self.rulings.get(body["despite"])
            if ruling is None or ruling.word != "permits":
                raise Bad("docket.ruling", f"{body['despite']} is no ruling that permits")
            permitted = {next(iter(matter.items())) for matter in ruling.what}
        for word, name in self.open_matters():
            if (word, name) not in permitted:
                raise Bad("docket.open", f"{word}:{name} is open, and no court permits it")
        self.certifications.append(body)

    def take_ratification(self, index, digest, body):
        said = body["said"]
        word, why = next(iter(said.items())) if isinstance(said, dict) else (said, None)
        if is_blank(body["court"]) or is_blank(body["number"]) or why is not None and is_blank(why):
            raise Bad("ratification.blank", "a ratification has a court, a number, who sent the name, and why it is withheld")
        if body["certification"] != len(self.certifications) or not self.certifications:
            raise Bad("ratification.certification", f"certification {body['certification']} is not the last one")
        name = body["contest"], body["candidate"]
        if self.definition.candidates.get(name[1], {}).get("contest") != name[0]:
            raise Bad("ratification.candidate", f"'{name[1]}' is no candidate of '{name[0]}'")
        if word != "sent" and not any(one.word == "sent" and one.body["dated"] <= body["dated"] for one in self.ratifications[name]):
            raise Bad("ratification.not_sent", f"'{name[1]}' was not sent to a court before that paper")
        for last in self.ratifications[name][-1:]:
            is_answered = last.word != "sent" and last.body["certification"] == body["certification"]
            if body["dated"] < last.body["dated"] or word == "sent" and is_answered:
                raise Bad("ratification.earlier", f"the paper about '{name[1]}' comes before the last one, or sends again what was answered")
        # Clocks refuse nothing: that a paper is dated after its leaf is told.
        if is_ahead(body["dated"], self.at):
            self.ratified_ahead.append((index, name[1]))
        self.ratifications[name].append(Ratification(digest, body, word, why))

    def knows(self, person):
        return person in self.definition.people or person in self.began

    def take_succession(self, index, digest, body):
        if not body["ends"] and not body["begins"]:
            raise Bad("succession.empty", "nobody's key ends or begins")
        act = self.acts.get(body["act"])
        if act is None or act.body["kind"] not in ("law", "order") or body["act"] in self.annulled() or act.body["paper"] != body["paper"]:
            raise Bad("succession.act", f"'{body['act']}' is no law or order with this paper that stands")
        roles = {person: (keyid, key, role) for role, keys in self.people_by_role.items() for keyid, (key, person) in keys.items()}
        ended = dict(self.ended)
        for person in body["ends"]:
            if person not in roles:
                raise Bad("succession.ends", f"'{person}' has no key that could end")
            ended[roles.pop(person)[0]] = person
        for one in body["begins"]:
            person, key = one["person"], read_key(one["key"], "p256")
            if self.knows(person) or person in roles:
                raise Bad("succession.begins", f"'{person}' is the id of somebody already")
            if key.id in self.definition.key_ids() or key.id in ended or key.id in {keyid for keyid, _, _ in roles.values()}:
                raise Bad("succession.key", f"the key of '{person}' was another's")
            roles[person] = key.id, key, one["seat"]
        count = Counter(role for person, (_, _, role) in roles.items() if person not in self.revoked)
        if not 2 <= body["board"] <= count["board"] or count["officer"] < self.definition.thresholds["officers"]:
            raise Bad("succession.threshold", "fewer people could sign than are to sign, or fewer than 2 are to")
        self.check_handed(body)
        self.may_hold |= self.check_commitments(body)
        self.may_hold -= set(body["ends"])
        self.people_by_role = {role: {} for role in self.people_by_role}
        for person, (keyid, key, role) in roles.items():
            self.people_by_role[role][keyid] = key, person
        self.board, self.officers = self.people_by_role["board"], self.people_by_role["officer"]
        self.ended, self.board_threshold = ended, body["board"]
        self.began.update(one["person"] for one in body["begins"])
        self.holders -= set(body["ends"])
        if "commitments" in body:
            self.holders = set(body["commitments"])
            self.commitments.update(body["commitments"].values())
        elif "shares" in body:
            self.holders.update(one["person"] for one in body["begins"] if one["seat"] == "commissioner")
        self.say_who_signs()
        self.successions.append(Decided(digest, body))
        people = " -> ".join(", ".join(names) for names in (body["ends"], [one["person"] for one in body["begins"]]))
        self.check.recorded(f"act {body['act']}", f"succession.{body['signed_by']}", people)

    def check_handed(self, body):
        handed, holders = body["handed"] + body["not_handed"], self.holders
        if len(set(handed)) < len(handed):
            raise Bad("succession.handed", "something is handed over, and is not")
        for kind, name in (thing.split(":", 1) for thing in handed):
            if kind == "custody" and name not in self.custody:
                raise Bad("succession.handed", f"{name} is no hand-over of equipment before it")
            if kind == "share" and name not in holders:
                raise Bad("succession.handed", f"'{name}' holds no share")
        for person in body["ends"]:
            if person in holders and f"share:{person}" not in handed:
                raise Bad("succession.handed", f"nothing is said of the share of '{person}'")
        if any(thing.startswith("share:") for thing in body["handed"]) != ("shares" in body):
            raise Bad("succession.handed", "new commitments stand where a share was handed over, and only there")

    def check_commitments(self, body):
        """Who comes as a commissioner; the new shares, where they are said, are those of commissioners who stay or come."""
        come, new = {one["person"] for one in body["begins"] if one["seat"] == "commissioner"}, body.get("commitments", {})
        if new and "shares" not in body:
            raise Bad("succession.shares", "new shares, and none was handed over")
        for person in sorted(set(new) - ((self.may_hold | come) - set(body["ends"]))):
            raise Bad("succession.shares", f"'{person}' is no commissioner who stays or comes")
        if new and len(new) < self.definition.thresholds["shares"]:
            raise Bad("succession.shares", f"{self.definition.thresholds['shares']} shares open the identity, and there are {len(new)}")
        if len(set(new.values()) | self.commitments) < len(new) + len(self.commitments):
            raise Bad("succession.shares", "a share is another's, or was one before")
        return come

    def take_revocation(self, index, digest, body):
        if not self.knows(body["person"]):
            raise Bad("docket.person", f"there is nobody '{body['person']}' in people.csv")
        self.revoked[body["person"]] = body


    # The registers of acts and equipment (docs/formats.md, "The registers").

    def filled(self, texts):
        if any(map(is_blank, texts)):
            raise Bad("register.blank", "something that must be said is not")

    def correction(self, standing, name, body):
        """An entry names the one whose place it takes, and no other."""
        held = standing.get(name)
        if body.get("supersedes") != (held.digest if held else None):
            raise Bad("register.beside", f"about '{name}' another entry stands, and this one does not name it")

    def entered_again(self, kind, about, digest, body, before):
        """Each field that a correction says otherwise than what it corrects, as JSON text."""
        for field in sorted({*body, *before} - {"supersedes"}):
            told = [json.dumps(one[field], ensure_ascii=False, separators=(",", ":")) if field in one else None for one in (before, body)]
            if told[0] != told[1]:
                self.corrections.append([kind, about, digest, body["supersedes"], field, *told])

    def take_act(self, index, digest, body):
        act, tested = body["act"], body.get("tested", {})
        self.filled([body["issuer"], body["number"], body["effect"], body.get("owner", "-"), *body["members"], *body["annexes"], *tested.values()])
        if body["kind"] == "committee" and not body["members"]:
            raise Bad("register.kind", "a committee names its members")
        if (body["kind"] == "test_report") != bool(tested):
            raise Bad("register.kind", "a test report says what it tested and in which version, no other act does")
        if body["annuls"] and body["kind"] not in ("law", "order", "annulment"):
            raise Bad("register.kind", "it annuls, and is no law, order or annulment")
        if "answer_days" in body and "served" not in body:
            raise Bad("register.served", "it names days for an answer, and no service from which they count")
        self.correction(self.acts, act, body)
        if act in self.acts and self.acts[act].body["kind"] != body["kind"]:
            raise Bad("register.kind", f"it is of another kind than the entry about '{act}' whose place it takes")
        first = self.first_act.get(act, index)
        for named in [*body["answers"], *body["annuls"], *([body["under"]] if "under" in body else [])]:
            if named not in self.acts:
                raise Bad("register.act", f"no act '{named}' stands in the register")
            if self.first_act[named] >= first:
                raise Bad("register.later", f"'{act}' cannot name '{named}', which was not entered before it")
        for station in body["examined"]:
            if station not in self.definition.stations:
                raise Bad("record.station", f"the station '{station}' is not in the definition")
        if uncalled := sorted(set(body["cleared"]) - set(body["examined"])):
            raise Bad("register.cleared", f"the station '{uncalled[0]}' is cleared, and was not examined")
        for item in body["items"]:
            if item not in self.items:
                raise Bad("register.item", f"no item '{item}' stands in the register")
        self.first_act[act] = first
        if act in self.acts:
            self.entered_again("act", act, digest, body, self.acts[act].body)
        self.acts[act] = Decided(digest, body)
        if body["annuls"] or act in self.annulling:
            # A new act that annuls none of those that annul adds to the annulled acts, and changes nothing else.
            if "supersedes" in body or not self.annulling.isdisjoint(body["annuls"]):
                self.annulled_acts = None
            elif self.annulled_acts is not None:
                self.annulled_acts.update(body["annuls"])
            self.annulling.add(act)

    def annulled(self):
        """The acts that an act that is not annulled annuls. As acts name earlier ones alone, they are gone through from the latest on."""
        if self.annulled_acts is None:
            self.annulled_acts = set()
            for act in sorted(self.annulling, key=self.first_act.get, reverse=True):
                if act not in self.annulled_acts:
                    self.annulled_acts.update(self.acts[act].body["annuls"])
        return self.annulled_acts

    def named_by(self):
        """Of each act that is annulled or answered, the acts that stand and do it, by number."""
        annulled, answered = defaultdict(list), defaultdict(list)
        for act, (_, body) in sorted(self.acts.items()):
            if act not in self.annulled():
                for one in body["annuls"]:
                    annulled[one].append(act)
                for one in body["answers"]:
                    answered[one].append(act)
        return annulled, answered

    def is_contract(self, act):
        return act in self.acts and self.acts[act].body["kind"] == "contract" and act not in self.annulled()

    def take_equipment(self, index, digest, body):
        item, device = body["item"], body.get("device")
        self.filled([body["serial"], body["article"]])
        self.correction(self.items, item, body)
        if "station" in body and body["station"] not in self.definition.stations:
            raise Bad("record.station", f"the station '{body['station']}' is not in the definition")
        before = self.items[item].body if item in self.items else body
        if (before["kind"], before.get("device")) != (body["kind"], device):
            raise Bad("register.device", f"it is of another kind or device than the entry about '{item}' whose place it takes")
        if (body["kind"] == "device") != (device is not None) or ("key" in body and device is None):
            raise Bad("register.device", "a device, and no other item, names its id and key")
        if device is not None:
            listed = self.definition.devices.get(device)
            if listed is None or body.get("station") != listed["station"] or body.get("key") != base64.b64encode(listed["key"].der).decode():
                raise Bad("register.device", f"it is not the device '{device}' of the frozen key list, with its key and station")
            if self.item_of.get(device, item) != item:
                raise Bad("register.device", f"the device stands in the register as '{self.item_of[device]}'")
        if "contract" in body and not self.is_contract(body["contract"]):
            raise Bad("register.contract", f"'{body['contract']}' is no contract that stands in the register of acts")
        if device is not None:
            self.item_of[device] = item
        if item in self.items:
            self.entered_again("equipment", item, digest, body, before)
        self.items[item] = Decided(digest, body)

    def take_custody(self, index, digest, body):
        self.filled([body["from"], body["to"], body["place"], *body["seals"]])
        if body["item"] not in self.items:
            raise Bad("register.item", f"no item '{body['item']}' stands in the register")
        before = body.get("supersedes")
        if before is not None and (before not in self.custody or self.custody[before][1]["item"] != body["item"]):
            raise Bad("register.hand_over", f"it supersedes {before}, which is no hand-over of the same item before it")
        first, corrected = self.custody.pop(before, (index, None))
        if corrected is not None:
            self.entered_again("custody", body["item"], digest, body, corrected)
        self.custody[digest] = (first, body)

    def hand_overs(self):
        """The hand-overs of each item, the earliest first: leaf, body, whether it follows the one before, whether its seals are the same."""
        told = defaultdict(list)
        for digest, (_, body) in sorted(self.custody.items(), key=lambda one: (one[1][1]["at"], one[1][0])):
            before = told[body["item"]][-1][1] if told[body["item"]] else None
            told[body["item"]].append((digest, body, before and body["from"] == before["to"], before and body["seals"] == before["seals"]))
        return told

    def take_isolation(self, index, digest, body):
        if not self.rules.has_policy():
            raise Bad("record.isolation", "the rules have no [isolation] to hold a check against")
        outside = self.outside(body["seen"])
        if body["outside"] != outside:
            raise Bad("record.isolation", f"it says that outside the policy is {body['outside']}, but what it saw gives {outside}")
        self.looks.append((index, self.at, body))

    def outside(self, seen):
        """What of a look at the centre's networks the policy does not list."""
        interfaces, listening = (self.rules.texts[f"isolation.{key}"].split() for key in ("interfaces", "listening"))
        # Any interface may be given the name of the loopback, which is of a kind of its own.
        up = [one for one in seen["up"] if one["name"] not in interfaces or one["name"] == "lo" and one["kind"] != 772]
        found = [f"interface {one['name']} ({one['link']})" for one in up]
        found += [f"radio {one}" for one in seen["radios"]]
        found += [f"routes through {name}: {routes}" for name, routes in seen["routes"].items() if name not in interfaces]
        found += [f"socket {one}" for one in seen["listening"] if one not in listening]
        return found + [f"not known: {one}" for one in seen["unread"]]

    def take_transmission(self, index, digest, body):
        """A report of the receiving service by its hash, and what it adds up to; the report itself is V.510's."""
        try:
            envelope = read_envelope(body["statement"].encode("utf-8", "replace"))
            said = payload_of(envelope, "transmission_report", REPORTED)
            signers(envelope, self.definition.service("intake"), self.signatures)
        except Bad as bad:
            raise Bad("record.transmission", f"the statement about the transmission report is not by the receiving service: {bad.what}") from bad
        if said["scope"] != self.definition.scope:
            raise Bad("record.transmission", "the transmission report is of another election, round or mode")
        before = self.transmissions[-1][2]["log"]["size"] if self.transmissions else 0
        if said["log"]["size"] < before:
            raise Bad("record.transmission", f"it goes with {said['log']['size']} leaves of the intake log, and the one before it with {before}")
        totals = body["totals"]
        named = len(totals["remarks"])
        if (
            any(len(totals[kinds]) > MAX_KINDS for kinds in ("transports", "refusals", "refused_connections"))
            or named > min(totals["remarked"], MAX_REMARKS)
            or (named == 0) != (totals["remarked"] == 0)
            or totals["receipts"] > totals["packages"]
            or totals["remarked"] > totals["receipts"]
            or totals["cut"] > totals["attempts"]
        ):
            raise Bad("record.transmission", "the totals of the transmission report are none")
        self.transmissions.append((index, body, said))

    def take_export(self, index, digest, body):
        mandate = body["mandate"]
        if is_blank(mandate["issuer"]) or is_blank(mandate["number"]) or not mandate["scope"] or not mandate["includes"]:
            raise Bad("export.empty", "a mandate has an issuer, a number, a subject, and something that is handed out")
        known = {"station": self.definition.stations, "office": self.definition.offices, "case": self.complaints.keys() | self.appeals.keys(), "all": {""}}
        codes = {"station": "record.station", "office": "export.office", "case": "docket.case"}
        for subject in mandate["scope"]:
            word, _, name = subject.partition(":")
            if name not in known[word]:
                raise Bad(codes[word], f"there is no {word} '{name}'")
        if "act" in mandate:
            act = self.acts.get(mandate["act"])
            annulled = mandate["act"] in self.named_by()[0]
            if act is None or annulled or any(act.body[field] != mandate[field] for field in ("issuer", "number", "dated", "paper")):
                raise Bad("export.act", f"no act '{mandate['act']}' with this issuer, number, date and paper stands in the register")
        self.exports.append((index, body))

    def take_rotation(self, index, digest, body):
        try:
            told, lines = read_signed(body["request"].encode("utf-8", "replace"))
        except Bad as bad:
            raise Bad("rotation.form", f"no request for another witness key: {bad.what}") from bad
        asked = ROTATION.fullmatch(told)
        key = asked and read_any_key(asked[4])
        if key is None:
            raise Bad("rotation.form", "no request for another witness key")
        fingerprint, name, before, _, cause = asked.groups()
        if is_blank(body["basis"]):
            raise Bad("decision.no_reason", "a decision gives its reason and its legal basis")
        if fingerprint != self.fingerprint:
            raise Bad("record.fingerprint", f"it names the election fingerprint {fingerprint}, which is not this record's")
        keys = {row["name"]: row["key"] for row in self.definition.tables["keys/witnesses"]}
        known = {key.der for key in [*keys.values(), *self.definition.service_keys.values(), *(own.after for own in self.rotations)]}
        keys |= {own.name: own.after for own in self.rotations}
        if name not in keys:
            raise Bad("rotation.witness", f"no witness signs under the name '{name}'")
        old = keys[name]
        if old.id != before:
            raise Bad("rotation.before", f"the key that it replaces is not the one that '{name}' cosigns with now")
        had = [old, *(own.before for own in self.rotations if own.name == name)]
        if key.kind != "ed25519" or key.der in known or any(short_ids(name, key) & short_ids(name, one) for one in had):
            raise Bad("rotation.key", f"the new key of '{name}' is no Ed25519 key, or one that a witness or a log has or had")

        def has_signed(key):
            number = verifier_id(name, 0x01, key.der[12:])
            own = [signature for who, n, signature in lines if (who, n) == (name, number)]
            return bool(own) and all(self.signatures.holds(key, told.encode(), signature) for signature in own)

        if not has_signed(key):
            raise Bad("rotation.new_signature", f"the new key of '{name}' has not signed the request")
        by_old = has_signed(old)
        if by_old == (cause == "lost"):
            raise Bad("rotation.old_signature", f"the old key of '{name}' must sign a request unless it is lost, and a lost one cannot have signed")
        if len(lines) != 1 + by_old:
            raise Bad("rotation.form", "a request has lines of others")
        if cause == "lost":
            lost = self.bodies_of({name, *(own.name for own in self.rotations if own.cause == "lost")})
            if self.is_quorum(lost):
                raise Bad("rotation.quorum", f"with the new key of '{name}' the board alone would vouch for keys enough to make a quorum")
            if len(lost) > self.definition.lost_witnesses:
                raise Bad("rotation.quorum", f"with the new key of '{name}' the board alone would vouch for the keys of more bodies than thresholds.lost_witnesses")
        self.rotations.append(Rotated(index, name, cause, old, key))

    def take_witnessed(self, index, digest, body):
        """A checkpoint of leaves before this one, as witnesses had cosigned it; its root is compared where the tree is."""
        try:
            note = read_note(body["checkpoint"].encode("utf-8", "replace"))
        except Bad as bad:
            raise Bad("witnessed.form", f"what it keeps is no signed checkpoint: {bad.what}") from bad
        origin, key = f"{self.definition.election}/record", self.definition.service_keys["record_log"]
        lines = log_line(note, origin, key)
        if note.origin != origin or not lines or not all(self.signatures.holds(key, *line) for line in lines):
            raise Bad("witnessed.log", "the checkpoint that it keeps is not signed by the log of this record")
        if not 0 < note.size <= index:
            raise Bad("witnessed.size", f"the checkpoint that it keeps is of {note.size} leaves, and {index} stand before it")
        # With a key that was lost or stolen since, anybody can put any time on an old checkpoint.
        _, note = self.for_intake(note)
        policy = self.policy_at(note.size)
        refused, _ = cosigned(note, policy, self.signatures)
        if refused:
            raise Bad("witnessed.line", f"the signature line of '{refused[0]}' on the checkpoint that it keeps is by no key of the policy or false")
        since = seen_since(note, policy, self.signatures)
        if since is None:
            raise Bad("witnessed.quorum", "too few witnesses have cosigned the checkpoint that it keeps")
        self.sights.append(Sight(index, note.size, note.root, since))

    def bodies_of(self, names):
        return {row["witness"] for row in self.definition.tables["keys/witnesses"] if row["name"] in names}

    def is_quorum(self, bodies):
        """Whether these bodies are as many as must cosign, and of every group."""
        groups = {self.definition.bodies[body]["group"] for body in bodies}
        return len(bodies) >= self.definition.thresholds["witnesses"] and groups == {body["group"] for body in self.definition.bodies.values()}

    def policy_at(self, size):
        """The witness policy for a checkpoint of the record: each key that a leaf before its end replaced has given way to the new one."""
        policy = self.definition.policy
        for own in self.rotations:
            if own.leaf < size:
                kept = {who: one for who, one in policy.witnesses.items() if who[0] != own.name}
                for body in body_of(policy, own.name):
                    policy = policy._replace(witnesses=kept | cosigner(own.name, own.after, body))
        return policy

    def for_intake(self, note):
        """(policy, checkpoint) for the receiving service's log: keys that gave way as planned count on, lines of lost and stolen ones say nothing."""
        policy, lines = self.policy_at(self.size), note.lines
        for own in self.rotations:
            (who, _), = cosigner(own.name, own.before, None).items()
            if own.cause == "planned":
                for body in body_of(policy, own.name):
                    policy = policy._replace(witnesses=policy.witnesses | cosigner(own.name, own.before, body))
            else:
                lines = [line for line in lines if line[:2] != who]
        return policy, note._replace(lines=lines)

    def stands(self, digest):
        """Whether a leaf is an injunction that no ruling has lifted."""
        return digest in self.rulings and self.rulings[digest].word == "stays" and digest not in self.lifted

    def injunctions(self, what):
        """Leaves of the injunctions that stay the announcement or the certification."""
        return sorted(digest for digest, ruling in self.rulings.items() if ruling.what == what and self.stands(digest))

    def inadmissible(self, case):
        """Why a complaint is inadmissible by its form, and the one that it repeats; None if it is not."""
        body = self.complaints[case].body
        form, (word, subject) = body["form"], next(iter(body["about"].items()))
        definition = self.definition
        until = definition.calendar.until(str(definition.date), definition.docket.get("complaint_days"))
        known = {"station": definition.stations, "candidate": definition.lists.keys() | definition.candidates.keys()}
        if until and form["filed"] > until:
            return "late", None
        if is_blank(form["ground"]):
            return "empty", None
        if is_blank(subject) or word in known and subject not in known[word]:
            return "unknown", None
        if form["capacity"] == "other":
            return "no_standing", None
        _, first = self.first_of_paper[form["paper"]]
        return ("duplicate", first) if first != case else (None, None)

    def stage(self, case):
        if case in self.resolutions:
            return "decided"
        if case in self.classifications:
            return "inadmissible" if self.classifications[case].body["class"] == "inadmissible" else "classified"
        return "inadmissible" if self.inadmissible(case)[0] in ("late", "empty", "no_standing") else "filed"

    def open_matters(self):
        """What is open, as (word, name): complaints, appeals, injunctions, stations, recounts, each by name."""
        found = [("complaint", case) for case in sorted(self.complaints) if self.stage(case) in ("filed", "classified")]
        found += [("appeal", case) for case in sorted(self.appeals) if not self.is_settled(case)]
        found += [("injunction", digest) for digest in self.injunctions("certification")]
        for station in sorted(self.definition.reporting):
            standing = self.standing(station)
            if not standing.counted and standing.standing not in ("cancelled", "not_opened"):
                found.append(("station", station))
        return found + [("recount", station) for station in sorted({one.station for one in self.recounts_due()})]

    def is_settled(self, case):
        """Whether the ruling that holds dismisses an appeal, or what it grants was carried out."""
        ruling = self.upon.get(case)
        if ruling is None or ruling.word == "dismissed":
            return ruling is not None
        resolution = self.resolutions.get(self.appeals[case].body["against"].get("resolution"))
        return ruling.digest in self.carried or resolution is not None and "supersedes" in resolution.body

    def carried_out(self, under, station):
        """The ruling that an order about a station carries out."""
        ruling = self.rulings.get(under)
        for case in ruling.body["about"] if ruling and ruling.word in ("granted", "dismissed") else ():
            against = self.appeals[case].body["against"]
            about = self.complaints[against["resolution"]].body["about"] if "resolution" in against else {}
            row = self.definition.stations.get(about.get("station"))
            if "station" not in about or row and (row["count_with"] or about["station"]) == station:
                return ruling
        raise Bad("docket.ruling", f"it carries out {under}, which is no ruling upon an appeal about this station")

    def at_least(self, ruling, under, leaf):
        """What takes the place of a leaf that carries out a ruling is under one of that rank or above, and no older."""
        before = self.rulings[under].body if under is not None else None
        if before and (ruling is None or ruling.body["rank"] > before["rank"] or ruling.body["dated"] < before["dated"]):
            raise Bad("docket.ruling", f"it takes the place of {leaf}, which carries out a ruling, and is under none of that rank or above")

    def as_it_stands(self):
        """The record as it is now, for what depends on it: standings, rules, lots and withdrawals. What comes later changes nothing of it."""
        past = copying.copy(self)
        past.rules = copying.copy(self.rules)
        past.rules.texts = dict(self.rules.texts)
        past.withdrawals, past.lots = list(self.withdrawals), dict(self.lots)
        past.standings = {station: self.standing(station) for station in self.definition.reporting}
        return past

    # What follows from the leaves.

    def latest(self, station):
        """The imports of the highest generation of each device of a station, and those generations."""
        mine = self.of_station("imports", station)
        highest = {}
        for one in mine:
            highest[one.device] = max(one.generation, highest.get(one.device, 0))
        return [one for one in mine if one.generation == highest[one.device]], highest

    def slips_of(self, station):
        """The slips of a station of which something came, but for those of a generation that another supersedes."""
        _, highest = self.latest(station)
        mine = [s for s in self.of_station("slips", station) if highest and s.generation >= highest.get(s.device, s.generation)]
        # Entered twice it is one piece of evidence; the copy of another party is one more.
        return list({(s.device, s.generation, s.results, s.party): s for s in mine}.values())

    def of_station(self, what, station):
        """The imports, slips, orders, openings or counts by hand of a station. They are only ever added to."""
        held = getattr(self, what)
        length, found = self.indexed.get(what) or (0, defaultdict(list))
        for one in held[length:]:
            found[one.station].append(one)
        self.indexed[what] = len(held), found
        return found.get(station, [])

    def channels(self, station):
        imports, _ = self.latest(station)
        network = {one.content for one in imports if one.medium == "network"}
        return network, {one.content for one in imports if one.medium == "stick"}

    def differing_accounts(self, station):
        """The contents that came last of which an import says that the ballot account does not add up."""
        imports, _ = self.latest(station)
        return {one.content for one in imports if one.account_differs}

    def comparison(self):
        """What a comparison of the two channels gives, of stations that report."""
        found = {"expected": len(self.definition.reporting), "both": 0, "identical": 0, "differing": [], "missing_stick": [], "missing_network": []}
        for station in sorted(self.definition.reporting):
            network, stick = self.channels(station)
            if network and stick:
                found["both"] += 1
                if network == stick:
                    found["identical"] += 1
                else:
                    found["differing"].append(station)
            if not stick:
                found["missing_stick"].append(station)
            if not network:
                found["missing_network"].append(station)
        return found

    def standing(self, station):
        """The standing of a station, and what counts: a content, the leaf of a count by hand, or None (docs/formats.md)."""
        network, stick = self.channels(station)
        contents = network | stick
        slips = self.slips_of(station)
        agreeing = [slip for slip in slips if contents and all(one.results == slip.results for one in contents)]
        by_hand = self.of_station("hand_counts", station)
        doubts = len(agreeing) < len(slips) or any(one.agrees not in contents for one in by_hand) or self.differing_accounts(station)
        if not contents:
            evidence = "missing"
        elif len(contents) > 1 or doubts:
            evidence = "quarantined"
        elif network != stick:
            evidence = "arrived"
        else:
            evidence = "confirmed" if agreeing or by_hand else "matched"
        standing, counted, by_order = evidence, None, False
        needed = self.rules.needed(self.definition.stations[station]["kind"])
        if evidence in EVIDENCE[1:4] and EVIDENCE.index(evidence) >= EVIDENCE.index(needed):
            counted = next(iter(contents))
        heads = [order for order in self.of_station("orders", station) if order.digest not in self.superseded]
        deciding = self.deciding(heads)
        effects = {(order.effect, order.counts) for order in deciding}
        if len(effects) > 1:
            standing, counted = "sub_judice", None
        elif effects:
            effect, counts = next(iter(effects))
            if effect == "cancel":
                standing, counted = "cancelled", None
            elif effect == "not_opened":
                opened = any(one.digest not in self.superseded for one in self.of_station("openings", station))
                has_counted = contents or self.of_station("slips", station) or by_hand
                standing, counted = "sub_judice" if opened else "quarantined" if has_counted else "not_opened", None
            elif effect == "count":
                counted, by_order = counts if counts in contents else None, counted != counts
            elif effect == "count_hand":
                counted, by_order = counts, True
        return Standing(station, standing, counted, by_order, network, stick, agreeing, len(slips) - len(agreeing), heads, deciding)

    def deciding(self, heads):
        """Of orders that contradict each other those of the highest court and its latest ruling, where the rules let courts decide."""
        if len({(order.effect, order.counts) for order in heads}) < 2 or self.definition.docket.get("contradicting_orders") != "rank_then_date":
            return heads
        under = [(self.rulings[order.under].body, order) for order in heads if order.under]
        rank = min((ruling["rank"] for ruling, _ in under), default=None)
        dated = max((ruling["dated"] for ruling, _ in under if ruling["rank"] == rank), default=None)
        return [order for ruling, order in under if (ruling["rank"], ruling["dated"]) == (rank, dated)] or heads

    def letters(self, station):
        """Which letter a station follows, its figure, and how that was decided."""
        letters = dict(self.definition.letters[station])
        first = self.definition.letters[station][0][0]
        named = {one.follows for one in self.of_station("openings", station) if one.digest not in self.superseded}
        followed = next(iter(named)) if len(named) == 1 else first
        if len(named) == 1:
            how = "opening"
        elif len(set(letters.values())) == 1:
            how = "agreed"
        else:
            how = "contradicting" if named else "undecided"
        return followed, letters[followed], how

    def bound(self, station):
        """The most ballots that a box may hold, and whether its register is fixed."""
        box = self.definition.box[station]
        bound = sum(self.letters(one)[1] for one in box)
        return bound, all(self.definition.stations[one]["register"] == "fixed" for one in box)

    def withdrawn(self, option):
        """(withdrew, by whom it is said, the leaf or None), or None where nothing was said of it."""
        standing = self.standing_withdrawal(option)
        defined = self.definition.candidates.get(option, {}).get("withdrawn") == "yes"
        if standing:
            return standing.candidacy == "withdrawn", "definition" if defined else "record", standing
        return (True, "definition", None) if defined else None


Standing = namedtuple("Standing", "station standing counted by_order network stick agreeing differing heads deciding")


# ---------------------------------------------------------------------------------------------------------------------
# Slips: base45, CBOR, COSE_Sign1 (docs/formats.md, "The slip's codes")

SlipMessage = namedtuple("SlipMessage", "figures fingerprint scope keyid signed signature")
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CODE = re.compile(r"SANAD1:([1-9][0-9]?)/([1-9][0-9]?):([0-9A-F]{8}):([0-9A-Z $%*+\-./:]+)", re.ASCII)
MAX_CODE = 8_000


def base45(encoded):
    """RFC 9285."""
    found = bytearray()
    for at in range(0, len(encoded), 3):
        part = encoded[at : at + 3]
        value = sum(BASE45.index(c) * 45**place for place, c in enumerate(part))
        length = len(part) - 1
        if length == 0 or value >= 256**length:
            raise Bad("slip.code", "not base45")
        found += value.to_bytes(length, "big")
    return bytes(found)


class Cbor:
    """The part of deterministic CBOR that a slip uses: whole numbers, bytes, texts, arrays, maps, null, tag 18."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def whole(self):
        value = self.item(8)
        if self.at != len(self.data):
            raise Bad("cose.form", "bytes after the end")
        return value

    def take(self, length):
        if self.at + length > len(self.data):
            raise Bad("cose.form", "ends too early")
        self.at += length
        return self.data[self.at - length : self.at]

    def argument(self):
        first = self.take(1)[0]
        short = first & 31
        if short < 24:
            return first >> 5, short
        if short > 27:
            raise Bad("cose.form", "not deterministic")
        length = 1 << (short - 24)
        value = int.from_bytes(self.take(length), "big")
        if value < (24, 1 << 8, 1 << 16, 1 << 32)[short - 24]:
            raise Bad("cose.form", "not deterministic")
        return first >> 5, value

    def item(self, depth):
        if depth == 0:
            raise Bad("cose.form", "too deep")
        if self.data[self.at : self.at + 1] == b"\xf6":
            self.at += 1
            return None
        major, value = self.argument()
        if major == 0:
            return value
        if major == 1:
            return -1 - value
        if major in (2, 3):
            data = self.take(value)
            if major == 2:
                return data
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Bad("cose.form", "a text is not UTF-8") from error
        if major == 4:
            return [self.item(depth - 1) for _ in range(min(value, len(self.data)))]
        if major == 5:
            found, last = {}, None
            for _ in range(min(value, len(self.data))):
                start = self.at
                key = self.item(1)
                written = self.data[start : self.at]
                if last is not None and (len(last), last) >= (len(written), written):
                    raise Bad("cose.form", "keys of a map are not in order")
                last = written
                found[key] = self.item(depth - 1)
            return found
        if major == 6 and value == 18 and depth == 8:
            return ("tag", self.item(depth - 1))
        raise Bad("cose.form", "something that no slip holds")


def cbor_head(major, value):
    for short, length in ((value, 0), (24, 1), (25, 2), (26, 4), (27, 8)):
        if short < 24 if not length else value < 1 << (8 * length):
            return bytes([major << 5 | short]) + (value.to_bytes(length, "big") if length else b"")
    raise Bad("cose.form", "too long")


def cbor_bytes(data):
    return cbor_head(2, len(data)) + data


def read_slip(codes):
    """A slip from the texts of its codes, in any order. Its signature is not asked about yet."""
    if not codes or len(codes) > 99 or any(len(code) > MAX_CODE for code in codes):
        raise Bad("slip.code", "no codes of a slip, or too many")
    parts = {}
    several = set()
    for code in codes:
        found = CODE.fullmatch(code)
        if found is None:
            raise Bad("slip.code", "not a code of a slip: it begins with SANAD1: and its number")
        number, count = int(found[1]), int(found[2])
        several.add((count, found[3]))
        if number > count or parts.setdefault(number, found[4]) != found[4]:
            raise Bad("slip.mixed", "these codes are of several slips")
    if len(several) != 1:
        raise Bad("slip.mixed", "these codes are of several slips")
    count, name = several.pop()
    if len(parts) != count:
        raise Absent("slip.incomplete", f"{count - len(parts)} codes of {count} are missing")
    message = base45("".join(parts[number] for number in range(1, count + 1)))
    if hashlib.sha256(message).hexdigest()[:8].upper() != name:
        raise Bad("slip.altered", "a code was altered or misread")
    value = Cbor(message).whole()
    if not (isinstance(value, tuple) and isinstance(value[1], list) and len(value[1]) == 4):
        raise Bad("cose.form", "not a COSE_Sign1 message in its one form")
    protected, unprotected, payload, signature = value[1]
    if unprotected != {} or not all(isinstance(part, bytes) for part in (protected, payload, signature)) or len(signature) != 64:
        raise Bad("cose.form", "not a COSE_Sign1 message in its one form")
    header = Cbor(protected).whole()
    if not isinstance(header, dict) or set(header) != {1, 3, 4} or header[1] != -7 or not isinstance(header[4], bytes):
        raise Bad("cose.form", "not a COSE_Sign1 message in its one form")
    if header[3] != "application/vnd.sanad.slip+cbor":
        raise Bad("cose.kind", "this is no signed slip")
    signed = b"\x84" + cbor_head(3, 10) + b"Signature1" + cbor_bytes(protected) + b"\x40" + cbor_bytes(payload)
    fingerprint, scope, figures = slip_figures(payload, message)
    return SlipMessage(figures, fingerprint, scope, header[4].hex(), signed, der_signature(signature))


def der_signature(raw):
    """r‖s as DER, which is what openssl reads."""

    def integer(half):
        digits = half.lstrip(b"\x00") or b"\x00"
        digits = b"\x00" + digits if digits[0] & 0x80 else digits
        return b"\x02" + bytes([len(digits)]) + digits

    body = integer(raw[:32]) + integer(raw[32:])
    return b"\x30" + bytes([len(body)]) + body


def slip_figures(payload, message):
    value = Cbor(payload).whole()
    if not isinstance(value, list) or len(value) != 11 or value[0] != 1:
        raise Bad("slip.figures", "the figures of the slip are not in their one form")
    _, fingerprint, scope, station, device, number, results, zero, account, contests, build = value
    right = all(isinstance(one, bytes) and len(one) == 32 for one in (fingerprint, results, zero))
    right = right and isinstance(scope, list) and len(scope) == 3 and is_id(station) and is_id(device) and generation(number)
    right = right and isinstance(account, list) and len(account) == 11 and isinstance(contests, dict) and text(build)
    right = right and all(is_count(v) or (v is None and at == 1) for at, v in enumerate(account))
    for contest, figures in contests.items() if right else ():
        right = right and is_id(contest) and isinstance(figures, list) and len(figures) == 5 and all(map(is_count, figures[:4]))
        right = right and isinstance(figures[4], dict) and all(is_id(o) and is_count(v) and v > 0 for o, v in figures[4].items())
    if not right:
        raise Bad("slip.figures", "the figures of the slip are not in their one form")
    figures = Slip(
        None,
        station,
        device,
        number,
        "sha256:" + results.hex(),
        "sha256:" + zero.hex(),
        dict(zip(ACCOUNT_FIGURES, account)),
        {c: (*figures[:4], figures[4]) for c, figures in contests.items()},
        build,
        message,
    )
    return "sha256:" + fingerprint.hex(), scope, figures


def check_slip(slip, definition, fingerprint, signatures):
    """The slip is of this election, and signed by the device of its station."""
    figures = slip.figures
    if slip.scope != list(definition.scope.values()):
        raise Bad("slip.other_election", "this slip is of another election")
    device = definition.devices.get(figures.device)
    if device is None:
        raise Bad("slip.device", f"the device {figures.device} is not in the frozen key list")
    if device["station"] != figures.station:
        raise Bad("slip.station", f"the device {figures.device} is listed for station {device['station']}, the slip says {figures.station}")
    if slip.keyid != device["key"].id:
        raise Bad("cose.key", f"signed by key {slip.keyid[:16]}…, not by the one expected")
    if not signatures.holds(device["key"], slip.signed, slip.signature):
        raise Bad("cose.signature", f"the signature of key {slip.keyid[:16]}… is not valid")
    if slip.fingerprint != fingerprint:
        raise Bad("slip.other", f"the slip names the election fingerprint {slip.fingerprint}, the publication has {fingerprint}")


# ---------------------------------------------------------------------------------------------------------------------
# What stations handed over (docs/formats.md)

Figures = namedtuple("Figures", "ballots valid blank invalid votes")
Count = namedtuple("Count", "scope station device generation salt account contests")

RESULTS = Shape(
    scope=SCOPE,
    station=is_id,
    device=is_id,
    generation=generation,
    salt=lambda v: text(v) and HEX64.fullmatch(v) is not None,
    account=ACCOUNT,
    contests=list_of(CONTEST),
)
SEALED = Shape(name=text, bytes=is_count, sha256=is_digest, manifest=is_digest)
LABEL = Shape(scope=SCOPE, station=is_id, device=is_id, generation=generation, results=SEALED, images=SEALED)
STATEMENT = Shape(
    scope=SCOPE,
    definition=is_digest,
    station=is_id,
    device=is_id,
    generation=generation,
    results_manifest=is_digest,
    results_info=is_digest,
    images_manifest=is_digest,
    images_info=is_digest,
    recipients=Shape(results=list_of(text), images=list_of(text)),
    build=text,
)
NEVER_PUBLIC = ("data/adjudication.json", "data/events.jsonl", "data/scores.json", "data/stray.json")
ALWAYS_PUBLIC = ("data/results.json", "data/slip.json", "data/slip.pdf", "data/zero.json")
COPY_FILES = {"label.json", "statement.dsse.json", "results-manifest.txt", "images-manifest.txt", "receipt.json", "withheld.json"}
COPY_FILES |= {"results.json", "zero.json", "slip.json", "slip.pdf", "cvr.json"}
COPY_NAME = re.compile(r"([a-z0-9][a-z0-9_]{0,39})-([1-9][0-9]{0,4})((?:\.(?:network|stick)(?:-[1-9][0-9]{0,4})?)?)", re.ASCII)
PICTURE = re.compile(r"images/contest-([a-z0-9][a-z0-9_]{0,39})-([0-9]{6})(-2)?\.png", re.ASCII)
MANIFEST_LINE = re.compile(rb"([0-9a-f]{64})  ([\x21-\x7e]{1,1024})", re.ASCII)


def read_manifest(data):
    """Path to hash, of a manifest in its one form: a line a file, sorted by path, none twice."""
    found, last = {}, b""
    if data and not data.endswith(b"\n"):
        raise Bad("bag.tag_file", "the last line has no end")
    for line in data.split(b"\n")[:-1]:
        parts = MANIFEST_LINE.fullmatch(line)
        if parts is None or parts[2] <= last:
            raise Bad("bag.tag_file", "is not in its one form: a hash and a path, sorted, none twice")
        last = parts[2]
        found[last.decode()] = parts[1].decode()
    return found


def read_results(data):
    """results.json or zero.json."""
    value = parse_signed_json(data)
    if not RESULTS(value):
        raise Bad("json.content", "not the JSON that belongs here")
    contests = {}
    for one in value["contests"]:
        if one["contest"] in contests:
            raise Bad("figures.contest_duplicate", f"contest {one['contest']} stands twice or out of order")
        contests[one["contest"]] = Figures(one["ballots"], one["valid"], one["blank"], one["invalid"], one["votes"])
    return Count(value["scope"], value["station"], value["device"], value["generation"], value["salt"], value["account"], contests)


def count_by_hand(body, definition):
    """A count by hand in the form of a device's: with a 0 for every list and candidate that it leaves out."""
    contests = {}
    for one in body["contests"]:
        votes = dict.fromkeys(definition.options[one["contest"]], 0) | one["votes"]
        contests[one["contest"]] = Figures(one["ballots"], one["valid"], one["blank"], one["invalid"], votes)
    return Count(definition.scope, body["station"], None, None, None, body["account"], contests)


BOX_FIGURES = ("used", "cast", "valid", "blank", "invalid", "unread")


def box_of(count):
    """What the paper of a box says whoever counts it: what a count by hand and a device's have alike."""
    return [count.account[figure] for figure in BOX_FIGURES], count.contests


def figures_problems(count, definition, station):
    """What of the figures that a device, or who counts by hand, adds up does not hold (R.2xx): (code, what)."""
    account = count.account
    registered = sum(definition.stations[one]["registered"] for one in definition.box.get(station, [station]))
    if account["registered"] != registered:
        yield "figures.bound", f"the results state {account['registered']} registered, the definition {registered}"
    if account["used"] != account["cast"] + account["unread"]:
        yield "figures.account", "used = cast + unread"
    if account["cast"] != account["valid"] + account["blank"] + account["invalid"]:
        yield "figures.account", "cast = valid + blank + invalid"
    mine = definition.contests_of[station]
    for contest in mine:
        if contest not in count.contests:
            yield "figures.contest_missing", f"contest {contest} has no totals"
    for contest in count.contests:
        if contest not in mine:
            yield "figures.contest_unknown", f"contest {contest} is not one of this station"
    known = [contest for contest in count.contests if contest in mine]
    if known != [contest for contest in mine if contest in count.contests]:
        yield "figures.contest_duplicate", "contests stand out of order"
    for contest in known:
        figures, row = count.contests[contest], definition.contests[contest]
        if figures.ballots != figures.valid + figures.blank + figures.invalid or figures.ballots > account["cast"]:
            yield "figures.ballots", f"the ballots of contest {contest} do not add up"
        options = set(definition.options[contest])
        for option in sorted(options - set(figures.votes)):
            yield "figures.option_missing", f"contest {contest} has no figure for {option}"
        for option in sorted(set(figures.votes) - options):
            yield "figures.option_unknown", f"contest {contest} has no list or candidate {option}"
        if options == set(figures.votes):
            yield from votes_problems(contest, figures, row, definition)


def paper_problems(account, definition, station):
    """What of the paper that people counted does not add up (R.201, R.204 to R.206): (code, what)."""
    most = sum(max(figure for _, figure in definition.letters[one]) for one in definition.box.get(station, [station]))
    if account["received"] != account["used"] + account["spoiled"] + account["unused"]:
        yield "figures.account", "received = used + spoiled + unused"
    if account["used"] > most:
        yield "figures.registered", f"{account['used']} ballots were used, {most} are registered"
    if account["checked_in"] is not None and account["used"] > account["checked_in"]:
        yield "figures.checked_in", f"{account['used']} ballots were used, {account['checked_in']} voters checked in"


def votes_problems(contest, figures, row, definition):
    votes = figures.votes
    if row["kind"] == "candidates":
        if any(many > figures.valid for many in votes.values()):
            yield "figures.votes", f"the votes of contest {contest} do not add up: a candidate has more than the valid votes"
        if sum(votes.values()) > figures.valid * row["vote_for"]:
            yield "figures.votes", f"the votes of contest {contest} do not add up: more than the marks allowed"
        if sum(votes.values()) < figures.valid:
            yield "figures.votes", f"the votes of contest {contest} do not add up: a valid ballot has a mark"
        return
    lists = definition.lists_of[contest]
    if sum(votes[one["list"]] for one in lists) != figures.valid:
        yield "figures.votes", f"the votes of contest {contest} do not add up: votes of the lists, and valid votes"
    for one in lists:
        personal = sum(votes[candidate["candidate"]] for candidate in definition.on_list[one["list"]])
        if personal > (votes[one["list"]] if row["kind"] == "open_list" else 0):
            yield "figures.votes", f"the votes of contest {contest} do not add up: personal votes of {one['list']}"


class Copy:
    """One content of one station, as its folder has it. What does not hold stays None."""

    def __init__(self, place, station, device, number, names):
        self.place, self.station, self.device, self.generation, self.names = place, station, device, number, names
        self.content = self.label_digest = self.statement = self.results = self.zero = self.slip = None
        self.manifest = self.images = self.imports = self.records = self.withheld = None


class Publication:
    """A publication, and every check of it. The checks run in order; each works with what those before it have read."""

    def __init__(self, root, pinned, slips, signatures=None):
        self.pinned = pinned
        self.slips = slips
        self.signatures = signatures or Signatures()
        self.folder = Folder(root)
        self.checks = {number: Check(number, title) for number, title in TITLES.items() if slips is not None or not number.startswith("V.8")}
        self.definition = self.record = self.record_log = self.intake_log = None
        self.manifest = {}
        self.copies = []

    def check(self, number):
        return self.checks[number]

    def run(self):
        self.folder.walk()
        found = self.folder.sizes
        if not any(path in found or path in self.folder.folders for path in ("manifest-sha256.txt", "election", "record", "bagit.txt")):
            raise NotAPublication("it has no manifest-sha256.txt, no election/ and no record/")
        self.check_folder()
        self.check_bag()
        self.check_definition()
        self.check_logs()
        self.check_record()
        self.check_witnesses()
        self.check_intake()
        self.check_copies()
        self.check_standings()
        self.check_results()
        self.check_seats()
        self.check_docket()
        self.check_registers()
        self.check_exports()
        self.check_transmission()
        if self.record is not None:
            self.check_privacy()
            self.check_bag_info()
            self.check_description()
        if self.slips is not None:
            self.check_slips()
        return self

    # V.1xx: the folder

    def check_folder(self):
        check = self.check("V.101")
        check.look(len(self.folder.sizes))
        for place, code, what in self.folder.problems:
            check.fail(place, code, what)

    def check_bag(self):
        tags, files, extra = self.check("V.102"), self.check("V.103"), self.check("V.104")
        tags.look()
        self.tag_file(tags, "bagit.txt", re.compile(rb"BagIt-Version: 1\.0\nTag-File-Character-Encoding: UTF-8\n"))
        tags.look()
        self.tag_file(tags, "bag-info.txt", re.compile(rb"(?:[A-Z][A-Za-z-]{1,60}: [^\r\n]{1,400}\n)+"))
        tags.look()
        try:
            self.manifest = read_manifest(self.folder.read("manifest-sha256.txt", MAX_TABLE))
        except Bad as bad:
            tags.bad("manifest-sha256.txt", bad)
            files.missing("manifest-sha256.txt", "bag.no_manifest", "without it no file is known to be whole")
            extra.missing("manifest-sha256.txt", "bag.no_manifest", "without it no file is known to be one too many")
            return
        for path, listed in self.manifest.items():
            files.look()
            if path == "manifest-sha256.txt" or path.startswith(("record/", "intake/")):
                extra.fail(path, "bag.listed_beside", "is listed, though a log or nothing vouches for it")
                continue
            if not is_part(path):
                extra.fail(path, "bag.extra", "is no part of a publication")
            if path not in self.folder.sizes:
                files.missing(path, "file.missing", "is listed, and is not there")
                continue
            try:
                found = self.folder.hash(path)
            except Bad as bad:
                files.bad(path, bad)
                continue
            if found != listed:
                files.fail(path, "bag.changed", f"has {found[:16]}…, but {listed[:16]}… is listed")
        for path in sorted(self.folder.sizes):
            if path == "manifest-sha256.txt" or path.startswith(("record/", "intake/")):
                continue
            extra.look()
            if path not in self.manifest:
                extra.fail(path, "bag.extra", "is there and not listed")

    def tag_file(self, check, path, form):
        try:
            if form.fullmatch(self.folder.read(path, MEGABYTE)) is None:
                check.fail(path, "bag.tag_file", "is not what BagIt 1.0 (RFC 8493) asks")
        except Bad as bad:
            check.bad(path, bad)

    def check_definition(self):
        reading, parts = self.check("V.105"), self.check("V.106")
        try:
            self.definition = Definition(self.folder)
            reading.look(len(self.definition.files))
        except Bad as bad:
            reading.bad("election", bad)
            parts.missing("election", "verify.needs", "needs the definition (V.105)")
            return
        if not self.definition.policy_is_that_of_the_lists():
            reading.fail("election/keys/witness-policy.txt", "policy.form", "does not say what the key lists say")
        for what, many in (("stations", self.definition.stations), ("contests", self.definition.contests), ("witnesses", self.definition.policy.witnesses)):
            parts.look()
            if not many:
                parts.fail("election", "verify.empty", f"the election has no {what}")

    # V.2xx and V.301 to V.304: the logs

    def check_logs(self):
        for name, whole_log, witnessed in (("record", "V.201", "V.205"), ("intake", "V.301", "V.302")):
            check, seen = self.check(whole_log), self.check(witnessed)
            log = Log(self.folder, name, check)
            setattr(self, f"{name}_log", log)
            for path in sorted(self.folder.sizes):
                if path.startswith(f"{name}/") and path not in log.paths and log.note is not None:
                    self.check("V.104").fail(path, "bag.extra", "is no part of the log under its checkpoint")
            if self.definition is None:
                check.missing(name, "verify.needs", "needs the key of the log, which is in the definition (V.105)")
                seen.missing(name, "verify.needs", "needs the definition (V.105)")
                continue
            origin = f"{self.definition.election}/{name}"
            log.signed_by(self.definition.service_keys[f"{name}_log"], origin, self.signatures, check)
            if log.note is None:
                seen.missing(f"{name}/checkpoint", "file.missing", "is not there")
                continue
            self.want_lines(log.note)

    def want_lines(self, note):
        for who, number, signature in note.lines:
            verifier, _ = self.definition.policy.witnesses.get((who, number), (None, None))
            line = witness_line(note, verifier, signature) if verifier else None
            if line:
                self.signatures.want(verifier.key, *line)

    def check_witnesses(self):
        """V.205 and V.302: the policy for a checkpoint follows from the leaves that it covers, so that these were read first."""
        if self.definition is None:
            return
        told = {"planned": ("witness.new_key", "its key gave way to another")}
        told |= {"stolen": ("witness.stolen_key", "its key was stolen, and gave way to another")}
        told |= {"lost": ("witness.lost_key", "its key was lost, and the board alone vouches for the new one")}
        for name, number, log in (("record", "V.205", self.record_log), ("intake", "V.302", self.intake_log)):
            note, policy = log.note, self.definition.policy
            if note is None:
                continue
            if self.record is not None:
                policy, note = (self.record.policy_at(note.size), note) if name == "record" else self.record.for_intake(note)
            self.quorum(self.check(number), f"{name}/checkpoint", note, f"{self.definition.election}/{name}", policy)
        for own in self.record.rotations if self.record is not None else ():
            self.check("V.205").recorded(f"witness {own.name}", *told[own.cause])

    def quorum(self, check, place, note, origin, policy, too_late=False):
        """Too few lines are missing, unless what rests on them has been done already."""
        check.look(len(note.lines))
        refused, short = cosigned(note, policy, self.signatures)
        for who in refused:
            check.fail(place, "witness.refused", f"the signature line of '{who}' is by no key of the policy or false")
        if short:
            tell = check.fail if too_late else check.missing
            tell(place, "witness.quorum", f"UNWITNESSED: {short[0]} more bodies must cosign; groups without one: {short[1]}")

    def check_record(self):
        pinned, frozen, leaves, before, last, certified, polls = (self.check(f"V.{number}") for number in (202, 203, 204, 206, 207, 208, 209))
        log = self.record_log
        if not log.leaves:
            pinned.missing("record", "root.no_leaf", "leaf 0 cannot be read")
            for check in (frozen, leaves, before, last, certified, polls):
                check.missing("record", "verify.needs", "needs the record (V.201)")
            return
        fingerprint = sha256(log.leaves[0])
        pinned.look()
        if self.pinned is None:
            pinned.missing("record", "root.not_pinned", f"no fingerprint was given; compare {fingerprint} with the gazette, a ballot or a slip")
        elif self.pinned != fingerprint:
            pinned.fail("record", "root.other", f"is {fingerprint}; this is another election, or another history of it, than the one pinned, {self.pinned}")
        if self.definition is None:
            for check in (frozen, leaves, before, last, certified, polls):
                check.missing("election", "verify.needs", "needs the definition (V.105)")
            return
        self.record = Record(self.definition, log.leaves, self.signatures, leaves)
        self.check_freeze(frozen)
        if self.record.freeze is None:
            for check in (before, last, certified, polls):
                check.missing("record", "verify.needs", "needs leaf 0 (V.204)")
            self.record = None
            return
        if not self.record.announcements:
            before.missing("record", "announcement.none", "nothing was announced")
        for one in self.record.announcements:
            self.check_announcement(before, one)
        self.check_end(last)
        self.check_certified(certified)
        self.check_before_polls(polls)

    def check_before_polls(self, check):
        """V.209: what of rules and keys a quorum of witnesses had seen when the polls opened, by the checkpoints that leaves have kept."""
        record = self.record
        for sight in record.sights:
            check.look()
            if sight.root != self.record_log.tree.root(sight.size):
                check.fail(f"record leaf {sight.leaf}", "witnessed.root", f"the checkpoint that it keeps is not that of the first {sight.size} leaves")
        try:
            opens = self.definition.polls_open()
        except Bad as bad:
            check.bad("election/election.toml", bad)
            return
        if opens is None:
            check.recorded("record", "freeze.no_hour", "the definition names no hour at which the polls open")
            return
        covered = max((sight.size for sight in record.sights if sight.since < opens), default=0)
        if covered:
            check.look()
        elif record.sights or record.announcements:
            check.fail("record leaf 0", "freeze.unseen", f"nothing shows that the witnesses had seen it before the polls opened at {opens}")
        else:
            check.missing("record leaf 0", "freeze.not_kept", f"nothing shows that the witnesses had seen it before the polls opened at {opens}")
        for leaf, kind in record.ruling:
            if 0 < leaf < covered:
                check.recorded(f"record leaf {leaf}", "change.seen", f"'{kind}', which the witnesses had seen before the polls opened")
            elif leaf:
                check.recorded(f"record leaf {leaf}", "change.unseen", f"'{kind}', which is not shown to have been seen by the witnesses before the polls opened")

    def check_certified(self, check):
        """V.208: whether what was announced last is certified. That each certification may stand where it stands the fold has said."""
        record = self.record
        check.look(len(record.certifications))
        if not record.certifications:
            check.recorded("record", "certification.none", "nothing is certified")
        elif record.announcements[-1].version > record.certifications[-1]["version"]:
            check.recorded("record", "certification.later", f"version {record.announcements[-1].version} was announced and is not certified")
        else:
            despite = record.certifications[-1].get("despite")
            permitted = [next(iter(matter.items())) for matter in record.rulings[despite].what] if despite else []
            for word, name in record.open_matters():
                if (word, name) not in permitted:
                    check.recorded(f"{word}:{name}", "certification.open", "is open, and was not when the certification was entered")
            for index, kind in record.after:
                check.recorded(f"record leaf {index}", "certification.after", f"a '{kind}' leaf was entered after the certification")

    def check_freeze(self, check):
        freeze = self.record.freeze
        if freeze is None:
            check.fail("record leaf 0", "record.first", "is not the freeze")
            return
        definition = self.definition
        hashes = {}
        for path in definition.files:
            try:
                hashes[path] = self.folder.hash(f"election/{path}")
            except Bad as bad:
                check.bad(f"election/{path}", bad)
                return
        manifest = "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes, key=str.encode)).encode()
        lists = {f"keys/{name}.csv": "sha256:" + hashes[f"keys/{name}.csv"] for name in KEY_LISTS}
        expected = {
            "manifest": sha256(manifest),
            "witness_policy": "sha256:" + hashes["keys/witness-policy.txt"],
            "key_lists": lists,
            "recipients": {owner: row["age"] for owner, row in sorted(definition.recipients.items())},
            "share_commitments": {row["person"]: row["commitment"] for row in definition.tables["keys/shares"]},
        }
        for key, value in expected.items():
            check.look()
            if freeze[key] != value:
                check.fail("record leaf 0", "frozen.other", f"{key} is not the one at hand in election/")

    def check_announcement(self, check, one):
        place = f"record leaf {one.leaf}"
        check.look()
        origin = f"{self.definition.election}/record"
        try:
            note = read_note(one.witnessed.encode("utf-8", "replace"))
        except Bad as bad:
            check.bad(place, bad)
            return
        if note.origin != origin:
            check.fail(place, "announcement.origin", f"the checkpoint is of the log '{note.origin}'")
            return
        if note.size != one.leaf or note.root != self.record_log.tree.root(one.leaf):
            check.fail(place, "announcement.checkpoint", f"the checkpoint is of {note.size} leaves, and not over exactly the {one.leaf} leaves before it")
            return
        lines = log_line(note, origin, self.definition.service_keys["record_log"])
        if not lines or not all(self.signatures.holds(self.definition.service_keys["record_log"], *line) for line in lines):
            check.fail(place, "note.signature", f"the signature of {origin} on the note is not valid")
        self.want_lines(note)
        self.quorum(check, place, note, origin, self.record.policy_at(one.leaf), too_late=True)

    def check_end(self, check):
        check.look()
        record, log = self.record, self.record_log
        last = len(log.leaves) - 1
        if not record.publications or record.publications[-1].leaf != last:
            check.fail(f"record leaf {last}", "publication.not_last", f"the last leaf is a '{record.last_kind}', not a publication")
            return
        named = record.publications[-1]
        if named.version != len(record.announcements):
            check.fail(f"record leaf {last}", "publication.version", f"names announcement {named.version}, but {len(record.announcements)} is the latest")
        try:
            found = "sha256:" + self.folder.hash("manifest-sha256.txt")
        except Bad as bad:
            check.missing("manifest-sha256.txt", bad.code, "is not there to be compared with the last leaf")
            return
        if found != named.manifest:
            check.fail("manifest-sha256.txt", "publication.manifest", f"has {found}, but the record ends by naming {named.manifest}")

    # V.3xx: the intake

    def check_intake(self):
        signed, closed, accounted, below, receipts = (self.check(f"V.{number}") for number in (303, 304, 305, 306, 307))
        log = self.intake_log
        self.intake_leaves = {}
        if self.definition is None or not log.leaves:
            checks = [signed, closed, accounted, below, receipts]
            if self.record is not None and not any(one.medium == "network" for one in self.record.imports):
                checks.remove(receipts)  # there is none to look for
            for check in checks:
                check.missing("intake", "verify.needs", "needs the intake log (V.301)" if self.definition else "needs the definition (V.105)")
            return
        self.read_intake(signed)
        self.check_close(closed)
        if self.record is None:
            for check in (accounted, below):
                check.missing("record", "verify.needs", "needs leaf 0")
        else:
            self.check_accounted(accounted)
            self.check_below(below)

    def read_intake(self, check):
        definition, signatures = self.definition, self.signatures
        intake = definition.service("intake")
        self.labels, self.receipts, self.refusals, self.closes = {}, [], [], []
        envelopes = []
        for leaf in self.intake_log.leaves:
            try:
                envelope = read_envelope(leaf)
                keys = intake if envelope.kind != "label" else self.label_keys(envelope)
                for keyid, signature in envelope.signatures:
                    if keyid in keys:
                        signatures.want(keys[keyid][0], envelope.message, signature)
                envelopes.append((envelope, keys))
            except Bad as bad:
                envelopes.append((bad, None))
        shapes = {"receipt": RECEIPT, "refusal": REFUSAL, "close": CLOSE, "label": LABEL}
        for index, (leaf, (envelope, keys)) in enumerate(zip(self.intake_log.leaves, envelopes)):
            check.look()
            place = f"intake leaf {index}"
            try:
                if isinstance(envelope, Bad):
                    raise envelope
                if envelope.kind not in shapes:
                    raise Bad("dsse.kind", f"no leaf of the intake log is of the kind '{envelope.kind}'")
                value = payload_of(envelope, envelope.kind, shapes[envelope.kind])
                signers(envelope, keys, signatures)
                if value["scope"] != definition.scope:
                    raise Bad("intake.scope", "is of another election, round or mode")
                if leaf in self.intake_leaves:
                    raise Bad("intake.repeated", "the same leaf stands in the log before")
                self.intake_leaves[leaf] = index
                self.take_intake(index, leaf, envelope.kind, value)
            except Bad as bad:
                check.fail(place, bad.code, bad.what)

    def label_keys(self, envelope):
        """The keys that may sign a label: that of the device it names, if it is listed for the station it names."""
        value = payload_of(envelope, "label", LABEL)
        device = self.definition.devices.get(value["device"])
        if device is None or device["station"] != value["station"]:
            raise Bad("record.device", f"device '{value['device']}' is not listed for station '{value['station']}'")
        return self.definition.device(value["device"])

    def take_intake(self, index, leaf, kind, value):
        if kind == "label":
            self.labels[sha256(leaf)] = (index, value)
        elif kind == "receipt":
            at, label = self.labels.get(value["label"], (None, None))
            if at is None or at != value["index"]:
                raise Bad("receipt.other", f"its label {value['label']} does not stand at index {value['index']}")
            if (value["results"], value["images"]) != (label["results"]["sha256"], label["images"]["sha256"]):
                raise Bad("receipt.other", "names other files than its label")
            self.receipts.append((index, value))
        elif kind == "refusal":
            self.refusals.append((index, value))
        else:
            self.closes.append((index, value))

    def check_close(self, check):
        check.look()
        if not self.closes:
            announced = self.record is not None and self.record.announcements
            (check.fail if announced else check.missing)("intake", "intake.open", "results were announced, but the intake was never closed" if announced else "the intake is not closed")
            return
        index, close = self.closes[0]
        last = len(self.intake_log.leaves) - 1
        if index != last:
            check.fail(f"intake leaf {index}", "intake.after_close", f"leaves stand after the close, up to {last}")
        if close["packages"] != len(self.receipts):
            check.fail(f"intake leaf {index}", "intake.counts", f"says {close['packages']} packages; the leaves give {len(self.receipts)}")
        if close["incomplete"] > 0:
            check.recorded(f"intake leaf {index}", "intake.incomplete", f"{close['incomplete']} labels came whose files never became complete")

    def check_accounted(self, check):
        received = {value["label"] for _, value in self.receipts}
        told = {one.label for one in self.record.imports} | {body["label"] for _, body in self.record.refused}
        if not self.labels:
            check.recorded("intake", "intake.no_label", "no package came over the network")
        for label, (index, value) in self.labels.items():
            check.look()
            place = f"intake leaf {index}"
            if label in told:
                continue
            if label in received:
                check.fail(place, "intake.unaccounted", "was received with a receipt, and the record says nothing of it")
            else:
                check.recorded(place, "intake.incomplete", "its files never became complete, so there is no receipt")

    def check_below(self, check):
        log = self.intake_log
        network = [one for one in self.record.imports if one.medium == "network"]
        if not network:
            check.recorded("intake", "intake.no_label", "no package came over the network")
        for one in network:
            check.look()
            place = f"record leaf {one.leaf}"
            if one.intake is None:
                check.fail(place, "intake.no_position", "came over the network, but names no intake checkpoint")
                continue
            size = one.intake["size"]
            if size > len(log.leaves) or "sha256:" + log.tree.root(size).hex() != one.intake["root"]:
                check.fail(place, "intake.position", f"the intake log never had the root {one.intake['root']} at {size} leaves")
            elif one.label not in self.labels or self.labels[one.label][0] >= size:
                check.fail(place, "intake.not_below", f"its label {one.label} is not among the first {size} leaves of the intake log")

    # V.4xx: what stations handed over

    def check_copies(self):
        numbers = [f"V.{number}" for number in (*range(401, 412), 307)]
        if self.record is None:
            for number in numbers:
                if not self.check(number).counts["missing"]:
                    self.check(number).missing("record", "verify.needs", "needs leaf 0")
            return
        self.find_copies()
        self.want_copies()
        for copy in self.copies:
            self.check_copy(copy)
        check = self.check("V.401")
        if not self.record.imports:
            check.missing("record", "verify.empty", "no station was imported: nothing is proved by it")
        published = {(c.station, c.device, c.generation, c.content) for c in self.copies}
        told = set()
        for one in self.record.imports:
            name = (one.station, one.device, one.generation, one.content)
            if name in published or name in told:
                continue
            told.add(name)
            check.missing(f"record leaf {one.leaf}", "station.unpublished", f"the import of {one.station} with results manifest {one.content.results_manifest} is not published")

    def find_copies(self):
        """The folders of stations/, and files that lie in none."""
        stray = self.check("V.401")
        found = defaultdict(set)
        for path in self.folder.sizes:
            if not path.startswith("stations/"):
                continue
            parts = path.split("/", 3)
            if len(parts) < 4:
                stray.fail(path, "station.stray", "lies in no folder of a station's content")
                continue
            found[(parts[1], parts[2])].add(parts[3])
        for (station, name), names in sorted(found.items()):
            place = f"stations/{station}/{name}"
            parts = COPY_NAME.fullmatch(name)
            if parts is None or station not in self.definition.stations:
                stray.fail(place, "station.stray", "its folder is not named DEVICE-GENERATION of a station")
                continue
            for file in sorted(names):
                if file not in COPY_FILES and not file.startswith("images/"):
                    self.check("V.404").fail(f"{place}/{file}", "bag.unsigned", "is no file that the device signed for")
            self.copies.append(Copy(place, station, parts[1], int(parts[2]), names))

    def want_copies(self):
        """Put every signature of every copy on the list, so that openssl is asked about all at once."""
        for copy in self.copies:
            device = self.definition.devices.get(copy.device)
            for name in ("label.json", "statement.dsse.json") if device else ():
                try:
                    envelope = read_envelope(self.folder.read(f"{copy.place}/{name}", MAX_ENVELOPE))
                except Bad:
                    continue
                for keyid, signature in envelope.signatures:
                    if keyid == device["key"].id:
                        self.signatures.want(device["key"], envelope.message, signature)
            if device and "slip.json" in copy.names:
                try:
                    slip = read_slip(slip_codes(self.folder.read(f"{copy.place}/slip.json", MAX_STATION_FILE)))
                except Bad:
                    continue
                self.signatures.want(device["key"], slip.signed, slip.signature)

    def read_part(self, check, copy, name, read):
        """A file of a copy through `read`, or None with what was the matter."""
        check.look()
        try:
            return read(self.folder.read(f"{copy.place}/{name}", MAX_STATION_FILE))
        except Bad as bad:
            check.bad(f"{copy.place}/{name}", bad)
            return None

    def check_copy(self, copy):
        listed, files = self.check("V.401"), self.check("V.404")
        listed.look()
        hashes = {}
        for name in ("results-manifest.txt", "images-manifest.txt", "results.json"):
            if name in copy.names:
                try:
                    hashes[name] = "sha256:" + self.folder.hash(f"{copy.place}/{name}")
                except Bad:
                    pass
        mine = [one for one in self.record.imports if (one.station, one.device, one.generation) == (copy.station, copy.device, copy.generation)]
        contents = {one.content for one in mine}
        if len(hashes) == 3:
            copy.content = Content(hashes["results-manifest.txt"], hashes["images-manifest.txt"], hashes["results.json"])
            if copy.content not in contents:
                listed.fail(copy.place, "station.no_import", "no import leaf of the record names this content")
                if copy.content.results not in {content.results for content in contents}:
                    self.check("V.404").fail(f"{copy.place}/results.json", "results.not_imported", f"no import leaf names the figures {copy.content.results}")
        else:
            # What is left of it may say which import it is.
            left = [c for c in contents if all(getattr(c, name.split(".")[0].replace("-", "_")) == digest for name, digest in hashes.items())]
            if len(left) == 1:
                copy.content = left[0]
            for name in sorted({"results-manifest.txt", "images-manifest.txt", "results.json"} - set(hashes)):
                listed.missing(f"{copy.place}/{name}", "file.missing", "is not there")
        copy.imports = [one for one in mine if one.content == copy.content]
        if not mine:
            listed.fail(copy.place, "station.no_import", "no import leaf of the record names this content")
        self.check_label(copy)
        self.check_statement(copy)
        copy.manifest = self.read_part(files, copy, "results-manifest.txt", read_manifest)
        copy.images = self.read_part(files, copy, "images-manifest.txt", read_manifest)
        self.check_files(copy)
        self.check_figures(copy)
        self.check_zero(copy)
        self.check_printed(copy)
        self.check_records(copy)
        self.check_withheld(copy)
        self.check_pictures(copy)
        self.check_receipt(copy)

    def signed_by_device(self, copy, envelope):
        device = self.definition.devices.get(copy.device)
        if device is None or device["station"] != copy.station:
            raise Bad("record.device", f"device '{copy.device}' is not listed for station '{copy.station}'")
        if len(envelope.signatures) != 1:
            raise Bad("label.signatures", f"has {len(envelope.signatures)} signatures instead of the device's one")
        signers(envelope, self.definition.device(copy.device), self.signatures)

    def check_label(self, copy):
        check, place = self.check("V.402"), f"{copy.place}/label.json"
        check.look()
        try:
            data = self.folder.read(place, MAX_ENVELOPE)
            envelope = read_envelope(data)
            value = payload_of(envelope, "label", LABEL)
            self.signed_by_device(copy, envelope)
            if value["scope"] != self.definition.scope:
                raise Bad("label.scope", "the label is of another election, round or mode")
            if (value["station"], value["device"], value["generation"]) != (copy.station, copy.device, copy.generation):
                raise Bad("label.other", "is of another station, device or generation")
            stem = f"{copy.station}-{copy.device}-{copy.generation}"
            if value["results"]["name"] != f"{stem}.results.age" or value["images"]["name"] != f"{stem}.images.age":
                raise Bad("label.names", "the label names other files than its own")
            copy.label_digest = sha256(data)
            if copy.content and (value["results"]["manifest"], value["images"]["manifest"]) != copy.content[:2]:
                check.fail(place, "label.other", "names another content than the one beside it")
            if copy.label_digest not in {one.label for one in copy.imports}:
                check.fail(place, "label.not_imported", f"no import leaf names the label {copy.label_digest}")
        except Bad as bad:
            check.bad(place, bad)

    def check_statement(self, copy):
        check, place = self.check("V.403"), f"{copy.place}/statement.dsse.json"
        check.look()
        try:
            data = self.folder.read(place, MAX_ENVELOPE)
            envelope = read_envelope(data)
            value = payload_of(envelope, "statement", STATEMENT)
            self.signed_by_device(copy, envelope)
            for key, expected in (
                ("scope", self.definition.scope),
                ("definition", self.record.fingerprint),
                ("station", copy.station),
                ("device", copy.device),
                ("generation", copy.generation),
            ):
                if value[key] != expected:
                    raise Bad("statement.other", f"names another {key}")
            copy.statement = value
            for name in ("results_manifest", "images_manifest"):
                if copy.content and value[name] != getattr(copy.content, name):
                    check.fail(place, "statement.other", f"names another {name}")
            if sha256(data) not in {one.statement for one in copy.imports}:
                check.fail(place, "statement.not_imported", f"no import leaf names the statement {sha256(data)}")
            named = program_of(value["build"])
            for one in copy.imports:
                if one.statement != sha256(data) or one.build == named:
                    continue
                if one.build is None:
                    check.recorded(place, "statement.build_left_out", "names the program that counted, and its import leaf does not")
                else:
                    check.fail(place, "statement.build", "names another program than its import leaf")
        except Bad as bad:
            check.bad(place, bad)

    def check_files(self, copy):
        """V.404: what is published of the bags has the hashes that the device signed for."""
        check = self.check("V.404")
        if copy.statement:
            for name in ("results", "images"):
                path = f"{copy.place}/{name}-manifest.txt"
                if f"{name}-manifest.txt" in copy.names:
                    found = "sha256:" + self.folder.hash(path)
                    if found != copy.statement[f"{name}_manifest"]:
                        check.fail(path, "bag.changed", f"has {found}, but the device signed for {copy.statement[f'{name}_manifest']}")
        if copy.manifest is None:
            return
        for path in copy.manifest:
            if not path.startswith("data/"):
                check.fail(f"{copy.place}/results-manifest.txt", "bag.tag_file", "lists a file outside data/")
        for path in ALWAYS_PUBLIC:
            # A device without a printer signs for no picture of its slip.
            if path not in copy.manifest and path != "data/slip.pdf":
                check.fail(f"{copy.place}/results-manifest.txt", "bag.lacks", f"the device did not sign for {path}")
        for name in ("results.json", "zero.json", "slip.json", "slip.pdf", "cvr.json"):
            self.signed_file(check, copy, name, copy.manifest, f"data/{name}")
        for name in sorted(copy.names):
            if name.startswith("images/") and copy.images is not None:
                self.signed_file(check, copy, name, copy.images, "data/" + name.removeprefix("images/"))

    def signed_file(self, check, copy, name, manifest, listed):
        place = f"{copy.place}/{name}"
        if name not in copy.names:
            if name != "cvr.json" and listed in manifest:
                check.missing(place, "file.missing", "is not there")
            return
        check.look()
        if listed not in manifest:
            check.fail(place, "bag.unsigned", "is no file that the device signed for")
            return
        try:
            found = self.folder.hash(place)
        except Bad as bad:
            check.bad(place, bad)
            return
        if found != manifest[listed]:
            check.fail(place, "bag.changed", f"has {found}, but the device signed for {manifest[listed]}")

    def check_figures(self, copy):
        check, place = self.check("V.405"), f"{copy.place}/results.json"
        count = self.read_part(check, copy, "results.json", read_results)
        if count is None:
            return
        if (count.scope, count.station, count.device, count.generation) != (self.definition.scope, copy.station, copy.device, copy.generation):
            check.fail(place, "results.other", "is of another election, station, device or generation")
            return
        problems = list(figures_problems(count, self.definition, copy.station))
        for code, what in problems:
            check.fail(place, code, what)
        self.check_paper(check, place, copy, list(paper_problems(count.account, self.definition, copy.station)))
        if not any(code.startswith(("figures.contest", "figures.option")) for code, _ in problems):
            copy.results = count

    def check_paper(self, check, place, copy, problems):
        """Paper that does not add up is told, and fails nothing where every import says so: an order alone counts it."""
        said = all(one.account_differs == bool(problems) for one in copy.imports or ())
        if not said:
            adds = "does not add up, and an import leaf does not say so" if problems else "adds up, and an import leaf says that it does not"
            check.fail(place, "figures.account_differs", f"its ballot account {adds}")
        for code, what in problems:
            (check.recorded if said else check.fail)(place, code, what)

    def check_zero(self, copy):
        check, place = self.check("V.406"), f"{copy.place}/zero.json"
        count = self.read_part(check, copy, "zero.json", read_results)
        if count is None:
            return
        copy.zero = count
        # A station that was reopened has a new generation, and its zero report is that of the morning.
        same = (count.scope, count.station, count.device) == (self.definition.scope, copy.station, copy.device) and count.generation <= copy.generation
        # Ballots lie there before the first is cast: only what was used and counted is zero.
        zero = all(not value for key, value in count.account.items() if key not in ("registered", "received", "unused"))
        zero = zero and all(not any(figures[:4]) and not any(figures.votes.values()) for figures in count.contests.values())
        mine = self.definition.contests_of[copy.station]
        whole_count = list(count.contests) == mine and all(set(count.contests[c].votes) == set(self.definition.options[c]) for c in mine)
        if not (same and zero and whole_count):
            check.fail(place, "figures.zero", "the zero report is not zero, or is of another count")

    def check_printed(self, copy):
        check, place = self.check("V.407"), f"{copy.place}/slip.json"
        slip = self.read_part(check, copy, "slip.json", lambda data: read_slip(slip_codes(data)))
        if slip is None:
            return
        try:
            check_slip(slip, self.definition, self.record.fingerprint, self.signatures)
        except Bad as bad:
            check.bad(place, bad)
            return
        copy.slip = slip.figures
        differing = list(slip_differences(slip.figures, copy, self.folder))
        if differing:
            check.fail(place, "figures.slip", f"the slip states other figures than the results: {', '.join(differing)}")
        if copy.statement and slip.figures.build != copy.statement["build"]:
            check.fail(place, "figures.slip", "the slip names another build than the statement")

    def check_records(self, copy):
        check, place = self.check("V.408"), f"{copy.place}/cvr.json"
        if "cvr.json" not in copy.names:
            if copy.results and not self.records_are_public(copy):
                check.withheld(place, "privacy.cast_vote_records_from", "the frozen rules withhold it")
            else:
                check.missing(place, "file.missing", "is not there")
            return
        try:
            copy.records = read_records(self.folder.read(place, MAX_STATION_FILE), copy, self.definition)
        except Bad as bad:
            check.look()
            check.bad(place, bad)
            return
        check.look()
        if copy.results is None:
            check.missing(place, "verify.needs", "needs results.json")
            return
        for what in records_differences(copy.records, copy.results, self.definition):
            check.fail(place, "figures.records", f"the cast vote records do not add up to the results: {what}")

    def records_are_public(self, copy):
        least = self.definition.privacy["cast_vote_records_from"]
        return least > 0 and copy.results.account["cast"] >= least

    def check_withheld(self, copy):
        check, place = self.check("V.409"), f"{copy.place}/withheld.json"
        value = self.read_part(check, copy, "withheld.json", read_withheld)
        if value is None or copy.manifest is None:
            return
        copy.withheld = value
        listed = {}
        for row in value["withheld"]:
            path = row["path"]
            if listed.setdefault(path, row) is not row:
                check.fail(place, "withheld.hash", f"{path} is listed twice")
            if copy.manifest.get(path) != row["sha256"].removeprefix("sha256:"):
                check.fail(f"{place} {path}", "withheld.hash", "is no file of the bag, or has another hash there")
            if path.removeprefix("data/") in copy.names:
                check.fail(f"{place} {path}", "withheld.published", "is listed as withheld, and published")
            elif path in NEVER_PUBLIC:
                if row["clause"] != "never_public":
                    check.fail(f"{place} {path}", "withheld.clause", f"no frozen rule withholds it; '{printable(row['clause'], 60)}' does not")
                else:
                    check.withheld(f"{copy.place}/{path.removeprefix('data/')}", "never_public", "the frozen rules withhold it")
            elif path == "data/cvr.json" and copy.results and row["clause"] == "privacy.cast_vote_records_from" and not self.records_are_public(copy):
                check.withheld(f"{copy.place}/cvr.json", row["clause"], "the frozen rules withhold it")
            else:
                check.fail(f"{place} {path}", "withheld.clause", f"no frozen rule withholds it; '{printable(row['clause'], 60)}' does not")
        for path in copy.manifest:
            if path not in listed and path.removeprefix("data/") not in copy.names:
                name = f"{copy.place}/{path.removeprefix('data/')}"
                # Listed in the publication, and gone from it: what was published is missing, not withheld in silence.
                tell = check.missing if name in (self.manifest or ()) else check.fail
                tell(f"{place} {path}", "withheld.silent", "is neither published nor listed as withheld")
        if "cvr.json" in copy.names and copy.results and not self.records_are_public(copy):
            least = self.definition.privacy["cast_vote_records_from"]
            cast = copy.results.account["cast"]
            check.fail(f"{copy.place}/cvr.json", "withheld.not", f"is published, though privacy.cast_vote_records_from is {least} and {cast} ballots were cast")
        if [row["path"] for row in value["withheld"]] != sorted(listed):
            check.fail(place, "json.form", "its rows are not sorted by path")

    def check_pictures(self, copy):
        """V.410: pictures of contests as the rules and two officers let them be shown; the pixels are not looked at."""
        check = self.check("V.410")
        check.look()
        least = self.definition.privacy["images_from"]
        shown = defaultdict(set)
        for name in sorted(copy.names):
            if not name.startswith("images/"):
                continue
            picture = PICTURE.fullmatch(name)
            if picture is None:
                check.fail(f"{copy.place}/{name}", "images.whole", "is no picture of one contest: a whole ballot is never public")
                continue
            shown[picture[1]].add(int(picture[2]))
        if copy.results is None or copy.images is None:
            return
        signed, first = defaultdict(set), defaultdict(dict)
        for path, digest in copy.images.items():
            picture = PICTURE.fullmatch("images/" + path.removeprefix("data/"))
            if picture:
                signed[picture[1]].add(int(picture[2]))
                if not picture[3]:
                    first[picture[1]][int(picture[2])] = digest
        redacted = self.record.redacted(copy.station, copy.content) if copy.content else None
        rows = []
        few = least == 0 or copy.results.account["cast"] < least
        for contest in self.definition.contests_of[copy.station]:
            numbers = signed.get(contest, set())
            place = f"{copy.place}/images"
            if not numbers:
                if not few and copy.results.contests[contest].ballots >= 1:
                    check.fail(place, "images.count", f"{contest} has 0 pictures for {copy.results.contests[contest].ballots} ballots")
                continue
            order = [first[contest].get(number) for number in sorted(numbers)]
            if None in order or order != sorted(order) or sorted(numbers) != list(range(1, len(numbers) + 1)):
                check.fail(place, "images.order", f"the pictures of {contest} are not numbered in the order of their hashes: their order may tell another")
            if len(numbers) != copy.results.contests[contest].ballots:
                check.fail(place, "images.count", f"{contest} has {len(numbers)} pictures for {copy.results.contests[contest].ballots} ballots")
            hidden = (redacted or {}).get(contest, set()) & numbers
            if few or len(numbers) < least:
                allowed, clause = set(), "privacy.images_from"
            elif redacted is None or contest not in redacted or 0 < len(hidden) < least or len(numbers - hidden) < least:
                allowed, clause = set(), "privacy.redaction"
            else:
                allowed, clause = numbers - hidden, "privacy.redaction"
            for number in sorted(shown.get(contest, set()) - allowed):
                code = "images.redacted" if number in hidden else "images.not"
                check.fail(f"{place}/contest-{contest}-{number:06}.png", code, "is published, though the rules or two officers withhold it")
            for number in sorted(allowed - shown.get(contest, set())):
                check.missing(f"{place}/contest-{contest}-{number:06}.png", "images.silent", "is neither published nor withheld by two officers")
            if numbers - allowed:
                rows.append({"contest": contest, "shown": len(allowed), "withheld": len(numbers - allowed), "clause": clause})
        for contest in set(shown) - set(signed):
            check.fail(f"{copy.place}/images", "images.not", f"pictures of '{contest}' are published, which the device did not sign for")
        if copy.withheld is not None and copy.withheld.get("pictures", []) != rows:
            self.check("V.409").fail(f"{copy.place}/withheld.json", "withheld.silent", "says of pictures what the rules and the record do not give")

    def check_receipt(self, copy):
        check, place = self.check("V.307"), f"{copy.place}/receipt.json"
        network = [one for one in copy.imports if one.medium == "network"]
        if not network:
            if "receipt.json" in copy.names:
                check.fail(place, "receipt.other", "came by stick alone, and has a receipt")
            else:
                check.recorded(copy.place, "station.by_stick", "came by stick alone, so there is no receipt")
            return
        check.look()
        if "receipt.json" not in copy.names:
            check.missing(place, "file.missing", "came over the network, but its receipt is not there")
            return
        try:
            data = self.folder.read(place, MAX_ENVELOPE)
            value = payload_of(read_envelope(data), "receipt", RECEIPT)
            if not self.intake_log.leaves:
                check.missing(place, "verify.needs", "needs the intake log (V.301)")
            elif data not in self.intake_leaves:
                check.fail(place, "receipt.no_leaf", "is no leaf of the intake log")
            elif value["label"] != copy.label_digest and copy.label_digest:
                check.fail(place, "receipt.other", f"is for the label {value['label']}, not for the one beside it")
        except Bad as bad:
            check.bad(place, bad)


TRANSPORT = Shape(protocol=text, group=text, client=is_digest)
RECEIPT = Shape(scope=SCOPE, label=is_digest, results=is_digest, images=is_digest, index=is_count, transport=TRANSPORT, time=a_time)
REFUSAL = Shape(
    scope=SCOPE,
    code=text,
    subject=is_digest,
    station=or_null(is_id),
    device=or_null(is_id),
    contradicts=digests,
    client=is_digest,
    time=a_time,
)
CLOSE = Shape(scope=SCOPE, packages=is_count, incomplete=is_count, time=a_time)
MAX_OF_ONE = 1 << 40
WORDED = Shape(protocol=a_word, group=a_word, client=is_digest)
ATTEMPT = Shape(
    started=a_time, ended=a_time, address=a_word, transport=WORDED, bytes=number_from(0, MAX_OF_ONE), outcome=a_word
)
REFUSED_LABEL = Shape(time=a_time, code=a_word, subject=is_digest, address=a_word, client=is_digest)
REPORTED_STATION = Shape(
    packages=list_of(
        Shape(
            name=a_word,
            label=is_digest,
            admitted=a_time,
            address=a_word,
            transport=WORDED,
            receipt=or_null(RECEIPT),
            attempts=list_of(ATTEMPT),
        )
    ),
    refusals=list_of(REFUSED_LABEL),
)
TRANSMISSION = Shape(
    scope=SCOPE,
    leaves=is_count,
    stations=sorted_map(is_id, REPORTED_STATION),
    refusals=list_of(REFUSED_LABEL),
    refused_connections=list_of(
        Shape(reason=a_word, address=a_word, first=a_time, last=a_time, count=number_from(0, MAX_OF_ONE))
    ),
)


def read_transmission(data, said):
    """The transmission report, the very file that the receiving service has signed for."""
    if (len(data), sha256(data)) != (said["bytes"], said["report"]):
        raise Bad("transmission.other", "is not the file that the receiving service has signed for")
    try:
        report_ = parse_json(data)
        in_two_spaces(report_, data)
        if data[-2:] != b"}\n":
            raise Bad("json.form", "is not in its one form")
    except Bad as bad:
        raise Bad("transmission.form", bad.what) from bad
    if not TRANSMISSION(report_):
        raise Bad("transmission.form", "is no transmission report in its one form")
    packages = [package for own in report_["stations"].values() for package in own["packages"]]
    taken = sum(attempt["bytes"] for package in packages for attempt in package["attempts"])
    if max(taken, sum(row["count"] for row in report_["refused_connections"])) > COUNT:
        raise Bad("transmission.form", "counts more than any network carries")
    if (report_["scope"], report_["leaves"]) != (said["scope"], said["log"]["size"]):
        raise Bad("transmission.log", "goes with another intake log, or another election, than the statement about it")
    return report_


def transport_words(attempt):
    return f"{attempt['transport']['protocol']} {attempt['transport']['group']}"


class Transmitted:
    """A transmission report beside the labels of the intake log that it goes with: label to station, name, length and receipt."""

    def __init__(self, report_, labels):
        self.report, self.labels = report_, labels
        self.stations = report_["stations"].items()
        self.packages = [(station, package) for station, own in self.stations for package in own["packages"]]

    def unlike(self):
        """The packages of which it says something else than the log."""
        told = set()
        for station, package in self.packages:
            known = self.labels.get(package["label"])
            said = (station, package["name"], package["receipt"])
            is_same = package["receipt"] is None if known is None else said == (known[0], known[1], known[3])
            receipt = package["receipt"]
            is_so_protected = receipt is None or receipt["transport"] == package["transport"]
            if package["label"] in told or not is_same or not is_so_protected:
                yield package["name"]
            told.add(package["label"])
        yield from (name for label, (_, name, _, receipt) in self.labels.items() if receipt is not None and label not in told)

    def remark(self, package):
        if package["receipt"] is None:
            return None
        if not package["attempts"]:
            return "no_attempt"
        known = self.labels.get(package["label"])
        taken = sum(attempt["bytes"] for attempt in package["attempts"])
        return None if known is None or taken == known[2] else "other_bytes"

    def totals(self):
        attempts = [attempt for _, package in self.packages for attempt in package["attempts"]]
        refusals = [*self.report["refusals"], *(refusal for _, own in self.stations for refusal in own["refusals"])]
        refused = Counter()
        for row in self.report["refused_connections"]:
            refused[row["reason"]] += row["count"]
        remarks, remarked = {}, 0
        for _, package in self.packages:
            what = self.remark(package)
            remarked += what is not None
            if what is not None and len(remarks) < MAX_REMARKS:
                remarks.setdefault(package["name"], what)
        return {
            "stations": len(self.stations),
            "packages": len(self.packages),
            "receipts": sum(package["receipt"] is not None for _, package in self.packages),
            "attempts": len(attempts),
            "cut": sum(attempt["outcome"] == "cut" for attempt in attempts),
            "bytes": sum(attempt["bytes"] for attempt in attempts),
            "transports": Counter(map(transport_words, attempts)),
            "relays": len({attempt["transport"]["client"] for attempt in attempts}),
            "refusals": Counter(refusal["code"] for refusal in refusals),
            "refused_connections": refused,
            "remarked": remarked,
            "remarks": remarks,
        }

    def rows(self):
        for station, own in self.stations:
            packages = own["packages"]
            attempts = [attempt for package in packages for attempt in package["attempts"]]
            received = [package for package in packages if package["receipt"] is not None]
            lengths = [self.labels.get(package["label"], (None,) * 4)[2] for package in received]
            codes = Counter(refusal["code"] for refusal in own["refusals"])
            remarks = {self.remark(package) for package in packages} - {None}
            yield [
                station,
                len(packages),
                len(received),
                len(attempts),
                sum(attempt["outcome"] == "cut" for attempt in attempts),
                sum(attempt["bytes"] for attempt in attempts),
                None if None in lengths else sum(lengths),
                min((attempt["started"] for attempt in attempts), default=None),
                max((attempt["ended"] for attempt in attempts), default=None),
                "; ".join(sorted(set(map(transport_words, attempts)))),
                " ".join(sorted({attempt["transport"]["client"] for attempt in attempts})),
                "; ".join(f"{code}: {many}" for code, many in sorted(codes.items())),
                " ".join(sorted(remarks)),
            ]


def read_withheld(data):
    value = parse_json(data)
    if not (isinstance(value, dict) and list_of(Shape(clause=text, path=text, sha256=is_digest))(value.get("withheld"))):
        raise Bad("json.content", "not the JSON that belongs here")
    rows = {"contest", "shown", "withheld", "clause"}
    pictures = value.get("pictures")
    if set(value) != {"withheld", "pictures"} or not list_of(lambda row: isinstance(row, dict) and set(row) == rows)(pictures):
        raise Bad("json.content", "not the JSON that belongs here")
    in_two_spaces(value, data)
    return value


def in_two_spaces(value, data):
    """JSON that is published for reading has one form too: two spaces, no line end at the end."""
    if json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace") != data.rstrip(b"\n"):
        raise Bad("json.form", "is not in its one form")


def slip_codes(data):
    """slip.json: an array of the texts of the slip's codes."""
    value = parse_json(data)
    if not list_of(text)(value):
        raise Bad("json.content", "not the JSON that belongs here")
    return value


def slip_differences(slip, copy, folder):
    """What a slip says otherwise than the package beside it."""
    for name, digest in (("results", slip.results), ("zero", slip.zero)):
        if f"{name}.json" in copy.names and "sha256:" + folder.hash(f"{copy.place}/{name}.json") != digest:
            yield f"the hash of {name}.json"
    if copy.results is None:
        return
    for figure in ACCOUNT_FIGURES:
        if slip.account[figure] != copy.results.account[figure]:
            yield f"{figure} {slip.account[figure]} / {copy.results.account[figure]}"
    for contest in sorted(set(slip.contests) | set(copy.results.contests)):
        theirs = slip.contests.get(contest)
        mine = copy.results.contests.get(contest)
        if theirs is None or mine is None:
            yield f"contest {contest}"
        elif theirs[:4] != tuple(mine[:4]) or theirs[4] != {option: many for option, many in mine.votes.items() if many}:
            yield f"figures of {contest}"


Mark = namedtuple("Mark", "option marked counts")
Sheet = namedtuple("Sheet", "style contests")
STATUS = {(): "valid", ("not-indicated",): "blank", ("invalidated-rules",): "invalid"}


def read_records(data, copy, definition):
    """cvr.json (NIST SP 1500-103): for each record its style, and of each contest what it is worth and what is marked."""
    value = parse_json(data)
    if one_form(value) != data.rstrip(b"\n"):
        raise Bad("json.form", "is not in its one form")

    def must(holds, what):
        if not holds:
            raise Bad("cvr.content", f"the cast vote records hold something that belongs elsewhere: {what}")

    keys = ["@type", "CVR", "Election", "GeneratedDate", "GpUnit", "Notes", "ReportGeneratingDeviceIds", "ReportType", "ReportingDevice", "Version"]
    must(isinstance(value, dict) and list(value) == keys, "keys")
    must(value["@type"] == "CVR.CastVoteRecordReport" and value["Version"] == "1.0.0", "@type, Version")
    must(value["ReportGeneratingDeviceIds"] == [f"device-{copy.device}"], "ReportGeneratingDeviceIds")
    must(value["ReportingDevice"] == [{"@id": f"device-{copy.device}", "@type": "CVR.ReportingDevice"}], "ReportingDevice")
    must(value["GpUnit"] == [{"@id": f"unit-{copy.station}", "@type": "CVR.GpUnit", "Type": "precinct"}], "GpUnit")
    must(value["ReportType"] == ["originating-device-export"] and value["GeneratedDate"] == "1970-01-01T00:00:00Z", "ReportType, GeneratedDate")
    notes = f"round {definition.round} mode {definition.mode} generation {copy.generation} salt "
    must(text(value["Notes"]) and value["Notes"].startswith(notes) and HEX64.fullmatch(value["Notes"][len(notes) :]), "Notes")
    must(isinstance(value["CVR"], list), "CVR")
    sheets = [read_record(number, record, copy, definition, must) for number, record in enumerate(value["CVR"], 1)]
    order = [sheet_order(sheet) for sheet in sheets]
    if order != sorted(order):
        raise Bad("cvr.order", "the cast vote records are not sorted")
    seen = defaultdict(set)
    for sheet in sheets:
        for contest, (_, _, marks) in sheet.contests.items():
            seen[contest].update(mark.option for mark in marks)
    contests = [
        {
            "@id": contest,
            "@type": "CVR.Contest",
            "ContestSelection": [{"@id": f"{contest}-{option}", "@type": "CVR.ContestSelection"} for option in sorted(options) or ["none"]],
        }
        for contest, options in sorted(seen.items())
    ]
    election = {"@id": definition.election, "@type": "CVR.Election", "Contest": contests, "ElectionScopeId": f"unit-{copy.station}"}
    must(value["Election"] == [election], "Election")
    return sheets


def read_record(number, record, copy, definition, must):
    """One cast vote record, in the only form that says what it says."""
    place = f"record {number}"
    must(isinstance(record, dict) and isinstance(record.get("CVRSnapshot"), list) and len(record["CVRSnapshot"]) == 1, place)
    snapshot = record["CVRSnapshot"][0]
    must(isinstance(snapshot, dict) and isinstance(snapshot.get("CVRContest"), list), place)
    must(record.get("BallotStyleId") in definition.stations[copy.station]["constituencies"], f"{place}: style")
    must(text(record.get("BallotSheetId")) and re.fullmatch("[1-9][0-9]{0,2}", record["BallotSheetId"]) is not None, f"{place}: sheet")
    contests, written, settled = {}, [], False
    for one in snapshot["CVRContest"]:
        must(isinstance(one, dict) and one.get("ContestId") in definition.contests_of[copy.station], f"{place}: contest")
        contest, status, other = one["ContestId"], one.get("Status", []), one.get("OtherStatus", "")
        must(contest not in contests and isinstance(status, list) and all(map(text, status)) and text(other), f"{place}: {contest}")
        must(definition.contests[contest]["constituency"] == record["BallotStyleId"], f"{place}: {contest}: style")
        worth = STATUS.get(tuple(status))
        must(worth is not None and isinstance(one.get("CVRContestSelection", []), list), f"{place}: {contest}: status")
        marks, selections = [], []
        for selection in one.get("CVRContestSelection", []):
            marks.append(read_selection(selection, contest, lambda holds: must(holds, f"{place}: {contest}")))
            position = {"@type": "CVR.SelectionPosition", "HasIndication": "yes" if marks[-1].marked else "no", "NumberVotes": marks[-1].counts}
            named = f"{contest}-{marks[-1].option}"
            selections.append({"@type": "CVR.CVRContestSelection", "ContestSelectionId": named, "SelectionPosition": [position]})
        options = [mark.option for mark in marks]
        must(options == sorted(set(options)), f"{place}: {contest}: options")
        settled = settled or "settled" in other.split()
        contests[contest] = (worth, other, tuple(marks))
        mine = {"@type": "CVR.CVRContest", "CVRContestSelection": selections, "ContestId": contest, "OtherStatus": other, "Status": status}
        written.append({key: what for key, what in mine.items() if what})
    whole_snapshot = {"@id": f"s{number:06}", "@type": "CVR.CVRSnapshot", "CVRContest": written, "Type": "modified" if settled else "interpreted"}
    expected = {
        "@type": "CVR.CVR",
        "BallotSheetId": record["BallotSheetId"],
        "BallotStyleId": record["BallotStyleId"],
        "CVRSnapshot": [whole_snapshot],
        "CurrentSnapshotId": f"s{number:06}",
        "ElectionId": definition.election,
        "UniqueId": f"{number:06}",
    }
    must(record == expected, place)
    return Sheet((record["BallotStyleId"], record["BallotSheetId"]), contests)


def read_selection(selection, contest, must):
    must(isinstance(selection, dict) and text(selection.get("ContestSelectionId")))
    prefix, _, option = selection["ContestSelectionId"].rpartition("-")
    position = selection.get("SelectionPosition")
    must(prefix == contest and isinstance(position, list) and len(position) == 1 and isinstance(position[0], dict))
    votes, marked = position[0].get("NumberVotes"), position[0].get("HasIndication")
    must(is_count(votes) and votes < 2 and marked in ("yes", "no"))
    return Mark(option, marked == "yes", votes)


def sheet_order(sheet):
    """What cast vote records are sorted by: style, sheet, and of each contest its worth, the rule's word, what is marked, and whether people settled it."""
    worths = list(STATUS.values())
    return sheet.style, [
        (
            contest,
            worths.index(worth),
            " ".join(word for word in other.split() if word != "settled"),
            [mark.option for mark in marks if mark.marked],
            "settled" in other.split(),
        )
        for contest, (worth, other, marks) in sheet.contests.items()
    ]


def records_differences(sheets, results, definition):
    """What the cast vote records give otherwise than the station's figures."""
    for contest, figures in results.contests.items():
        worths, votes = Counter(), Counter()
        for sheet in sheets:
            if contest in sheet.contests:
                worth, _, marks = sheet.contests[contest]
                worths[worth] += 1
                for mark in marks:
                    votes[mark.option] += mark.counts
                    if mark.counts and (worth != "valid" or mark.option not in figures.votes):
                        yield f"{contest}: a vote of a ballot that is not valid, or for '{printable(mark.option, 60)}'"
        given = (sum(worths.values()), worths["valid"], worths["blank"], worths["invalid"])
        if given != tuple(figures[:4]):
            yield f"{contest}: ballots, valid, blank, invalid {given} / {tuple(figures[:4])}"
        for option, many in figures.votes.items():
            if votes[option] != many:
                yield f"{contest}: {option} {votes[option]} / {many}"


# ---------------------------------------------------------------------------------------------------------------------
# Tables (docs/formats.md, "results/")


def rows_of(folder, path):
    """The rows of a published table, one after the other; no row is longer than the bound, whatever the file is."""
    hashed = hashlib.sha256()

    def lines(file):
        room = MAX_ROW
        while line := file.readline(MAX_ROW + 1):
            hashed.update(line)
            # A cell may hold line breaks, so the bound is for what is read since the last row was whole.
            room = MAX_ROW if reader.line_num == done[0] else room
            room -= len(line)
            if room < 0:
                raise Bad("table.form", "a row is longer than any row of a table")
            if not line.endswith(b"\r\n"):
                raise Bad("table.form", "a line does not end with CRLF")
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Bad("table.form", "is not UTF-8") from error

    with folder.open(path) as file:
        mark = file.read(3)
        hashed.update(mark)
        if mark != b"\xef\xbb\xbf":
            raise Bad("table.form", "does not begin with the byte order mark of UTF-8")
        done = [0]
        reader = csv.reader((), strict=True)
        reader = csv.reader(lines(file), strict=True)
        try:
            for row in reader:
                done[0] = reader.line_num
                yield reader.line_num, row
        except csv.Error as error:
            raise Bad("table.form", f"line {reader.line_num}: {error}") from error
        except OSError as error:
            raise Absent("file.missing", f"cannot be read: {error.strerror}") from error
    if hashed.hexdigest() != folder.hash(path):
        raise Absent("file.missing", "gave other bytes when it was read again")


def safe(cell):
    """A cell as it is written: never the beginning of a formula, and the same text for numbers and truth."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    cell = str(cell)
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell else cell


def compare_table(folder, check, path, header, expected):
    """Each row of a table against what was worked out, value by value. True if it was read to its end."""
    try:
        rows = rows_of(folder, path)
        line, found = next(rows, (1, None))
        if found != header:
            raise Bad("table.form", f"its columns are {found}, not {header}")
        check.look()
        for want in expected:
            want = [safe(cell) for cell in want]
            line, found = next(rows, (line + 1, None))
            check.look()
            if found is None:
                check.fail(f"{path}:{line}", "table.value", f"ends before the row of {', '.join(want[:4])}")
                return False
            if found != want:
                if len(found) != len(want):
                    raise Bad("table.form", f"line {line} has {len(found)} cells, the header {len(header)}")
                for column, mine, theirs in zip(header, want, found):
                    if mine != theirs:
                        check.fail(f"{path}:{line}", "table.value", f"{', '.join(want[:3])}: {column} is '{theirs}', but the evidence gives '{mine}'")
        more = next(rows, None)
        if more is not None:
            check.fail(f"{path}:{more[0]}", "table.value", "is a row too many")
        return True
    except Bad as bad:
        check.bad(path, bad)
        return False


# ---------------------------------------------------------------------------------------------------------------------
# From votes to seats (docs/rules.md, R.3xx)

Quotient = namedtuple("Quotient", "list votes divisor rank won tied")
Elected = namedtuple("Elected", "candidate list votes seat rule")
Step = namedtuple("Step", "rule words arguments")

# The words of each step that this program knows, in Arabic, Kurdish and English: `{n}` a name or names, `{i}` a whole number, `{q}` a quotient,
# `{d}` a divisor or quota, `{t}` a text that is the same in all. A step without a row here is compared by contest, number and rule alone.
WORDS = {
    "seat": (
        "المقعد {i} من {i}: {n}. أصواتها {i} مقسومة على {d} تساوي {q}، وهو أعلى ناتج متبقٍ.",
        "کورسی {i} لە {i}: {n}. {i} دەنگەکەی دابەش بە {d} دەکاتە {q}، کە بەرزترین ئەنجامی ماوەیە.",
        "Seat {i} of {i}: {n}. Its {i} votes divided by {d} are {q}, the highest quotient left.",
    ),
    "seat_by_lot": (
        "المقعد {i} من {i}: {n}. أصواتها {i} مقسومة على {d} تساوي {q}، ومثله لغيرها (انظر التعادل).",
        "کورسی {i} لە {i}: {n}. {i} دەنگەکەی دابەش بە {d} دەکاتە {q}، و هی تریش هەمان ئەنجامیان هەیە (بڕوانە یەکسانی).",
        "Seat {i} of {i}: {n}. Its {i} votes divided by {d} are {q}, as others have it too (see the tie).",
    ),
    "first_without": (
        "أول ما لم ينل مقعداً: {n} بـ {q}.",
        "یەکەم کە کورسی وەرنەگرت: {n} بە {q}.",
        "The first that wins no seat: {n} with {q}.",
    ),
    "list_seats": (
        "{n}: {i} صوتاً، {i} مقعداً ({t}).",
        "{n}: {i} دەنگ، {i} کورسی ({t}).",
        "{n}: votes {i}, seats {i} ({t}).",
    ),
    "tie_lists": (
        "تعادل على آخر مقاعد القوائم بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر دوا کورسییەکانی لیستەکان لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for the last seats of lists between: {n}. The lot {t} drew: {n}.",
    ),
    "tie_candidates": (
        "تعادل على آخر مقاعد القائمة بين مرشحيها بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر دوا کورسییەکانی لیستەکە لە نێوان کاندیدەکانیدا لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for the last seats of a list, between its candidates between: {n}. The lot {t} drew: {n}.",
    ),
    "tie_gives_way": (
        "تعادل على من يترك مقعده لامرأة من قائمته بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر ئەوەی کێ کورسییەکەی بۆ ژنێکی لیستەکەی چۆڵ دەکات لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for who gives way to a woman of his list between: {n}. The lot {t} drew: {n}.",
    ),
    "tie_comes_in": (
        "تعادل على المرأة التي تدخل من القائمة بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر ئەو ژنەی لە لیستەکەوە دێتە ناوەوە لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for the woman of the list who comes in between: {n}. The lot {t} drew: {n}.",
    ),
    "tie_step_four": (
        "تعادل على المرأة التي تدخل من بين القوائم الفائزة كلها بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر ئەو ژنەی لە نێوان هەموو لیستە براوەکاندا دێتە ناوەوە لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for the woman of all winning lists who comes in between: {n}. The lot {t} drew: {n}.",
    ),
    "tie_reserved": (
        "تعادل على مقعد مخصص بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر کورسییەکی تایبەت لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for a reserved seat between: {n}. The lot {t} drew: {n}.",
    ),
    "takes": (
        "{n} ينال مقعداً من مقاعد {n} بعدد {i} صوتاً شخصياً.",
        "{n} بە {i} دەنگی کەسی کورسییەکی {n} وەردەگرێت.",
        "{n} takes a seat of {n} with {i} personal votes.",
    ),
    "quota": (
        "حصة النساء من {i} مقعداً عاماً هي {i}؛ فازت مباشرةً {i}.",
        "پشکی ژنان لە {i} کورسی گشتی {i}ە؛ {i} ژن ڕاستەوخۆ دەرچوون.",
        "The women's quota of {i} general seats is {i}; women elected directly: {i}.",
    ),
    "enough": (
        "الخطوة {i}: فازت {i} من النساء مباشرةً، والمطلوب {i}؛ لا يتغير شيء.",
        "هەنگاوی {i}: {i} ژن ڕاستەوخۆ دەرچوون و {i} پێویستە؛ هیچ ناگۆڕێت.",
        "Step {i}: women elected directly {i}, owed {i}; nothing changes.",
    ),
    "owes": (
        "الخطوة {i}: على {n} ({i} مقعداً) {i} من النساء؛ لديها {i}.",
        "هەنگاوی {i}: {n} ({i} کورسی) دەبێت {i} ژنی هەبێت؛ {i} ژنی هەیە.",
        "Step {i}: {n} (seats {i}) owes {i} women; it has {i}.",
    ),
    "serve_all": (
        "الخطوة {i} تُدخل {i} من النساء والباقي {i} فقط. اختار ملف القواعد أن تقدم كل قائمة ما عليها (serve_all).",
        "هەنگاوی {i} {i} ژن دەهێنێت و تەنها {i} ماوە. فایلی یاساکان هەڵیبژاردووە هەر لیستێک ئەوەی لەسەریەتی بیدات (serve_all).",
        "Step {i} would bring in {i} women where {i} are still owed. The rule file chooses that every list pays what it owes (serve_all).",
    ),
    "swap": (
        "الخطوة {i}: في {n}، تحل {n} ({i} صوتاً) محل {n} ({i} صوتاً).",
        "هەنگاوی {i}: لە {n}، {n} ({i} دەنگ) جێگەی {n} ({i} دەنگ) دەگرێتەوە.",
        "Step {i}: in {n}, {n} ({i} votes) takes the seat of {n} ({i} votes).",
    ),
    "after": (
        "بعد الخطوة {i} بلغ عدد النساء {i}، والحصة {i}.",
        "دوای هەنگاوی {i} ژمارەی ژنان گەیشتە {i}، و پشکەکە {i}ە.",
        "After step {i} women elected are {i}, the quota is {i}.",
    ),
    "reserved": (
        "المقعد المخصص ({n}): {n} بعدد {i} صوتاً شخصياً، وهو الأعلى بين مرشحيه.",
        "کورسی تایبەت ({n}): {n} بە {i} دەنگی کەسی، کە بەرزترینە لە نێوان کاندیدەکانیدا.",
        "Reserved seat ({n}): {n} with {i} personal votes, the highest among its candidates.",
    ),
    "withdrawn_list": (
        "انسحبت {n} بعد الطباعة ولها {i} صوتاً، ولا تأخذ هي ولا مرشحوها مقعداً.",
        "{n} دوای چاپکردن کشایەوە و {i} دەنگی هەیە؛ نە خۆی و نە کاندیدەکانی کورسی وەرناگرن.",
        "{n} withdrew after printing with {i} votes; neither it nor its candidates take a seat.",
    ),
    "withdrawn_candidate": (
        "انسحب {n} بعد الطباعة: {i} علامة تبقى أصواتاً للقائمة، ولا يأخذ المرشح مقعداً.",
        "{n} دوای چاپکردن کشایەوە: {i} نیشانە وەک دەنگی لیست دەمێننەوە، و کاندیدەکە کورسی وەرناگرێت.",
        "{n} withdrew after printing: {i} marks stay list votes, and the candidate takes no seat.",
    ),
    "withdrawn_invalid": (
        "أصوات المنسحبين {i}. اختار ملف القواعد أن تُحسب باطلة (invalid). الأصوات الصحيحة قبل ذلك {i} وبعده {i}.",
        "دەنگی کشاوەکان {i}. فایلی یاساکان هەڵیبژاردووە بە پووچەڵ بژمێردرێن (invalid). دەنگە دروستەکان پێشتر {i} و دواتر {i}.",
        "Votes for those who withdrew: {i}. The rule file chooses that they are invalid (invalid). Valid votes before {i}, after {i}.",
    ),
    "threshold": (
        "حصلت {n} على {i} من {i} صوتاً صحيحاً، أي أقل من العتبة {t}؛ فلا تأخذ مقعداً.",
        "{n} {i} لە {i} دەنگی دروستی بەدەستهێناوە، کە لە ئاستی {t} کەمترە؛ بۆیە کورسی وەرناگرێت.",
        "{n} has {i} of {i} valid votes, less than the threshold of {t}; it takes no seat.",
    ),
    "whole_quotas": (
        "{n}: في أصواتها {i} الحصةُ الانتخابية {d} كاملةً {i} مرة، ولكل مرة مقعد.",
        "{n}: لە {i} دەنگەکەیدا پشکی هەڵبژاردن {d} بە تەواوی {i} جار هەیە، و هەر جارێک کورسییەک.",
        "{n}: its {i} votes hold the quota of {d} whole {i} times, a seat for each.",
    ),
    "remainder": (
        "المقعد {i} من {i}: {n}. يبقى من أصواتها {q} من الحصة الانتخابية، وهو أكبر باقٍ.",
        "کورسی {i} لە {i}: {n}. لە دەنگەکانی {q}ی پشکێک دەمێنێتەوە، کە گەورەترین ماوەیە.",
        "Seat {i} of {i}: {n}. Of its votes {q} of a quota remain, the largest remainder left.",
    ),
    "remainder_by_lot": (
        "المقعد {i} من {i}: {n}. يبقى من أصواتها {q} من الحصة الانتخابية، ومثله لغيرها (انظر التعادل).",
        "کورسی {i} لە {i}: {n}. لە دەنگەکانی {q}ی پشکێک دەمێنێتەوە، و هی تریش هەمان ئەنجامیان هەیە (بڕوانە یەکسانی).",
        "Seat {i} of {i}: {n}. Of its votes {q} of a quota remain, as others have it too (see the tie).",
    ),
    "short_list": (
        "لدى {n} عدد من المرشحين ({i}) أقل مما فازت به من مقاعد. اختار ملف القواعد: تذهب المقاعد الباقية إلى أعلى النواتج التالية للقوائم الأخرى (next_quotient).",
        "{n} کاندیدی کەمترە ({i}) لەو کورسییانەی بردوونیەتیەوە. فایلی یاساکان هەڵیبژاردووە: کورسییە ماوەکان دەچنە بەرزترین ئەنجامی دابەشکردنی دواتری لیستەکانی تر (next_quotient).",
        "{n} has fewer candidates ({i}) than seats. The rule file chooses: the seats left go to the next highest quotients of other lists (next_quotient).",
    ),
    "list_order": (
        "تعادل على آخر مقاعد القائمة بين مرشحيها بين: {n}. اختار ملف القواعد ترتيب القائمة (list_order)، فوقع على: {n}.",
        "یەکسانی لەسەر دوا کورسییەکانی لیستەکە لە نێوان کاندیدەکانیدا لە نێوان: {n}. فایلی یاساکان ڕیزبەندی لیستی هەڵبژاردووە (list_order)، بۆیە: {n}.",
        "A tie for the last seats of a list, between its candidates between: {n}. The rule file chooses the order of the list (list_order): {n}.",
    ),
    "stop_at_quota": (
        "الخطوة {i} تُدخل {i} من النساء والباقي {i} فقط. اختار ملف القواعد التوقف عند بلوغ الحصة (stop_at_quota)، والقائمة الأكثر أصواتاً أولاً (most_votes).",
        "هەنگاوی {i} {i} ژن دەهێنێت و تەنها {i} ماوە. فایلی یاساکان وەستانی لە پشکەکەدا هەڵبژاردووە (stop_at_quota)، لیستی خاوەن زۆرترین دەنگ لە پێشەوە (most_votes).",
        "Step {i} would bring in {i} women where {i} are still owed. The rule file chooses to stop at the quota (stop_at_quota), the list with the most votes first (most_votes).",
    ),
    "tie_served": (
        "تعادل على القائمة التي يُبدأ بها بين: {n}. القرعة {t} اختارت: {n}.",
        "یەکسانی لەسەر ئەو لیستەی پێشتر دەستی پێدەکرێت لە نێوان: {n}. تیروپشکی {t} ئەمانەی هەڵبژارد: {n}.",
        "A tie for the list that is served first between: {n}. The lot {t} drew: {n}.",
    ),
    "no_vote": (
        "لا يوجد أي صوت صحيح؛ تبقى {i} من المقاعد شاغرة.",
        "هیچ دەنگێکی دروست نییە؛ {i} کورسی بە بەتاڵی دەمێننەوە.",
        "There is no valid vote; seats that stay vacant: {i}.",
    ),
}
# Arabic and Kurdish take the arguments in another order than English here: places of the English order.
OTHER_ORDER = {("takes", "ckb"): (0, 2, 1)}
ARABIC_DIGITS = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
TIE_RULES = {"candidates": "R.312", "gives_way": "R.329", "comes_in": "R.329", "step_four": "R.329", "reserved": "R.331", "lists": "R.305"}


def in_words(step):
    """A step in Arabic, Kurdish and English, or None where its words are not known here."""
    if step.words not in WORDS:
        return None
    found = []
    for at, language in enumerate(LANGUAGES):
        arguments = [step.arguments[place] for place in OTHER_ORDER.get((step.words, language), range(len(step.arguments)))]
        arguments = iter(arguments)

        def fill(what):
            value = next(arguments)
            if what[1] == "n":
                rows = value if isinstance(value, list) else [value]
                return ("، " if language != "en" else ", ").join(f"\N{FIRST STRONG ISOLATE}{name_in(row, language)}\N{POP DIRECTIONAL ISOLATE}" for row in rows)
            written = two_places(value) if what[1] == "q" else decimal(value) if what[1] == "d" else str(value)
            return written if what[1] == "t" or language == "en" else written.translate(ARABIC_DIGITS)

        found.append(re.sub(r"\{([niqdt])\}", fill, WORDS[step.words][at]))
    return found


def name_in(row, language):
    """A name in a language, else in English, Arabic or Kurdish, whichever is there first."""
    return next((row[f"name_{one}"] for one in (language, "en", "ar", "ckb") if row[f"name_{one}"]), "")


def two_places(value):
    """A quotient cut, not rounded, to two places; a whole one without any."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    cut = value.numerator * 100 // value.denominator
    return f"{cut // 100}.{cut % 100:02}"


def decimal(value):
    """A divisor or a quota, cut to two places, without zeros at the end: 17/10 is 1.7."""
    cut = Fraction(value) * 100 // 1
    return f"{cut // 100}.{cut % 100:02}".rstrip("0").rstrip(".")


def quota_of(seats):
    """The women's quota of so many general seats: a quarter, rounded half up."""
    return (seats + 2) // 4


class LotNeeded(Exception):
    """Equal votes decide, and the record does not have the lot."""

    def __init__(self, lot, seats):
        super().__init__(lot)
        self.lot, self.seats = lot, seats


class Allotment:
    """The seats of one contest from its votes: quotients, persons and steps.

    Where lots are needed that the record does not have, `needed` is the first of them, and what is certain without any stands: seats of
    lists and persons above those tied; nobody for general seats where these are open between lists, and no quota.
    """

    def __init__(self, definition, record, contest, votes, valid, share):
        self.definition, self.record, self.contest = definition, record, contest
        self.row = definition.contests[contest]
        self.rules = record.rules.seats(contest)
        self.votes, self.valid = votes, valid
        self.share = share
        self.quotients, self.elected, self.steps, self.lots, self.tie_steps = [], [], [], [], []
        self.won = {}
        self.needed = None
        self.wrong_lot = None
        self.allot()

    def gone(self, option):
        said = self.record.withdrawn(option)
        return bool(said and said[0])

    def step(self, rule, words=None, *arguments):
        self.steps.append(Step(rule, words, arguments))

    def draw(self, kind, stage, seats, tied):
        """Who of those tied (id to votes) was drawn; the step that tells it is the lot's own."""
        lines = "".join(f"{option} {votes}\n" for option, votes in sorted(tied.items()))
        lot = "lot_" + hashlib.sha256(f"sanad lot v1\n{stage}\n{self.contest}\n{seats}\n{lines}".encode()).hexdigest()[:16]
        self.lots.append(lot)
        _, drawn = self.record.lots.get(lot, (None, None))
        if drawn is None:
            raise LotNeeded(lot, seats)
        if len(drawn) != seats or len(set(drawn)) != seats or not set(drawn) <= set(tied):
            self.wrong_lot = (lot, seats)
            raise LotNeeded(lot, seats)
        rows = self.definition.lists if kind in ("lists", "served") else self.definition.candidates
        order = sorted(tied)
        named = [rows[option] for option in order]
        chosen = [rows[option] for option in order if option in drawn]
        self.step(TIE_RULES[kind], f"tie_{kind}", named, lot, chosen)
        return set(drawn)

    def first(self, kind, stage, seats, votes, by_number):
        """The `seats` options with the most votes; equal ones by number where the rules say so, else by lot."""
        rows = self.definition.lists if kind in ("lists", "served") else self.definition.candidates
        ranked = sorted(votes, key=lambda option: (-votes[option], rows[option]["number"]))
        if len(ranked) <= seats or not seats:
            return ranked[:seats]
        cut = votes[ranked[seats - 1]]
        tied = {option: votes[option] for option in ranked if votes[option] == cut}
        above = [option for option in ranked if votes[option] > cut]
        if len(above) + len(tied) == seats:
            return ranked[:seats]
        if by_number:
            named = [rows[option] for option in sorted(tied)]
            self.step("R.316", "list_order" if kind == "candidates" else None, named, [rows[option] for option in ranked[len(above) : seats]])
            return ranked[:seats]
        # Where the lot of a quota is missing there is no quota.
        drawn = (self.draw if kind == "comes_in" else self.drawn)(kind, stage, seats - len(above), tied)
        return above + [option for option in ranked if option in drawn]

    def drawn(self, *tie):
        """Who was drawn, or nobody where the lot is missing."""
        try:
            return self.draw(*tie)
        except LotNeeded as needed:
            self.needed = self.needed or needed
            return set()

    def allot(self):
        self.tell_withdrawn()
        seats = self.row["seats"]
        if not self.valid:
            reserved = sum(row["seats"] for row in self.definition.reserved_of[self.contest])
            self.step("R.306", "no_vote", seats + reserved)
            return
        if self.row["kind"] == "candidates":
            self.by_plurality()
            return
        self.won = self.list_seats(seats)
        if not self.needed:
            self.persons(self.won)
        self.reserved()

    def tell_withdrawn(self):
        """Who withdrew, before anything is shared."""
        gone = []
        candidates = self.row["kind"] == "candidates"
        options = {row["list"]: row for row in self.definition.lists_of[self.contest]}
        options |= {row["candidate"]: row for row in self.definition.candidates_of[self.contest]}
        for option in sorted(filter(self.gone, options)):
            row = options[option]
            if "candidate" not in row:
                self.step("R.314", "withdrawn_list", row, self.votes[option])
                gone.append(row)
            else:
                self.step("R.313", None if candidates else "withdrawn_candidate", row, self.votes[option])
                if candidates:
                    gone.append(row)
        if gone:
            votes = sum(self.votes[row.get("candidate") or row["list"]] for row in gone)
            invalid = self.record.rules.withdrawn() == "invalid"
            self.step("R.315", "withdrawn_invalid" if invalid else None, votes, self.votes["_valid"], self.valid)

    # Lists.

    def list_seats(self, seats):
        """Seats of each list, in the order of their votes; where these are equal, of their ids."""
        rows = {row["list"]: row for row in self.definition.lists_of[self.contest] if not row["reserved"]}
        standing = {one: self.votes[one] for one in rows if not self.gone(one)}
        competing = self.over_threshold(standing)
        order = sorted(competing, key=lambda one: (-competing[one], one))
        method, first = self.rules["method"]
        limits = {one: sum(1 for row in self.definition.on_list[one] if not self.gone(row["candidate"])) for one in competing}
        capped = limits if self.rules["short_list"] == "next_quotient" else {one: seats + 1 for one in competing}
        if method == "hare":
            won = self.largest_remainders(seats, competing, capped)
        else:
            won = self.highest_quotients(seats, competing, capped, method, first)
        named = method if first == "1" else f"{method}:{first}"
        for one in sorted(standing, key=lambda one: (-standing[one], one)):
            self.step("R.303" if method != "hare" else "R.304", "list_seats", rows[one], standing[one], won.get(one, 0), named)
        if seats > sum(won.values()):
            self.step("R.308")
        return {one: won[one] for one in order if won.get(one)}

    def over_threshold(self, standing):
        threshold = Fraction(self.rules["threshold"] or 0)
        if not threshold:
            return {one: votes for one, votes in standing.items() if votes}
        if self.rules["threshold_over"] == "election":
            shares = {one: self.share(self.definition.lists[one]["party"], self.rules["threshold_of"]) for one in standing}
        else:
            whole_vote = self.valid if self.rules["threshold_of"] == "valid" else sum(standing.values())
            shares = {one: Fraction(votes, whole_vote) if whole_vote else Fraction(0) for one, votes in standing.items()}
        if not any(share >= threshold for share in shares.values()):
            self.step("R.302")
            if self.rules["threshold_unmet"] == "waived":
                return {one: votes for one, votes in standing.items() if votes}
        for one in sorted(standing):
            if shares[one] < threshold:
                plain = self.rules["threshold_over"] == "contest" and self.rules["threshold_of"] == "valid"
                self.step("R.302", "threshold" if plain else None, self.definition.lists[one], standing[one], self.valid, self.rules["threshold"])
        return {one: votes for one, votes in standing.items() if votes and shares[one] >= threshold}

    def highest_quotients(self, seats, votes, capped, method, first):
        def divisor(at):
            return str(at + 1) if method == "d-hondt" else first if at == 0 else str(2 * at + 1)

        ranked = []
        for one in votes:
            ranked += [(-votes[one] / Fraction(divisor(at)), one, at) for at in range(min(seats + 1, capped[one]))]
        ranked.sort()
        won, tied, taken = Counter(), set(), ranked[:seats]
        if 0 < seats < len(ranked) and ranked[seats][0] == ranked[seats - 1][0]:
            cut = ranked[seats][0]
            above = [entry for entry in ranked if entry[0] < cut]
            tied = {entry[1] for entry in ranked if entry[0] == cut}
            chosen = self.last_seats(seats - len(above), {one: votes[one] for one in tied})
            taken = above + [entry for entry in ranked if entry[0] == cut and entry[1] in chosen]
        for _, one, _ in taken:
            won[one] += 1
        inside = set(taken)

        def is_level(entry):
            return bool(tied) and entry[0] == cut

        # Of each list the quotients that win for certain, and the next one: in a tie, that is the tied one.
        certain = Counter(entry[1] for entry in taken if not is_level(entry))
        shown = [entry for entry in ranked if entry[2] <= certain[entry[1]]]
        for entry in shown:
            value, one, at = entry
            rank = 1 + sum(1 for other in shown if other[0] < value)
            self.quotients.append(Quotient(one, votes[one], divisor(at), rank, entry in inside, is_level(entry)))
        for number, entry in enumerate((entry for entry in shown if entry in inside), 1):
            value, one, at = entry
            words = "seat_by_lot" if is_level(entry) else "seat"
            self.step("R.303", words, number, seats, self.definition.lists[one], votes[one], Fraction(divisor(at)), -value)
        out = [entry for entry in shown if entry not in inside]
        if out and seats:
            self.step("R.303", "first_without", self.definition.lists[out[0][1]], -out[0][0])
        self.steps += self.tie_steps
        if self.rules["short_list"] == "next_quotient":
            for one in sorted(votes):
                more = votes[one] / Fraction(divisor(capped[one]))
                if won[one] == capped[one] < seats and (len(ranked) < seats or more >= -ranked[seats - 1][0]):
                    self.step("R.307", "short_list", self.definition.lists[one], capped[one])
        return won

    def last_seats(self, seats, tied):
        """Which of the lists tied (id to votes) take the last seats. The steps that tell it come after the quotients."""
        before = len(self.steps)
        sure, left = set(), dict(tied)
        if self.rules["ties_of_lists"] == "most_votes":
            for figure in sorted(set(tied.values()), reverse=True):
                left = {one: votes for one, votes in tied.items() if votes == figure}
                if len(sure) + len(left) > seats:
                    break
                sure |= set(left)
            if sure:
                self.step("R.309")
        if len(sure) < seats:
            sure |= self.drawn("lists", "list_seats", seats - len(sure), left)
        self.tie_steps = self.steps[before:]
        del self.steps[before:]
        return sure

    def largest_remainders(self, seats, votes, capped):
        rows = self.definition.lists
        whole_vote = sum(votes.values())
        if not whole_vote or not seats:
            return Counter()
        quota = Fraction(whole_vote, seats)
        remainders = {one: votes[one] % quota for one in votes}
        won = Counter({one: min(votes[one] // quota, capped[one]) for one in votes})
        # A list whose whole quotas take all its candidates has no part in the remainders.
        full = [one for one in sorted(votes) if won[one] == capped[one]]
        open_lists = sorted((one for one in votes if one not in full), key=lambda one: (-remainders[one], one))
        for one in [*open_lists, *full] if open_lists else ():
            if votes[one] >= quota:
                self.step("R.304", "whole_quotas", rows[one], votes[one], quota, votes[one] // quota)
        short = [one for one in full if votes[one] // quota > capped[one]]
        ranked, left = open_lists, seats - sum(won.values())
        if left > len(ranked):
            short = full
        elif left:
            short = [one for one in full if one in short or remainders[one] >= remainders[ranked[left - 1]]]
        again = False
        while ranked and (left or not again) and not self.needed:
            taken, tied = ranked[:left], set()
            if 0 < left < len(ranked) and remainders[ranked[left]] == remainders[ranked[left - 1]]:
                cut = remainders[ranked[left]]
                above = [one for one in ranked if remainders[one] > cut]
                tied = {one for one in ranked if remainders[one] == cut}
                chosen = self.last_seats(left - len(above), {one: votes[one] for one in tied})
                taken = above + [one for one in ranked if one in tied and one in chosen]
            for one in ranked:
                rank = 1 + sum(1 for other in ranked if remainders[other] > remainders[one])
                self.quotients.append(Quotient(one, votes[one], f"{whole_vote}/{seats}" if seats > 1 else whole_vote, rank, one in taken, one in tied))
            for one in taken:
                won[one] += 1
                words = "remainder_by_lot" if one in tied else "remainder"
                self.step("R.304", words, sum(won.values()), seats, rows[one], remainders[one] / quota)
            out = [one for one in ranked if one not in taken]
            if out:
                self.step("R.304", "first_without", rows[out[0]], remainders[out[0]] / quota)
            again, left = True, left - len(taken)
            ranked = [one for one in ranked if won[one] < capped[one]]
        self.steps += self.tie_steps
        for one in short:
            self.step("R.307", "short_list", rows[one], capped[one])
        return won

    # Persons.

    def persons(self, won):
        kind = self.row["kind"]
        by_number = self.rules["ties_of_candidates"] == "list_order"
        self.seated, self.waiting = {}, {}
        for one, seats in won.items():
            rows = [row for row in self.definition.on_list[one] if not self.gone(row["candidate"])]
            rows.sort(key=lambda row: row["number"])
            votes = {row["candidate"]: self.votes[row["candidate"]] for row in rows}
            if kind == "closed_list":
                chosen = [row["candidate"] for row in rows][:seats]
            else:
                chosen = self.first("candidates", f"candidates {one}", seats, votes, by_number)
            if len(chosen) < seats:
                self.step("R.307")
            rule = "R.311" if kind == "closed_list" else "R.310"
            for candidate in chosen:
                self.step(rule, "takes" if kind != "closed_list" else None, self.definition.candidates[candidate], self.definition.lists[one], votes[candidate])
            self.seated[one] = [Elected(candidate, one, votes[candidate], "general", rule) for candidate in chosen]
            self.waiting[one] = [candidate for candidate in votes if candidate not in chosen]
        if self.rules["women"] != "none" and quota_of(self.row["seats"]):
            if kind == "open_list" and not self.needed:
                direct = dict(self.seated)
                try:
                    self.quota(won)
                except LotNeeded as needed:
                    self.needed, self.seated = needed, direct
            elif kind != "open_list":
                self.step("R.328")
        for one in won:
            self.elected += self.seated[one]

    def is_woman(self, candidate):
        return self.definition.candidates[candidate]["gender"] == "woman"

    def women(self, one=None):
        seated = self.seated[one] if one else [person for persons in self.seated.values() for person in persons]
        return sum(1 for person in seated if self.is_woman(person.candidate))

    def quota(self, won):
        seats = self.row["seats"]
        quota = quota_of(seats)
        direct = self.women()
        self.step("R.320", "quota", seats, quota, direct)
        if direct >= quota:
            self.step("R.321", "enough", 1, direct, quota)
            return
        last, self.forgone = 2, Counter()
        for number, rule, part in ((2, "R.322", 4), (3, "R.323", 3)):
            if self.women() >= quota:
                break
            last = number
            quota = self.quota_of_lists(won, number, rule, part, quota)
        if self.women() < quota:
            last = 4
            self.step_four(won, quota)
        if self.women() >= quota:
            self.step("R.320", "after", last, self.women(), quota)

    def quota_of_lists(self, won, number, rule, part, quota):
        """Step 2 or 3: each list owes a part of its seats. The quota, lower where lists forgo what one is short of."""
        owed = {}
        for one, seats in won.items():
            owes = seats // part
            if not owes:
                continue
            has = self.women(one)
            self.step(rule, "owes", number, self.definition.lists[one], seats, owes, has)
            missing = max(owes - has, 0)
            owed[one] = min(missing, sum(1 for candidate in self.waiting[one] if self.is_woman(candidate)), len(self.seated[one]) - has)
            few = missing - owed[one] - self.forgone[one]
            if few > 0:
                self.step("R.326")
                if self.rules["quota_few_women"] == "forgo":
                    # Nobody is forgone twice: what a list was short of in step 2 it is not short of again in step 3.
                    self.forgone[one] += few
                    quota = max(quota - few, 0)
        room = max(quota - self.women(), 0)
        order = [one for one in owed if owed[one]]
        if sum(owed.values()) > room:
            choice = self.rules["quota_overshoot_step_2" if number == 2 else "quota_overshoot"]
            known = choice == "serve_all" or self.rules["quota_order"] == "most_votes"
            self.step("R.325", choice if known else None, number, sum(owed.values()), room)
            if choice == "stop_at_quota":
                order, owed = self.served(order, owed, room, number)
        for one in order:
            self.exchange(one, owed[one], number, rule)
        return quota

    def served(self, order, owed, room, number):
        """Who is served where a step stops at the quota: whole lists, one after the other; equal ones by lot."""
        sign = -1 if self.rules["quota_order"] == "most_votes" else 1
        left, found, given = list(order), [], {}
        while left and room > 0:
            best = min(sign * self.votes[one] for one in left)
            equal = [one for one in left if sign * self.votes[one] == best]
            if len(equal) > 1 and sum(owed[one] for one in equal) > room:
                drawn = self.draw("served", f"served_first {number}", 1, {one: self.votes[one] for one in equal})
                equal = [one for one in equal if one in drawn]
            for one in equal:
                given[one] = min(owed[one], room)
                room -= given[one]
                found.append(one)
                left.remove(one)
        return [one for one in order if given.get(one)], given

    def exchange(self, one, many, number, rule):
        """The women with the most votes take the seats of the elected men with the fewest, of one list."""
        by_number = self.rules["ties_of_candidates"] == "list_order"
        women = {candidate: self.votes[candidate] for candidate in self.waiting[one] if self.is_woman(candidate)}
        coming = self.first("comes_in", f"comes_in {one} {number}", many, women, by_number)
        men = self.giving_way(one, len(coming), number)
        for woman, man in zip(coming, men):
            self.swap(one, woman, man, number, rule)

    def giving_way(self, one, many, number):
        rows = self.definition.candidates
        men = {person.candidate: person.votes for person in self.seated[one] if not self.is_woman(person.candidate)}
        ranked = sorted(men, key=lambda man: (men[man], -rows[man]["number"]))
        if len(ranked) <= many:
            return ranked
        cut = men[ranked[many - 1]]
        below = [man for man in ranked if men[man] < cut]
        tied = {man: men[man] for man in ranked if men[man] == cut}
        if len(below) + len(tied) == many:
            return ranked[:many]
        if self.rules["ties_of_candidates"] == "list_order":
            self.step("R.316")
            return ranked[:many]
        drawn = self.draw("gives_way", f"gives_way {one} {number}", many - len(below), tied)
        return below + [man for man in ranked if man in drawn]

    def swap(self, one, woman, man, number, rule):
        rows = self.definition.candidates
        self.seated[one] = [person for person in self.seated[one] if person.candidate != man]
        self.seated[one].append(Elected(woman, one, self.votes[woman], "women", rule))
        self.waiting[one].remove(woman)
        self.step(rule, "swap", number, self.definition.lists[one], rows[woman], self.votes[woman], rows[man], self.votes[man])

    def step_four(self, won, quota):
        while self.women() < quota:
            women = {}
            for one in won:
                if any(not self.is_woman(person.candidate) for person in self.seated[one]):
                    women |= {candidate: self.votes[candidate] for candidate in self.waiting[one] if self.is_woman(candidate)}
            if not women:
                self.step("R.327")
                return
            most = max(women.values())
            tied = {candidate: most for candidate, votes in women.items() if votes == most}
            room = quota - self.women()
            lists = Counter(self.definition.candidates[candidate]["list"] for candidate in tied)
            men = {one: len(self.seated[one]) - self.women(one) for one in lists}
            # All of them come in where the quota and the men of their lists have room for all; else one, or as many as are owed.
            if any(men[one] < many for one, many in lists.items()):
                room = 1
            if self.rules["ties_of_candidates"] == "list_order" and len(tied) > room:
                # Of one list so many as come in; of several the first of each, and a lot for one where that leaves any out.
                forward = room if len(lists) == 1 else 1
                if len(lists) > 1 and max(lists.values()) > 1:
                    room = 1
                for one in sorted(lists):
                    mine = sorted((woman for woman in tied if woman in self.waiting[one]), key=lambda woman: self.definition.candidates[woman]["number"])
                    if len(mine) > forward:
                        self.step("R.316")
                    for woman in mine[forward:]:
                        del tied[woman]
            if len(tied) <= room:
                coming = set(tied)
            else:
                coming = self.draw("step_four", "quota_step_four", room, tied)
            for one in won:
                mine = sorted((woman for woman in coming if woman in self.waiting[one]), key=lambda woman: self.definition.candidates[woman]["number"])
                for woman, man in zip(mine, self.giving_way(one, len(mine), 4) if mine else []):
                    self.swap(one, woman, man, 4, "R.324")

    # Reserved seats, and contests of candidates.

    def reserved(self):
        for row in self.definition.reserved_of[self.contest]:
            community, seats = row["community"], row["seats"]
            votes = {}
            for one in self.definition.lists_of[self.contest]:
                if one["reserved"] == community and not self.gone(one["list"]):
                    for candidate in self.definition.on_list[one["list"]]:
                        if not self.gone(candidate["candidate"]):
                            votes[candidate["candidate"]] = self.votes[candidate["candidate"]]
            if not votes:
                self.step("R.308")
                continue
            chosen = self.first_reserved(community, seats, votes)
            for candidate in chosen:
                one = self.definition.candidates[candidate]["list"]
                self.elected.append(Elected(candidate, one, votes[candidate], f"reserved_{community}", "R.330"))
                self.step("R.330", "reserved", row, self.definition.candidates[candidate], votes[candidate])
            if len(chosen) < seats:
                self.step("R.308")

    def first_reserved(self, community, seats, votes):
        rows = self.definition.candidates
        ranked = sorted(votes, key=lambda option: (-votes[option], rows[option]["number"], option))
        if len(ranked) <= seats:
            return ranked
        cut = votes[ranked[seats - 1]]
        above = [option for option in ranked if votes[option] > cut]
        tied = {option: cut for option in ranked if votes[option] == cut}
        if len(above) + len(tied) == seats:
            return ranked[:seats]
        one_list = len({rows[option]["list"] for option in tied}) == 1
        if one_list and self.rules["ties_of_candidates"] == "list_order":
            self.step("R.316")
            return ranked[:seats]
        drawn = self.drawn("reserved", f"reserved {community}", seats - len(above), tied)
        return above + [option for option in ranked if option in drawn]

    def by_plurality(self):
        rows = {row["candidate"]: row for row in self.definition.candidates_of[self.contest]}
        votes = {one: self.votes[one] for one in rows if not self.gone(one)}
        seats = self.row["seats"]
        if self.rules["women"] != "none" and quota_of(seats):
            self.step("R.328")
        by_number = self.rules["ties_of_candidates"] == "list_order"
        chosen = self.first("plurality", "plurality", seats, votes, by_number)
        for candidate in chosen:
            self.elected.append(Elected(candidate, "", votes[candidate], "general", "R.340"))
            self.step("R.340")
        if len(chosen) < seats:
            self.step("R.308")


TIE_RULES |= {"served": "R.325", "plurality": "R.312"}


# ---------------------------------------------------------------------------------------------------------------------
# The published tables against what was worked out (V.5xx to V.7xx)

TALLY = ("_ballots", "_valid", "_blank", "_invalid")
REMARK_TITLES = {
    "R.201": (
        "المستلَم = المستعمَل + التالف + غير المستعمَل",
        "وەرگیراو = بەکارهاتوو + خراپبوو + بەکارنەهاتوو",
        "Received = used + spoiled + unused",
    ),
    "R.202": (
        "المستعمَل = المعدود + غير المقروء",
        "بەکارهاتوو = ژمێردراو + نەخوێنراوە",
        "Used = cast + unread",
    ),
    "R.203": (
        "المعدود = الصحيح + الأبيض + الباطل",
        "ژمێردراو = دروست + سپی + پووچەڵ",
        "Cast = valid + blank + invalid",
    ),
    "R.204": (
        "المستعمَل ≤ عدد الناخبين المسجلين",
        "بەکارهاتوو ≤ ژمارەی دەنگدەرانی تۆمارکراو",
        "Used ≤ voters registered",
    ),
    "R.205": (
        "المستعمَل ≤ عدد من سُجل حضورهم",
        "بەکارهاتوو ≤ ژمارەی ئامادەبووان",
        "Used ≤ voters checked in",
    ),
    "R.206": (
        "المستعمَل ≤ عدد الأوراق المسلَّمة",
        "بەکارهاتوو ≤ ژمارەی کاغەزە دراوەکان",
        "Used ≤ ballots delivered",
    ),
    "R.207": (
        "من سُجل حضورهم ≤ المسجلون",
        "ئامادەبووان ≤ تۆمارکراوان",
        "Voters checked in ≤ voters registered",
    ),
    "R.208": (
        "المستعمَل = الحد الأعلى كله",
        "بەکارهاتوو = هەموو سنوورەکە",
        "Used = the whole bound",
    ),
    "R.209": (
        "حزمة مرفوضة",
        "پاکێجی ڕەتکراوە",
        "A package that was refused",
    ),
    "R.210": (
        "كتب تختلف في رقم المحطة",
        "نامەکان لە ژمارەی وێستگەکەدا جیاوازن",
        "Letters that disagree about the figure",
    ),
}
FINDING_TITLES = {
    "R.501": (
        "أوراق أكثر ممن حضروا",
        "کاغەز زیاتر لە ئامادەبووان",
        "More ballots than voters who came",
    ),
    "R.502": (
        "ناخبون أكثر من المسجلين",
        "دەنگدەر زیاتر لە تۆمارکراوان",
        "More voters than registered",
    ),
    "R.503": (
        "نسبة المشاركة",
        "ڕێژەی بەشداری",
        "Turnout",
    ),
    "R.504": (
        "أوراق لا تتوازن",
        "کاغەز کە هاوسەنگ نین",
        "Ballots that do not balance",
    ),
    "R.505": (
        "أرقام متطابقة في محطتين",
        "ژمارەی وەک یەک لە دوو وێستگەدا",
        "The same figures in two stations",
    ),
    "R.506": (
        "شريط نتائج مختلف",
        "پسووڵەی جیاواز",
        "A slip that differs",
    ),
    "R.507": (
        "أوراق نوع من المحطات أكثر من ناخبي مصدره",
        "کاغەزی جۆرێک زیاتر لە دەنگدەرانی سەرچاوەکەی",
        "Ballots of a kind exceed its source",
    ),
    "R.508": (
        "مسجلو نوع من المحطات أكثر من ناخبي مصدره",
        "تۆمارکراوانی جۆرێک زیاتر لە دەنگدەرانی سەرچاوەکەی",
        "Registered of a kind exceed its source",
    ),
    "R.509": (
        "محطات مفتوحة أكثر مما في إحصاء المصدر",
        "وێستگەی کراوە زیاتر لە ئاماری سەرچاوەکە",
        "More stations opened than the source has",
    ),
}
UNEXPECTED = ("import.unknown_device", "import.unknown_station")
STANDINGS = ("arrived", "matched", "confirmed", "quarantined", "sub_judice", "cancelled", "not_opened")
STATUS_FIGURES = ("expected", "network", "stick", "both", "identical", "different", "missing_stick", "missing_network", *STANDINGS)
STATUS_FIGURES += ("counted", "counted_by_order")


class Sums:
    """Figures of contests added up."""

    def __init__(self):
        self.figures = defaultdict(Counter)

    def add(self, contest, figures):
        into = self.figures[contest]
        for name, many in zip(TALLY, figures[:4]):
            into[name] += many
        for option, many in figures.votes.items():
            into[option] += many


def check_standings(self):
    numbers = ("V.412", "V.501", "V.502", "V.503", "V.504", "V.505", "V.506")
    if self.record is None:
        for number in numbers:
            self.check(number).missing("record", "verify.needs", "needs leaf 0")
        return
    definition, record = self.definition, self.record
    self.standings = {station: record.standing(station) for station in definition.reporting}
    self.by_content = {(copy.station, copy.content): copy for copy in self.copies if copy.content}
    self.figures = {}
    for station, standing in self.standings.items():
        if results := self.figures_of(station, standing.counted):
            self.figures[station] = results
    self.check_hand_counts(self.check("V.412"))
    self.check_counted(self.check("V.503"))
    self.check_match(self.check("V.502"))
    self.check_findings(self.check("V.504"))
    self.check_letters(self.check("V.505"))
    self.check_amendments(self.check("V.506"))


def figures_of(self, station, named):
    """The figures of a content, or those of the count by hand that a leaf is; None where they are not at hand."""
    if isinstance(named, str):
        return self.record.by_leaf[named].count
    copy = self.by_content.get((station, named))
    return copy and copy.results


def check_hand_counts(self, check):
    """V.412: every count by hand that names a device's is the same as it; those that name none, and recounts that are due."""
    check.look()
    for one in self.record.hand_counts:
        check.look()
        place = f"record leaf {one.leaf}"
        results = self.figures_of(one.station, one.agrees)
        if one.agrees is None:
            check.recorded(f"station {one.station}", *self.agreeing_with_none(one))
        elif results is None:
            check.missing(place, "outcome.missing", "the figures that the count by hand agrees with are not at hand")
        elif box_of(results) != box_of(one.count):
            check.fail(place, "hand_count.agrees", f"the count by hand of station {one.station} is another than the one it agrees with")
    for one in self.record.recounts_due():
        check.recorded(f"station {one.station}", "hand_count.due", f"record leaf {one.leaf} orders a recount, and no count by hand has answered it")


def agreeing_with_none(self, one):
    """How a count by hand that names no device's stands to what devices counted last: (code, what)."""
    standing = self.standings[one.station]
    at_hand = [results for content in standing.network | standing.stick if (results := self.figures_of(one.station, content))]
    if any(box_of(results) == box_of(one.count) for results in at_hand):
        return "hand_count.unsaid", f"record leaf {one.leaf} counts by hand what a device counted, and does not say so"
    if at_hand:
        return "hand_count.other", f"record leaf {one.leaf} counts by hand, and no device counted the same"
    return "hand_count.alone", f"record leaf {one.leaf} counts by hand, and of what devices counted nothing is at hand"


def check_counted(self, check):
    """V.503: every station that is not counted, or counted by order, with its reason."""
    for station, standing in self.standings.items():
        check.look()
        place = f"station {station}"
        reasons = "; ".join(order.reason for order in standing.heads) or "no order"
        if standing.by_order:
            check.recorded(place, "decision.by_order", f"counted by order: {reasons}")
        elif not standing.counted:
            check.recorded(place, f"standing.{standing.standing}", f"not counted: {reasons}")


def check_match(self, check):
    """V.502: the comparison of the two channels, by office, and the last match leaf."""
    definition, record = self.definition, self.record
    by_office = defaultdict(Counter)
    for station, row in definition.reporting.items():
        standing = self.standings[station]
        for office in (row["office"], "all"):
            counted = by_office[office]
            network, stick = standing.network, standing.stick
            counted["expected"] += 1
            counted["network"] += bool(network)
            counted["stick"] += bool(stick)
            counted["both"] += bool(network and stick)
            counted["identical"] += bool(network and stick and network == stick)
            counted["different"] += bool(network and stick and network != stick)
            counted["missing_stick"] += not stick
            counted["missing_network"] += not network
            counted[standing.standing] += 1
            counted["counted"] += bool(standing.counted)
            counted["counted_by_order"] += standing.by_order
    rows = ([office, *definition.names(row), *(by_office[office][f] for f in STATUS_FIGURES)] for office, row in definition.offices.items())
    rows = [*rows, ["all", "", "", "", *(by_office["all"][f] for f in STATUS_FIGURES)]]
    compare_table(self.folder, check, "results/status.csv", ["office", *NAMES, *STATUS_FIGURES], rows)
    given = record.comparison()
    check.look()
    if not record.matches:
        check.missing("record", "match.none", "the record has no comparison of the two channels")
    elif record.matches[-1][1] != given:
        check.missing(f"record leaf {record.matches[-1][0]}", "match.outdated", "the latest comparison in the record is older than what it compares")
    for name, what in (("differing", "network and stick differ"), ("missing_stick", "no stick came"), ("missing_network", "nothing came over the network")):
        for station in given[name]:
            check.recorded(f"station {station}", f"match.{name}", what)


def check_findings(self, check):
    definition, record = self.definition, self.record
    found = []
    refused = Counter()
    for _, body in record.refused:
        refused[("unexpected" if body["code"] in UNEXPECTED else "refused", body.get("station", ""), body["medium"], body["code"])] += 1
    for station, medium, _ in {(one.station, one.medium, one.content) for one in record.imports}:
        if station not in self.standings:
            refused[("unexpected", station, medium, "station.counted_elsewhere")] += 1
        elif {order.effect for order in self.standings[station].deciding} == {"not_opened"}:
            refused[("unexpected", station, medium, "station.not_opened")] += 1
    for kind in ("unexpected", "refused"):
        found += [[kind, station, medium, "", "", code, many] for (word, station, medium, code), many in sorted(refused.items()) if word == kind]
    differences = []
    heard = sorted({*definition.reporting, *(one.station for one in record.imports)})
    for station in heard:
        standing = self.standings.get(station) or record.standing(station)
        contents = standing.network | standing.stick
        if len(contents) > 1:
            code = "content.figures" if len({content.results for content in contents}) > 1 else "content.images"
            found.append(["differing", station, "", "", "", code, len(contents)])
            differences += self.differing_figures(check, station, standing)
    found += self.alike(check)
    for station in heard:
        results = self.latest_results(station)
        unread = max((one.account["unread"] for one in results), default=0)
        if unread:
            found.append(["unread", station, "", "", "", "figures.unread", unread])
    for station in heard:
        differing = len(record.differing_accounts(station))
        if differing:
            found.append(["account", station, "", "", "", "account.differs", differing])
    header = ["finding", "station", "medium", "contest", "with", "code", "count"]
    compare_table(self.folder, check, "results/findings.csv", header, found)
    compare_table(self.folder, check, "results/differences.csv", ["station", "contest", "option", "network", "stick"], differences)
    for kind, station, *_, code, many in found:
        check.recorded(f"station {station}", code, f"{kind}: {many}")


def latest_results(self, station):
    """The figures that count, else those of every content of the highest generation of each device."""
    standing = self.standings.get(station) or self.record.standing(station)
    contents = [standing.counted] if standing.counted else sorted(standing.network | standing.stick)
    return [results for content in contents if (results := self.figures_of(station, content))]


def differing_figures(self, check, station, standing):
    """Each figure in which the network's copy and the stick's differ; of several, the first that the other did not bring."""
    sides = (standing.network - standing.stick or standing.network, standing.stick - standing.network or standing.stick)
    if not all(sides):
        return []
    network, stick = (self.figures_of(station, min(side)) for side in sides)
    if network is None or stick is None:
        check.missing(f"station {station}", "outcome.missing", "the figures of one of its copies are not at hand")
        return []
    return [[station, *figure] for figure in unlike(self.definition, network, stick)]


def unlike(definition, one, other):
    """(contest, option, left, right) of each figure in which two counts of a station differ, in the order of the definition."""
    for contest in definition.contests_of[one.station]:
        mine, theirs = one.contests[contest], other.contests[contest]
        options = definition.options[contest]
        lefts = [*mine[:4], *(mine.votes[option] for option in options)]
        rights = [*theirs[:4], *(theirs.votes[option] for option in options)]
        for option, left, right in zip((*TALLY, *options), lefts, rights):
            if left != right:
                yield contest, option, left, right


def alike(self, check):
    """The rows about figures of one contest that two stations have alike, as far as they are true; whether all are listed is not looked at."""
    found = []
    for line, row in list_rows(self.folder, Check("", ""), "results/findings.csv") or ():
        if len(row) == 7 and row[0] == "duplicate":
            _, station, medium, contest, other, code, count = row
            mine, theirs = ([r.contests.get(contest) for r in self.latest_results(one)] if one in self.definition.stations else [] for one in (station, other))
            same = [figures for figures in mine if figures is not None and figures in theirs]
            if station == other or not same:
                check.fail(f"results/findings.csv:{line}", "table.value", f"{printable(station, 60)} and {printable(other, 60)} are not alike in {printable(contest, 60)}")
            else:
                found.append(row)
    return found


def check_letters(self, check):
    definition, record = self.definition, self.record
    rows = []
    for station, row in definition.stations.items():
        followed, bound, how = record.letters(station)
        for source, figure in definition.letters[station]:
            letter = definition.sources[source]
            about = [letter["body"], letter["number"], letter["date"], letter["sha256"]]
            rows.append([station, row["office"], row["register"], source, *about, figure, source == followed, how])
        if how in ("undecided", "contradicting"):
            letters = ", ".join(f"{source} {figure}" for source, figure in definition.letters[station])
            check.recorded(f"station {station}", f"letters.{how}", f"letters give {letters}; the bound is {bound} until an opening decides")
    header = ["station", "office", "register", "source", "body", "number", "date", "sha256", "registered", "followed", "how"]
    compare_table(self.folder, check, "results/letters.csv", header, rows)


def check_amendments(self, check):
    rows = []
    for number, one in enumerate(self.record.amendments, 1):
        rows.append([number, one.key, one.before, one.after, one.reason, one.basis])
        check.recorded(f"record leaf {one.leaf}", "rules.amended", f"'{one.key}' was '{one.before}' and is '{one.after}': {one.reason}")
    compare_table(self.folder, check, "results/amendments.csv", ["number", "key", "before", "after", "reason", "basis"], rows)
    check.look()


def check_results(self):
    numbers = ("V.601", "V.602", "V.603", "V.604", "V.605")
    if self.record is None:
        for number in numbers:
            self.check(number).missing("record", "verify.needs", "needs leaf 0")
        return
    for station, standing in self.standings.items():
        if standing.counted and station not in self.figures:
            self.check("V.602").missing(f"station {station}", "outcome.missing", "its figures count, and are not at hand")
    self.add_up()
    self.check_tables(self.check("V.601"), self.check("V.501"))
    self.check_totals(self.check("V.602"))
    self.check_announced(self.check("V.603"))
    self.check_report(self.check("V.604"))
    self.check_remarks(self.check("V.605"))
    self.check_by_rule(self.check("V.604"))


def add_up(self):
    self.totals = Sums()
    self.offices = defaultdict(Sums)
    for station, results in self.figures.items():
        office = self.definition.stations[station]["office"]
        for contest, figures in results.contests.items():
            self.totals.add(contest, figures)
            self.offices[office].add(contest, figures)


def check_tables(self, figures, standing_check):
    """V.501 and V.601: stations.csv and accounts.csv; what a row says of the standing, and what of figures."""
    definition = self.definition

    def station_rows():
        for station, row in definition.reporting.items():
            standing = self.standings[station]
            results = self.figures.get(station)
            for contest in definition.contests_of[station]:
                head = [station, row["office"], row["centre"], row["kind"], contest, standing.standing, bool(standing.counted)]
                for option in definition.options[contest]:
                    yield [*head, option, results.contests[contest].votes[option] if results else ""]

    def account_rows():
        for station, row in definition.reporting.items():
            one = self.standings[station]
            results = self.figures.get(station)
            sides = [one.network, one.stick]
            evidences = self.evidences(one)
            head = [station, row["office"], row["kind"], one.standing, bool(one.counted), one.by_order, *map(bool, sides)]
            account = [results.account[figure] for figure in ACCOUNT_FIGURES] if results else [""] * len(ACCOUNT_FIGURES)
            yield [*head, len(one.agreeing), one.differing, evidences, *account]

    header = ["station", "office", "centre", "kind", "contest", "standing", "counted", "option", "votes"]
    split_table(self.folder, figures, standing_check, "results/stations.csv", header, station_rows(), {"standing", "counted"})
    header = ["station", "office", "kind", "standing", "counted", "by_order", "network", "stick", "slips_agreeing", "slips_differing", "evidences"]
    split_table(self.folder, figures, standing_check, "results/accounts.csv", [*header, *ACCOUNT_FIGURES], account_rows(), set(header[3:]))


def evidences(self, standing):
    """How many kinds of network, stick, slip and count by hand say the same."""
    record, station, network, stick = self.record, standing.station, standing.network, standing.stick
    by_hand = record.of_station("hand_counts", station)
    if not network | stick:
        return int(bool(by_hand or record.of_station("slips", station)))
    slips, agrees = {slip.results for slip in record.slips_of(station)}, {one.agrees for one in by_hand}
    return max((one in network) + (one in stick) + (one.results in slips) + (one in agrees) for one in network | stick)


def split_table(folder, figures, standings, path, header, rows, about_standing):
    """A table of which some columns are one check's and some another's."""
    both = Check("", "")
    compare_table(folder, both, path, header, rows)
    for check in (figures, standings):
        check.look(both.checked)
    for row in both.detail:
        column = re.search(r": ([a-z_]+) is '", row["what"])
        check = standings if column and column[1] in about_standing else figures
        check.note(row["matter"], row["place"], row["code"], row["what"])
    for matter in both.counts:
        unlisted = both.counts[matter] - both.listed[matter]
        figures.counts[matter] += unlisted


def check_totals(self, check):
    definition = self.definition

    def total_rows():
        for contest in sorted(definition.contests):
            figures = self.totals.figures[contest]
            for name in TALLY:
                yield [contest, name, "", "", "", figures[name]]
            for option in definition.options[contest]:
                row = definition.lists.get(option) or definition.candidates[option]
                yield [contest, option, *definition.names(row), figures[option]]

    def office_rows():
        for office in definition.offices:
            for contest in definition.contests:
                if contest in self.offices[office].figures:
                    figures = self.offices[office].figures[contest]
                    for option in (*TALLY, *definition.options[contest]):
                        yield [office, contest, option, figures[option]]

    compare_table(self.folder, check, "results/totals.csv", ["contest", "option", *NAMES, "votes"], total_rows())
    compare_table(self.folder, check, "results/offices.csv", ["office", "contest", "option", "votes"], office_rows())


def check_announced(self, check):
    if not self.record.announcements:
        check.missing("record", "announcement.none", "nothing was announced")
        return
    check.look()
    lines = []
    try:
        for path in sorted(path for path in self.folder.sizes if path.startswith("results/")):
            lines.append(f"{self.folder.hash(path)}  {path.removeprefix('results/')}\n")
    except Bad as bad:
        check.bad("results", bad)
        return
    latest = self.record.announcements[-1]
    found = sha256("".join(lines).encode())
    if found != latest.results:
        absent = [path for path in self.manifest if path.startswith("results/") and path not in self.folder.sizes]
        for path in absent:
            check.missing(path, "file.missing", "is not there")
        if not absent:
            check.fail("results", "results.not_announced", f"has {found}, but record leaf {latest.leaf} announced {latest.results}")


def check_report(self, check):
    """V.604: results.json, which says in NIST SP 1500-100 what the totals say."""
    place = "results/results.json"
    try:
        data = self.folder.read(place)
        found = parse_json(data)
        in_two_spaces(found, data)
    except Bad as bad:
        check.bad(place, bad)
        return
    expected = report(self.definition, self.totals, bool(self.record.announcements) and self.complete())
    compare_values(check, place, "", found, expected)


def complete(self):
    return all(standing.counted for standing in self.standings.values())


def international(row, languages, prefix="name_"):
    texts = [
        {"@type": "ElectionResults.LanguageString", "Content": row[f"{prefix}{language}"], "Language": language}
        for language in languages
    ]
    return {"@type": "ElectionResults.InternationalizedText", "Text": texts}


def report(definition, totals, complete):
    languages = [language for language in LANGUAGES if language in definition.languages]
    name = {f"name_{language}": definition.name.get(language, "") for language in LANGUAGES}
    main = next(language for language in ("en", *LANGUAGES) if language in definition.languages)

    def selection(contest, unit, option, kind, key, prefix):
        count = {"@type": "ElectionResults.VoteCounts", "Count": totals.figures[contest][option], "GpUnitId": unit, "Type": "total"}
        return {"@id": f"selection-{option}", "@type": f"ElectionResults.{kind}", key: [f"{prefix}-{option}"], "VoteCounts": [count]}

    contests = []
    for contest, row in definition.contests.items():
        unit = f"unit-{row['constituency']}"
        chosen = [selection(contest, unit, one["list"], "PartySelection", "PartyIds", "list") for one in definition.lists_of[contest]]
        chosen += [
            selection(contest, unit, one["candidate"], "CandidateSelection", "CandidateIds", "candidate") for one in definition.candidates_of[contest]
        ]
        reserved = sum(one["seats"] for one in definition.reserved_of[contest])
        variation = "proportional" if row["kind"] != "candidates" else "plurality" if row["vote_for"] == 1 else "n-of-m"
        contests.append(
            {
                "@id": f"contest-{contest}",
                "@type": "ElectionResults.CandidateContest",
                "BallotTitle": international(row, languages),
                "ContestSelection": chosen,
                "ElectionDistrictId": unit,
                "Name": row[f"name_{main}"],
                "NumberElected": row["seats"] + REPORT_COUNTS_RESERVED * reserved,
                "VoteVariation": variation,
                "VotesAllowed": row["vote_for"] or 1,
            }
        )
    units = [
        {
            "@id": f"unit-{unit}",
            "@type": "ElectionResults.ReportingUnit",
            "Name": international(row, languages),
            "OtherType": "constituency",
            "Type": "other",
        }
        for unit, row in definition.constituencies.items()
    ]
    day = str(definition.date)
    election = {
        "@type": "ElectionResults.Election",
        "Candidate": [
            {"@id": f"candidate-{one}", "@type": "ElectionResults.Candidate", "BallotName": international(row, languages)}
            for one, row in definition.candidates.items()
        ],
        "Contest": contests,
        "ElectionScopeId": units[0]["@id"] if units else "",
        "EndDate": day,
        "Name": international(name, languages),
        "StartDate": day,
        "Type": "general",
    }
    return {
        "@type": "ElectionResults.ElectionReport",
        "Election": [election],
        "Format": "summary-contest",
        "GeneratedDate": f"{day}T00:00:00Z",
        "GpUnit": units,
        "IsTest": definition.mode != "official",
        "Issuer": name[f"name_{main}"],
        "IssuerAbbreviation": definition.election,
        "Party": [
            {"@id": f"list-{one}", "@type": "ElectionResults.Party", "Name": international(row, languages)} for one, row in definition.lists.items()
        ],
        "SequenceEnd": 1,
        "SequenceStart": 1,
        "Status": "unofficial-complete" if complete else "unofficial-partial",
        "VendorApplicationId": "sanad",
    }


REPORT_COUNTS_RESERVED = 0


def compare_values(check, place, path, found, expected):
    """JSON against JSON: each value that differs is named."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(set(expected) | set(found)):
            if key not in found or key not in expected:
                check.fail(place, "report.count", f"{path}/{printable(key, 60)}: {'is not there' if key in expected else 'does not belong there'}")
            else:
                compare_values(check, place, f"{path}/{key}", found[key], expected[key])
    elif isinstance(expected, list) and isinstance(found, list):
        if len(found) != len(expected):
            check.fail(place, "report.contests", f"{path} has {len(found)} entries, not {len(expected)}")
        for at, (mine, theirs) in enumerate(zip(expected, found)):
            compare_values(check, place, f"{path}/{at}", theirs, mine)
    else:
        check.look()
        if type(found) is not type(expected) or found != expected:
            check.fail(place, "report.count", f"{path}: has {printable(found, 80)}, but the evidence gives {printable(expected, 80)}")


def check_remarks(self, check):
    """V.605: R.201 to R.210 of each station, under the bound that follows from the openings."""
    definition, record = self.definition, self.record
    try:
        rule_set = f"sha256:{self.folder.hash('election/election.toml')}"
    except Bad as bad:
        check.bad("election", bad)
        return
    rows = []
    for station, row in definition.reporting.items():
        check.look()
        remarks = set()
        bound, fixed = record.bound(station)
        for results in self.latest_results(station):
            remarks |= set(account_remarks(results.account, bound, fixed))
        for _, body in record.refused:
            if body.get("station") == station:
                remarks.add(("R.209", None, None, f"{body['medium']} {body['code']}"))
        for one in definition.box[station]:
            _, _, how = record.letters(one)
            if how in ("undecided", "contradicting"):
                letters = "; ".join(f"{source} {figure}" for source, figure in definition.letters[one])
                remarks.add(("R.210", None, None, f"{one}: {letters} ({how})"))
        for rule, left, right, detail in sorted(remarks, key=lambda r: (r[0], r[1] or 0, r[2] or 0, r[3])):
            rows.append([station, row["office"], rule, left, right, detail, rule_set])
            check.recorded(f"station {station}", f"remark.{rule}", f"rule {rule}: {detail or f'{left}, {right}'}")
    check_with_words(self, check, "results/remarks.csv", ["station", "office", "rule", "left", "right", "detail", "rule_set"], rows, remark_words)


def check_by_rule(self, check):
    """V.604: flagged.csv and shares.csv, what R.501 to R.509 find under the rules in force, of how many stations, and orders that name what they do not find."""
    definition, record = self.definition, self.record
    asked = [rule for rule in FINDING_RULES if rule not in record.rules.finding("off").split()]
    looked_at = {station: self.latest_results(station) for station in definition.reporting}
    found, shares = set(), {(rule, None): [0, 0] for rule in asked}

    def count(rule, station, is_found):
        for kind in (None, definition.stations[station]["kind"]):
            share = shares.setdefault((rule, kind), [0, 0])
            share[0] += is_found
            share[1] += 1

    def find(rule, station, left, right, contest="", other=""):
        row = definition.stations[station]
        found.add((rule, station, row["office"], row["kind"], contest, other, left, right, self.orders_naming(rule, [station])))

    for station in definition.reporting:
        pairs = defaultdict(list)
        bound, _ = record.bound(station)
        for results in looked_at[station]:
            for rule, pair in figures_compared(results.account, bound):
                pairs[rule].append(pair)
        standing = self.standings[station]
        if standing.network | standing.stick and (brought := len(standing.agreeing) + standing.differing):
            pairs["R.506"].append((standing.differing, brought))
        for rule in asked:
            hits = [pair for pair in pairs[rule] if is_finding(record.rules, rule, *pair)]
            for left, right in hits:
                find(rule, station, left, right)
            if pairs[rule]:
                count(rule, station, bool(hits))
    if "R.505" in asked:
        least = int(record.rules.finding("alike_from"))
        groups = defaultdict(set)
        for station, counts in looked_at.items():
            for results in counts:
                for contest, own in results.contests.items():
                    votes = tuple(sorted((option, many) for option, many in own.votes.items() if many))
                    if own.valid >= least and sum(many < own.valid for _, many in votes) > 1:
                        groups[contest, tuple(own[:4]), votes].add(station)
        several = {key: sorted(stations) for key, stations in groups.items() if len(stations) > 1}
        for (contest, ballots, _), stations in several.items():
            for station in stations:
                find("R.505", station, ballots[0], len(stations), contest, next(one for one in stations if one != station))
        twins = {station for stations in several.values() for station in stations}
        for station, counts in looked_at.items():
            if any(own.valid >= least for results in counts for own in results.contests.values()):
                count("R.505", station, station in twins)
    for kind, source in definition.kind_sources.items():
        of_kind = [station for station, row in definition.stations.items() if row["kind"] == kind]
        reporting = [station for station in of_kind if station in definition.reporting]
        ballots = sum(max((results.account["used"] for results in looked_at[station]), default=0) for station in reporting)
        registered = sum(record.letters(station)[1] for station in of_kind)
        opened = sum(record.standing(station).standing != "not_opened" for station in of_kind)
        limits = (("R.507", ballots, source["voters"]), ("R.508", registered, source["voters"]), ("R.509", opened, source["stations"]))
        for rule, left, right in limits:
            if rule in asked:
                many = len(reporting) if left > right else 0
                shares[rule, kind] = [many, len(definition.reporting)]
                shares[rule, None] = [shares[rule, None][0] + many, len(definition.reporting)]
                if left > right:
                    found.add((rule, "", "", kind, "", "", left, right, self.orders_naming(rule, reporting)))
    rows = sorted(found, key=lambda row: (row[0], row[1], KINDS.index(row[3]), *row[4:]))
    header = ["rule", "station", "office", "kind", "contest", "with", "left", "right", "orders"]
    compare_table(self.folder, check, "results/flagged.csv", header, rows)
    finds = {(row[0], row[1], row[3]) for row in found}
    for station, rule in sorted({(order.station, rule) for order in record.orders if order.digest not in record.superseded for rule in order.findings}):
        kind = definition.stations[station]["kind"]
        if finds.isdisjoint({(rule, station, kind), (rule, "", kind)}):
            check.recorded(f"station {station}", "order.finding", f"an order rests on {rule}, which finds nothing of it now")
    rows = []
    for rule, kind in sorted(shares, key=lambda key: (key[0], -1 if key[1] is None else KINDS.index(key[1]))):
        many, of = shares[rule, kind]
        tenths = many * 1000 // of if of else None
        rows.append([rule, kind or "all", many, of, "" if tenths is None else f"{tenths // 10}.{tenths % 10}"])
    check_with_words(self, check, "results/shares.csv", ["rule", "kind", "found", "of", "percent"], rows, lambda row: FINDING_TITLES[row[0]])


def orders_naming(self, rule, stations):
    """How many orders about these stations stand and name a finding by the rule."""
    return sum(rule in order.findings for station in stations for order in self.standings[station].heads)


def figures_compared(account, bound):
    """(rule, the two figures it compares) of each rule about one count that can be asked of it."""
    used, came = account["used"], account["checked_in"]
    if came is not None:
        yield "R.501", (used, came)
    yield "R.502", (used if came is None else came, bound)
    yield "R.503", (used, bound)
    yield "R.504", (account["received"], used + account["spoiled"] + account["unused"])


def is_finding(rules, rule, left, right):
    """Whether the two figures of a rule about one station make a finding."""
    if rule == "R.501":
        return left > right + int(rules.finding("ballots_over"))
    if rule == "R.502":
        return left > right + int(rules.finding("voters_over"))
    if rule == "R.503":
        return right > 0 and Fraction(left, right) >= Fraction(rules.finding("turnout"))
    if rule == "R.504":
        return abs(left - right) > int(rules.finding("unbalanced"))
    return left > 0


def remark_words(row):
    rule, left, right, detail = row[2:6]
    found = []
    for title, against, language in zip(REMARK_TITLES[rule], ("مقابل", "بەرامبەر بە", "against"), LANGUAGES):
        said = f"\N{FIRST STRONG ISOLATE}{detail}\N{POP DIRECTIONAL ISOLATE}"
        if left is not None:
            said = f"{left} {against} {right}"
            said = said if language == "en" else said.translate(ARABIC_DIGITS)
        found.append(f"{rule} {title}: {said}")
    return found


def check_with_words(self, check, path, header, rows, words):
    """A table whose last three columns tell the row in words; unknown words are not compared."""
    found = list_rows(self.folder, check, path)
    if found is None:
        return
    if not found or found[0][1] != [*header, *LANGUAGES]:
        check.fail(path, "table.form", "its columns are others")
        return
    for at, row in enumerate(rows):
        check.look()
        if at + 1 >= len(found):
            check.fail(path, "table.value", "ends too early")
            return
        line, theirs = found[at + 1]
        said = words(row)
        mine = [safe(cell) for cell in row]
        mine += [safe(cell) for cell in said] if said else theirs[len(mine) :]
        if mine != theirs:
            column = next((name for name, a, b in zip([*header, *LANGUAGES], mine, theirs) if a != b), "length")
            a, b = next(((a, b) for a, b in zip(mine, theirs) if a != b), (len(mine), len(theirs)))
            check.fail(f"{path}:{line}", "table.value", f"{', '.join(mine[:3])}: {column} is '{b}', but the evidence gives '{a}'")
    if len(found) - 1 > len(rows):
        check.fail(f"{path}:{found[len(rows) + 1][0]}", "table.value", "is a row too many")


def list_rows(folder, check, path):
    try:
        return list(rows_of(folder, path))
    except Bad as bad:
        check.bad(path, bad)
        return None


def account_remarks(account, bound, fixed):
    """(rule, left, right, detail) of each rule of the account that does not hold, or is to be told."""
    used, checked_in = account["used"], account["checked_in"]
    if account["received"] != used + account["spoiled"] + account["unused"]:
        yield "R.201", account["received"], used + account["spoiled"] + account["unused"], ""
    if used != account["cast"] + account["unread"]:
        yield "R.202", used, account["cast"] + account["unread"], ""
    if account["cast"] != account["valid"] + account["blank"] + account["invalid"]:
        yield "R.203", account["cast"], account["valid"] + account["blank"] + account["invalid"], ""
    if used > bound:
        yield "R.204" if fixed else "R.206", used, bound, ""
    if checked_in is not None and used > checked_in:
        yield "R.205", used, checked_in, ""
    if fixed and checked_in is not None and checked_in > bound:
        yield "R.207", checked_in, bound, ""
    if used == bound and bound:
        yield "R.208", used, bound, ""


def check_seats(self):
    quotients, persons, lots, gone = (self.check(f"V.{number}") for number in (701, 702, 703, 704))
    if self.record is None:
        for check in (quotients, persons, lots, gone):
            check.missing("record", "verify.needs", "needs leaf 0")
        return
    after = self.check_withdrawals(gone)
    definition = self.definition
    seat_rows, elected_rows, step_rows = [], [], []
    by_quotients = False
    open_contests = []
    for lot, first in self.record.lots_before:
        lots.recorded(f"lot {lot}", "lot.superseded", f"'{', '.join(first)}' was entered first, and then another outcome")
    for contest in sorted(definition.contests):
        votes = self.totals.figures[contest]
        one = Allotment(definition, self.record, contest, votes, after[contest], self.party_share)
        lots.look()
        if one.needed:
            open_contests.append(contest)
            if one.wrong_lot:
                lot, seats = one.wrong_lot
                lots.fail("record", "allot.lot", f"the outcome of {lot} does not name exactly {seats} of those between whom it was drawn")
            else:
                lots.missing(f"contest {contest}", "lot.missing", f"the lot {one.needed.lot} is not in the record, so {one.needed.seats} seats are open")
        by_quotients = by_quotients or definition.contests[contest]["kind"] != "candidates"
        for q in one.quotients:
            seat_rows.append([contest, q.list, q.votes, q.divisor, q.rank, q.won, q.tied])
        for e in one.elected:
            elected_rows.append([contest, e.candidate, *definition.names(definition.candidates[e.candidate]), e.list, e.votes, e.seat, e.rule])
        for number, step in enumerate(one.steps, 1):
            step_rows.append([contest, number, step.rule, step])
    if open_contests:
        for check in (quotients, persons):
            check.missing(f"contest {open_contests[0]}", "lot.missing", "is open until a lot is drawn, so the seats cannot be compared")
        return
    compare_table(self.folder, quotients, "results/seats.csv", ["contest", "list", "votes", "divisor", "rank", "won", "tied"], seat_rows)
    if not by_quotients:
        quotients.recorded("results/seats.csv", "seats.no_quotients", "no contest of this election allots seats by quotients")
    elif not seat_rows:
        quotients.checked = 0  # nobody has a vote yet, and an empty table proves nothing
    header = ["contest", "candidate", *NAMES, "list", "votes", "seat", "rule"]
    compare_table(self.folder, persons, "results/elected.csv", header, elected_rows)
    told = {}
    rows = []
    for contest, number, rule, step in step_rows:
        told[(contest, number)] = step
        rows.append([contest, number, rule])
    check_with_words(self, persons, "results/steps.csv", ["contest", "step", "rule"], rows, lambda row: in_words(told[(row[0], row[1])]))


def party_share(self, party, of):
    """The share of a party's lists in the whole election."""
    mine, whole_vote = party_votes(self.definition, self.totals, self.after, party, of)
    return Fraction(mine, whole_vote) if whole_vote else Fraction(0)


def party_votes(definition, totals, valid, party, of):
    """Votes of a party's lists in the whole election, and those of which they are a share."""
    mine = whole_vote = 0
    for contest, row in definition.contests.items():
        if row["kind"] == "candidates":
            continue
        figures = totals.figures[contest]
        competing = [one for one in definition.lists_of[contest] if not one["reserved"]]
        mine += sum(figures[one["list"]] for one in competing if one["party"] == party)
        whole_vote += valid[contest] if of == "valid" else sum(figures[one["list"]] for one in competing)
    return mine, whole_vote


def said_of(definition, record, contest):
    """The lists and candidates of a contest, each with what was said of a withdrawal."""
    for row in definition.lists_of[contest] + definition.candidates_of[contest]:
        option = row.get("candidate") or row["list"]
        yield option, row, record.withdrawn(option)


def taken_by_withdrawals(definition, record, totals, contest):
    """The votes of a contest that withdrawals make invalid."""
    kind, marks = definition.contests[contest]["kind"], definition.contests[contest]["vote_for"]
    if record.rules.withdrawn() != "invalid" or (marks or 1) != 1:
        return 0
    worth = ((option, "candidate" not in row or kind == "candidates", said) for option, row, said in said_of(definition, record, contest))
    return sum(totals.figures[contest][option] for option, whole_option, said in worth if said and said[0] and whole_option)


def check_withdrawals(self, check):
    """V.704: who withdrew, and what their votes are worth. The valid votes of each contest when seats are allotted."""
    definition, record = self.definition, self.record
    self.after = {}
    rows = []
    for contest in definition.contests:
        figures = self.totals.figures[contest]
        taken = taken_by_withdrawals(definition, record, self.totals, contest)
        self.after[contest] = figures["_valid"] - taken
        check.look()
        for option, one, what in said_of(definition, record, contest):
            if what:
                gone, by, leaf = what
                reasons = [leaf.reason, leaf.basis] if leaf else ["", ""]
                worth = [figures["_valid"], figures["_valid"] - taken, figures["_invalid"], figures["_invalid"] + taken]
                rows.append([contest, option, *definition.names(one), gone, by, *reasons, figures[option], *worth])
    header = ["contest", "option", *NAMES, "withdrawn", "by", "reason", "basis", "votes", "valid_before", "valid_after", "invalid_before", "invalid_after"]
    compare_table(self.folder, check, "results/withdrawals.csv", header, rows)
    return self.after


# The docket (docs/formats.md, "docket/")


def check_docket(self):
    """V.507 and V.508: complaints, appeals, rulings and counts by hand, what is open, and what it could change."""
    cases, opens = self.check("V.507"), self.check("V.508")
    if self.record is None:
        for check in (cases, opens):
            check.missing("record", "verify.needs", "needs leaf 0")
        return
    self.check_cases(cases)
    self.check_rulings(cases)
    self.check_recounts(cases)
    self.check_successions(cases)
    disputed = self.check_open(opens)
    absent = [station for station, standing in sorted(self.standings.items()) if standing.counted and station not in self.figures]
    if absent:
        opens.missing(f"station {absent[0]}", "outcome.missing", "its figures count, and are not at hand")
        return
    self.check_materiality(opens, disputed)
    self.check_sub_judice(opens)
    try:
        versions = {number: Version(self, past) for number, past in sorted(self.record.versions.items())}
    except Bad as bad:
        opens.bad("docket/changes.csv", bad)
        return
    self.check_changes(opens, versions)
    self.check_ratifications(cases, versions)


def docket_table(self, check, name, header, rows):
    self.entered_table(check, f"docket/{name}.csv", header, rows)


def entered_table(self, check, path, header, rows):
    """A table of docket/ or register/, value by value, and in its one form: no announcement names its hash."""
    failed = check.counts["failed"]
    if not compare_table(self.folder, check, path, header, rows) or check.counts["failed"] > failed:
        return
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([header, *([safe(cell) for cell in row] for row in rows)])
    if hashlib.sha256(b"\xef\xbb\xbf" + written.getvalue().encode()).hexdigest() != self.folder.hash(path):
        check.fail(path, "table.form", "is not in its one form")


def check_registers(self):
    """V.509: acts, equipment and custody, and every look at the centre's networks, as the leaves give them."""
    check = self.check("V.509")
    if self.record is None:
        check.missing("record", "verify.needs", "needs leaf 0")
        return
    self.check_acts(check)
    header = ["kind", "about", "leaf", "corrects", "field", "before", "after"]
    self.entered_table(check, "register/corrections.csv", header, sorted(self.record.corrections, key=lambda row: row[:5]))
    self.check_equipment(check)
    self.check_looks(check)
    self.check_builds(check)


ANSWERED = ("request", "allegation", "remark", "notice")


def expects_answer(body):
    if body["kind"] == "test_report":
        return not body["answers"]
    return body["kind"] in ANSWERED or "answer_days" in body


def check_acts(self, check):
    record, rows = self.record, []
    annulled, answered = record.named_by()
    for act, (digest, body) in sorted(record.acts.items()):
        by = answered.get(act, [])
        state = "annulled" if act in annulled else "in_force" if not expects_answer(body) else "answered" if by else "open"
        due = self.definition.calendar.until(body["served"][:10], body.get("answer_days")) if "served" in body else None
        in_time = min(record.acts[one].body["dated"] for one in by) <= due[:10] if by and due else None
        row = [act, body["kind"], body["issuer"], body["number"], body["dated"], body.get("served"), state, body["effect"], body.get("owner")]
        row += [due, in_time, body.get("until"), body.get("under"), " ".join(body["answers"]), " ".join(by)]
        row += [" ".join(body["annuls"]), " ".join(annulled.get(act, [])), "; ".join(body["members"])]
        row += [" ".join(body[column]) for column in ("examined", "cleared", "items")]
        row += [body.get("tested", {}).get(column) for column in ("scope", "version")]
        rows.append([*row, "; ".join(f"{name}: {paper}" for name, paper in body["annexes"].items()), body["paper"], digest, body.get("supersedes")])
    header = ["act", "kind", "issuer", "number", "dated", "served", "state", "effect", "owner", "due", "in_time", "until", "under", "answers"]
    header += ["answered_by", "annuls", "annulled_by", "members", "examined", "cleared", "items", "scope", "version", "annexes", "paper", "leaf", "corrects"]
    self.entered_table(check, "register/acts.csv", header, rows)


def check_equipment(self, check):
    record, rows, handed, hand_overs = self.record, [], [], self.record.hand_overs()
    annulled, answered = record.named_by()
    remarks = defaultdict(list)
    for act, (_, body) in sorted(record.acts.items()):
        for item in body["items"] if body["kind"] == "remark" and act not in annulled and act not in answered else ():
            remarks[item].append(act)
    for item, (digest, body) in sorted(record.items.items()):
        own, contract = hand_overs[item], body.get("contract")
        row = [item, *(body.get(column) for column in ("kind", "serial", "device", "key", "station", "build", "article", "contract"))]
        row += [contract and record.is_contract(contract), own[-1][1]["to"] if own else None, len(own)]
        row += [sum(follows is False for _, _, follows, _ in own), " ".join(remarks[item])]
        rows.append([*row, digest, body.get("supersedes")])
        for leaf, body, follows, same in own:
            place = [body[column] for column in ("item", "at", "place", "from", "to")]
            handed.append([*place, "; ".join(body["seals"]), follows, same, leaf, body.get("supersedes")])
    header = ["item", "kind", "serial", "device", "key", "station", "build", "article", "contract", "contract_stands", "holder", "hand_overs"]
    self.entered_table(check, "register/equipment.csv", [*header, "gaps", "open_remarks", "leaf", "corrects"], rows)
    header = ["item", "at", "place", "from", "to", "seals", "follows", "same_seals", "leaf", "corrects"]
    self.entered_table(check, "register/custody.csv", header, handed)


def program_of(build):
    """The hash of the program that a build names with its last word, or None."""
    _, space, word = build.rpartition(" ")
    return word if space and is_digest(word) else None


def check_builds(self, check):
    """Which program counted, beside the one that the register has for the device."""
    record, path = self.record, "register/builds.csv"
    ran = sorted({(one.station, one.device, one.generation, one.build) for one in record.imports if one.build})
    if not ran:
        if path in self.folder.sizes:
            check.fail(path, "register.table", "is there, and no leaf gives it a row")
        return
    rows = []
    for station, device, number, build in ran:
        item = record.item_of.get(device)
        registered = record.items[item][1].get("build") if item else None
        rows.append([station, device, number, build, item, registered, registered and registered == build])
        if registered and registered != build:
            what = "was counted by another program than the register has for its device"
            check.recorded(f"station {station}, {device}-{number}", "register.build", what)
    self.entered_table(check, path, ["station", "device", "generation", "build", "item", "registered", "same"], rows)


def check_looks(self, check):
    rows = []
    for leaf, at, body in self.record.looks:
        seen = body["seen"]
        up = [f"{one['name']} ({one['link']})" for one in seen["up"]]
        routes = [f"{name}: {number}" for name, number in seen["routes"].items()]
        cells = (up, seen["radios"], routes, seen["listening"], seen["unread"], body["outside"])
        rows.append([leaf, body["step"], at, *map("; ".join, cells)])
    header = ["leaf", "step", "at", "up", "radios", "routes", "listening", "unread", "outside"]
    self.entered_table(check, "register/isolation.csv", header, rows)


def form_cells(form):
    """A form's capacity, party, ground, what was left out of it, paper, sealed part and hour."""
    return [form["capacity"], form.get("party"), form["ground"], "; ".join(form["redacted"]), form["paper"], form.get("sealed"), form["filed"]]


FORM_COLUMNS = ["capacity", "party", "ground", "redacted", "paper", "sealed", "filed"]


def check_cases(self, check):
    record, docket, calendar = self.record, self.definition.docket, self.definition.calendar
    rows = []
    until = calendar.until(str(self.definition.date), docket.get("complaint_days"))
    for case, (_, body) in sorted(record.complaints.items()):
        word, first = record.inadmissible(case)
        said = record.classifications[case].body if case in record.classifications else {}
        solved = record.resolutions[case].body if case in record.resolutions else {}
        row = [case, *next(iter(body["about"].items())), *form_cells(body["form"]), until, record.stage(case), word, first]
        row += [said.get("class"), said.get("reason"), said.get("basis")]
        row += [solved.get("verdict"), solved.get("reason"), solved.get("basis"), solved.get("served"), " ".join(solved.get("orders", []))]
        rows.append(row)
    header = ["case", "about", "subject", *FORM_COLUMNS, "until", "stage", "inadmissible", "duplicate_of", "class", "class_reason", "class_basis"]
    header += ["verdict", "verdict_reason", "verdict_basis", "served", "orders"]
    self.docket_table(check, "complaints", header, rows)
    rows = []
    for case, (_, body) in sorted(record.appeals.items()):
        filed = body["form"]["filed"]
        until = calendar.until(body["served"][:10], docket.get("appeal_days"))
        due = calendar.until(filed[:10], docket.get("ruling_days"))
        row = [case, *next(iter(body["against"].items())), body["served"], *form_cells(body["form"]), until, until and filed > until, due]
        ruling = record.upon.get(case)
        if ruling:
            row += [ruling.word, ruling.body["court"], ruling.body["number"], ruling.body["dated"], due and ruling.body["dated"] <= due[:10]]
        rows.append(row if ruling else [*row, "", "", "", "", ""])
    header = ["case", "against", "subject", "served", *FORM_COLUMNS, "until", "late", "due", "ruled", "court", "number", "dated", "in_time"]
    self.docket_table(check, "appeals", header, rows)


def check_rulings(self, check):
    record = self.record
    rows = []
    for one in sorted(record.rulings.values(), key=lambda one: (one.body["dated"], one.body["court"], one.body["number"], one.digest)):
        what = " ".join(":".join(next(iter(matter.items()))) for matter in one.what) if one.word == "permits" else one.what
        stands = record.stands(one.digest) if one.word == "stays" else ""
        figures = [one.body[column] for column in ("court", "rank", "number", "dated", "served", "paper")]
        rows.append([one.digest, *figures, " ".join(one.body["about"]), one.word, what, stands])
    header = ["leaf", "court", "rank", "number", "dated", "served", "paper", "about", "ruled", "what", "stands"]
    self.docket_table(check, "rulings", header, rows)
    rows = [[one["number"], one["version"], one["results"], one.get("despite")] for one in record.certifications]
    self.docket_table(check, "certifications", ["number", "version", "results", "despite"], rows)
    rows = [[person, body["reason"], body["basis"]] for person, body in sorted(record.revoked.items())]
    self.docket_table(check, "revocations", ["person", "reason", "basis"], rows)


def check_ratifications(self, check, versions):
    """Each name that the last certification elects, or that a paper is about, with what the latest paper says of it."""
    record = self.record

    def elected(certification):
        return {(contest, person) for contest, people in versions[certification["version"]].elected.items() for person in people}

    by_number = {one["number"]: elected(one) for one in record.certifications}
    last = by_number[len(record.certifications)] if record.certifications else set()
    rows = []
    for name in sorted(last | {name for name, said in record.ratifications.items() if said}):
        said = record.ratifications.get(name, [])
        for one in said:
            if name not in by_number[one.body["certification"]]:
                check.fail("record", "ratification.not_elected", f"'{name[1]}' is not elected by certification {one.body['certification']}")
        if not said:
            rows.append([*name, name in last, "not_sent", *[""] * 8])
            continue
        one = said[-1]
        figures = [one.body[column] for column in ("certification", "court", "number", "dated", "paper")]
        rows.append([*name, name in last, one.word, *figures, one.why if one.word == "sent" else "", one.why if one.word == "withheld" else "", one.digest])
    for index, person in record.ratified_ahead:
        check.recorded(f"record leaf {index}", "ratification.ahead", f"the paper about '{person}' is dated after the day on which it is entered")
    header = ["contest", "candidate", "elected", "state", "certification", "court", "number", "dated", "paper", "sent_by", "reason", "leaf"]
    self.docket_table(check, "ratifications", header, rows)


def check_successions(self, check):
    """Whose keys ended and whose began, what was handed over and what was not."""
    rows = []
    for digest, body in self.record.successions:
        head = [digest, body["act"], body["paper"], body["signed_by"], body["board"], body.get("shares")]
        rows += [[*head, "ends", person, "", ""] for person in body["ends"]]
        rows += [[*head, "begins", one["person"], one["seat"], one["key"]] for one in body["begins"]]
        rows += [[*head, word, thing, "", ""] for word in ("handed", "not_handed") for thing in body[word]]
    header = ["leaf", "act", "paper", "signed_by", "board", "shares", "what", "name", "seat", "key"]
    self.docket_table(check, "successions", header, rows)


def check_recounts(self, check):
    """The tables of recounts, of counts by hand, and of the figures in which these differ from what devices counted."""
    record = self.record
    counts = sorted(record.hand_counts, key=lambda one: (one.station, one.digest))
    answers = defaultdict(list)
    for one in counts:
        answers[one.ordered].append(one.digest)
    rows = []
    for _, digest, station, body in sorted(record.recounts.values(), key=lambda one: (one.station, one.digest)):
        said = [body.get("withdraws"), body["reason"], body["basis"], " ".join(body["evidence"]), body.get("under")]
        rows.append([station, digest, *said, record.recount_stands(digest), " ".join(answers[digest])])
    header = ["station", "recount", "withdraws", "reason", "basis", "evidence", "under", "stands", "counted_by"]
    self.docket_table(check, "recounts", header, rows)
    rows = []
    for one in counts:
        results = one.agrees and one.agrees.results
        rows.append([one.station, one.digest, one.ordered, one.paper, results, self.standings[one.station].counted == one.digest])
    self.docket_table(check, "hand_counts", ["station", "hand_count", "ordered", "paper", "agrees", "counted"], rows)
    try:
        rows = [row for one in counts for row in self.differing_by_hand(one)]
    except Bad as bad:
        check.bad("docket/hand_differences.csv", bad)
        return
    self.docket_table(check, "hand_differences", ["station", "hand_count", "results", "contest", "option", "package", "hand"], rows)


def differing_by_hand(self, one):
    """The rows of a count by hand: of contents with the same figures there is one."""
    standing = self.standings[one.station]
    for results, content in sorted({content.results: content for content in standing.network | standing.stick}.items()):
        package = self.figures_of(one.station, content)
        if package is None:
            raise Absent("outcome.missing", f"figures of station {one.station}, which was counted by hand, are not at hand")
        of_the_box = (("", figure, package.account[figure], one.count.account[figure]) for figure in BOX_FIGURES)
        different = [row for row in of_the_box if row[2] != row[3]]
        for figure in [*different, *unlike(self.definition, package, one.count)]:
            yield [one.station, one.digest, results, *figure]


def check_exports(self):
    """V.509: bundles of evidence that were handed out."""
    check = self.check("V.509")
    if self.record is None:
        check.missing("record", "verify.needs", "needs leaf 0")
        return
    rows = []
    for index, body in self.record.exports:
        mandate = body["mandate"]
        row = [index, mandate.get("act"), *(mandate[field] for field in ("issuer", "number", "dated", "paper"))]
        rows.append([*row, " ".join(mandate["scope"]), " ".join(mandate["includes"]), body["manifest"], body["files"], body["bytes"]])
    header = ["leaf", "act", "issuer", "number", "dated", "paper", "scope", "includes", "manifest", "files", "bytes"]
    self.entered_table(check, "register/exports.csv", header, rows)


TRANSMISSION_COLUMNS = (
    "station packages receipts attempts cut bytes sealed first last transports relays refusals remarks".split()
)
ODD = {
    "no_attempt": "has a receipt, and no connection is reported that brought it",
    "other_bytes": "its connections brought another number of bytes than its label says it has",
}


def check_transmission(self):
    """V.510: what the receiving service reports of how packages came, beside its log and added up again."""
    check = self.check("V.510")
    if self.record is None:
        check.missing("record", "verify.needs", "needs leaf 0")
        return
    if not self.record.transmissions:
        check.recorded("record", "transmission.none", "no transmission report of the receiving service was entered")
        for path in self.folder.sizes:
            if path.startswith("transmission/"):
                check.fail(path, "transmission.stray", "is there, and the record names no transmission report")
        return
    index, body, said = self.record.transmissions[-1]
    path, statement = "transmission/transmission.json", "transmission/transmission.dsse.json"
    check.look()
    try:
        report_ = read_transmission(self.folder.read(path), said)
    except Bad as bad:
        check.bad(path, bad)
        return
    if not self.intake_log.leaves:
        check.missing(path, "verify.needs", "needs the intake log (V.301)")
        return
    size, root = said["log"]["size"], said["log"]["root"]
    check.look()
    if size > len(self.intake_log.leaves) or "sha256:" + self.intake_log.tree.root(size).hex() != root:
        check.fail(f"record leaf {index}", "transmission.log", f"the intake log never had the root {root} at {size} leaves")
    receipts = {value["label"]: value for at, value in self.receipts if at < size}
    labels = {}
    for label, (at, value) in self.labels.items():
        if at < size:
            name = f"{value['station']}-{value['device']}-{value['generation']}"
            labels[label] = (value["station"], name, value["results"]["bytes"] + value["images"]["bytes"], receipts.get(label))
    told = Transmitted(report_, labels)
    for package in told.unlike():
        check.fail(path, "transmission.receipt", f"of {package} it says something else than the intake log")
    check.look()
    if told.totals() != body["totals"]:
        check.fail(f"record leaf {index}", "transmission.totals", "the totals are not what the report adds up to")
    for _, package in told.packages:
        if what := told.remark(package):
            check.recorded(f"package {package['name']}", f"transmission.{what}", ODD[what])
    check.look()
    try:
        if self.folder.read(statement) != body["statement"].encode("utf-8", "replace"):
            check.fail(statement, "transmission.table", "is not the statement that the leaf holds")
    except Bad as bad:
        check.bad(statement, bad)
    self.entered_table(check, "transmission/stations.csv", TRANSMISSION_COLUMNS, list(told.rows()))
    for own in self.folder.sizes:
        if own.startswith("transmission/") and own not in (path, statement, "transmission/stations.csv"):
            check.fail(own, "transmission.stray", "is no part of it")


def check_open(self, check):
    """What is open, row by row. The stations that something is open about."""
    definition, record = self.definition, self.record
    rows, disputed = [], set()
    for word, name in record.open_matters():
        station = name if word in ("station", "recount") else self.station_of(word, name)
        row = [word, name, station, "", "", ""]
        if station:
            standing = self.standings[station]
            row[3:] = [standing.standing, bool(standing.counted), record.bound(station)[0]]
            disputed.add(station)
        rows.append(row)
        check.recorded(f"{word}:{name}", "docket.open", f"is open{f', about station {station}' if station and station != name else ''}")
    self.docket_table(check, "open", ["matter", "name", "station", "standing", "counted", "at_stake"], rows)
    return disputed


def station_of(self, word, name):
    """The box that a complaint is about, or the complaint whose resolution an appeal is against."""
    if word == "appeal":
        name = self.record.appeals[name].body["against"].get("resolution")
    complaint = self.record.complaints.get(name)
    station = complaint and complaint.body["about"].get("station")
    row = self.definition.stations.get(station)
    return row and (row["count_with"] or station)


def doubted(self):
    """Contests that something is open about which is about no station: that of a list or candidate, or all."""
    definition, record, found = self.definition, self.record, set()
    for word, name in record.open_matters():
        if word in ("complaint", "appeal"):
            case = name if word == "complaint" else record.appeals[name].body["against"].get("resolution")
            about = record.complaints[case].body["about"] if case else {}
            option = about.get("candidate")
            row = definition.lists.get(option) or definition.candidates.get(option)
            if row:
                found.add(row["contest"])
            elif about.get("station") not in definition.stations:
                found |= set(definition.contests)
    return found


def check_materiality(self, check, disputed):
    """What the open matters could change: against the votes of stations about which nothing is open."""
    definition, record = self.definition, self.record
    undisputed = Sums()
    for station, results in self.figures.items():
        if station not in disputed:
            for contest, figures in results.contests.items():
                undisputed.add(contest, figures)
    # A box may hold more ballots than its register has voters.
    stake = {}
    for station in disputed:
        contents = self.standings[station].network | self.standings[station].stick
        counts = [self.figures_of(station, content) for content in contents]
        counts += [one.count for one in record.of_station("hand_counts", station)]
        stake[station] = max([record.bound(station)[0], *(count.account["used"] for count in counts if count)])
    at_stake = {c: sum(stake[station] for station in disputed if c in definition.contests_of[station]) for c in definition.contests}
    doubted = self.doubted()
    rows = []
    for contest, row in definition.contests.items():
        mine = [station for station in definition.reporting if contest in definition.contests_of[station]]
        counted = sum(1 for station in mine if station in self.figures and station not in disputed)
        votes = runners(definition, undisputed, contest)
        order = sorted(votes, key=lambda one: (-votes[one], one))
        first, second = [*order, "", ""][:2]
        lead = votes.get(first, 0) - votes.get(second, 0)
        sure = 0 if contest in doubted else sum(sure_seats(definition, record.rules, undisputed, at_stake, contest).values())
        figures = [len(mine), counted, at_stake[contest], first, second, lead, contest not in doubted and lead > at_stake[contest]]
        rows.append([contest, *figures, row["seats"], sure])
    header = ["contest", "stations", "undisputed", "at_stake", "first", "second", "lead", "decided", "seats", "sure"]
    self.docket_table(check, "materiality", header, rows)


def figures_ordered(standing):
    """The figures that the orders of a station sub judice are to count, by their names; where none counts any, those of its one content."""
    contents = standing.network | standing.stick
    named = {order.counts for order in standing.deciding if order.effect == "count_hand" or order.counts in contents}
    if not named and len(contents) == 1:
        named = contents
    return {one if isinstance(one, str) else one.results: one for one in named}


def check_sub_judice(self, check):
    """What the stations on which orders contradict each other would add; each of several figures ordered of one station apart."""
    definition, first = self.definition, ("", "")
    added = defaultdict(Sums)
    for station, standing in self.standings.items():
        found = figures_ordered(standing) if standing.standing == "sub_judice" else {}
        for name, counts in found.items():
            results = self.figures_of(station, counts)
            if results is None:
                check.missing(f"station {station}", "outcome.missing", "the figures ordered of it are not at hand")
                return
            for contest, figures in results.contests.items():
                added[(station, name) if len(found) > 1 else first].add(contest, figures)
    rows = []
    for contest in definition.contests:
        choices = sorted(choice for choice in added if contest in added[choice].figures)
        for choice in choices:
            more = [added[one].figures[contest] for one in {first, choice}]
            for option in (*TALLY, *definition.options[contest]):
                without = self.totals.figures[contest][option]
                rows.append([contest, *choice, option, without, without + sum(figures[option] for figures in more)])
    self.docket_table(check, "sub_judice", ["contest", "station", "figures", "option", "without", "with"], rows)


class Version:
    """What an announcement gave: totals, seats of lists and persons, by the record as it stood before it."""

    def __init__(self, publication, past):
        definition = self.definition = publication.definition
        self.standings = past.standings
        self.totals = Sums()
        for station, standing in past.standings.items():
            if not standing.counted:
                continue
            results = publication.figures_of(station, standing.counted)
            if results is None:
                raise Absent("outcome.missing", f"the figures of station {station} that counted are not at hand")
            for contest, figures in results.contests.items():
                self.totals.add(contest, figures)
        self.after = {c: self.totals.figures[c]["_valid"] - taken_by_withdrawals(definition, past, self.totals, c) for c in definition.contests}
        self.seats, self.elected = {}, {}
        for contest in definition.contests:
            one = Allotment(definition, past, contest, self.totals.figures[contest], self.after[contest], lambda *what: party_share(self, *what))
            self.seats[contest] = one.won
            self.elected[contest] = {person.candidate for person in one.elected}

    def station(self, station):
        standing = self.standings[station]
        if isinstance(standing.counted, str):
            return f"{standing.standing} counted by hand {standing.counted}"
        return standing.standing + (f" counted {standing.counted.results}" if standing.counted else "")


def check_changes(self, check, versions):
    """Each figure that a version changed of the one before it."""
    rows = []
    for number, after in versions.items():
        if number > 1:
            rows += [[number, *row] for row in changes(self.definition, versions[number - 1], after)]
    self.docket_table(check, "changes", ["version", "level", "place", "option", "before", "after"], rows)


def changes(definition, before, after):
    for station in sorted(definition.reporting):
        one, other = before.standings[station], after.standings[station]
        if (one.standing, one.counted) != (other.standing, other.counted):
            yield "station", station, "", before.station(station), after.station(station)
    for contest in definition.contests:
        one, other = before.totals.figures[contest], after.totals.figures[contest]
        for option in sorted([*TALLY, *definition.options[contest]]):
            if one[option] != other[option]:
                yield "votes", contest, option, one[option], other[option]
        one, other = before.seats[contest], after.seats[contest]
        for option in sorted(one.keys() | other.keys()):
            if one.get(option, 0) != other.get(option, 0):
                yield "seats", contest, option, one.get(option, 0), other.get(option, 0)
        one, other = before.elected[contest], after.elected[contest]
        for option in sorted(one ^ other):
            yield "elected", contest, option, "elected" if option in one else "", "elected" if option in other else ""


# What open ballots could change (docs/from-slips.md)


def runners(definition, totals, contest):
    """Those who stand for general seats, and their votes."""
    if definition.contests[contest]["kind"] == "candidates":
        ids = [row["candidate"] for row in definition.candidates_of[contest] if row["withdrawn"] == "no"]
    else:
        ids = [row["list"] for row in definition.lists_of[contest] if not row["reserved"]]
    return {one: totals.figures[contest][one] for one in ids}


def sure_seats(definition, rules, totals, at_stake, contest):
    """The general seats that each runner keeps, however the ballots at stake are cast."""
    row, votes, rule = definition.contests[contest], runners(definition, totals, contest), rules.seats(contest)
    seats, ballots = row["seats"], at_stake[contest]
    if row["kind"] == "candidates":
        return sure_candidates(seats, votes, ballots, row["vote_for"])
    standing = {one: sum(1 for person in definition.on_list[one] if person["withdrawn"] == "no") for one in votes}
    found = {}
    for one in votes:
        if not votes[one] or not keeps_above(definition, rule, totals, at_stake, contest, one, votes):
            continue
        method, first = rule["method"]
        if method == "hare":
            sure = votes[one] * seats // (sum(votes.values()) + ballots)
        else:
            divisors = [Fraction(first) if at == 0 and method != "d-hondt" else Fraction(at + 1 if method == "d-hondt" else 2 * at + 1) for at in range(seats)]
            others = [votes[other] for other in votes if other != one]
            sure = sure_quotients(seats, votes[one], others, ballots, divisors)
        found[one] = min(sure, standing[one])
    return found


def keeps_above(definition, rule, totals, at_stake, contest, one, votes):
    """Whether a list reaches the threshold though every ballot at stake is another's."""
    threshold = Fraction(rule["threshold"] or 0)
    if not threshold:
        return True
    if rule["threshold_over"] == "election":
        valid = {c: totals.figures[c]["_valid"] for c in definition.contests}
        mine, whole_vote = party_votes(definition, totals, valid, definition.lists[one]["party"], rule["threshold_of"])
        whole_vote += sum(at_stake[c] for c, row in definition.contests.items() if row["kind"] != "candidates")
    else:
        mine = votes[one]
        whole_vote = (totals.figures[contest]["_valid"] if rule["threshold_of"] == "valid" else sum(votes.values())) + at_stake[contest]
    return mine >= threshold * whole_vote


def sure_quotients(seats, mine, others, ballots, divisors):
    """How many seats the others cannot take with so many ballots: an equal quotient might take one by lot."""
    least, most = 0, seats
    while least < most:
        number = (least + most + 1) // 2
        quotient = mine / divisors[number - 1]
        if least_votes(seats - number + 1, quotient, others, ballots, divisors) is None:
            least = number
        else:
            most = number - 1
    return least


def least_votes(wanted, quotient, others, ballots, divisors):
    """The least votes with which the others have so many quotients that are not below one; None if they are more than the ballots."""
    best = {0: 0}
    for votes in others:
        costs = []
        for divisor in divisors:
            cost = max(-(-quotient * divisor // 1) - votes, 0)
            if cost > ballots or len(costs) == wanted:
                break
            costs.append(cost)
        # What costs nothing is always taken; so is the most of what costs the same.
        steps = [(0, 0), *((at + 1, cost) for at, cost in enumerate(costs))]
        steps = [step for at, step in enumerate(steps) if at + 1 == len(steps) or steps[at + 1][1] > step[1]]
        after = {}
        for have, spent in best.items():
            for more, cost in steps:
                reached, whole_cost = min(have + more, wanted), spent + cost
                if whole_cost <= ballots and whole_cost < after.get(reached, ballots + 1):
                    after[reached] = whole_cost
        best = after
    return best.get(wanted)


def sure_candidates(seats, votes, ballots, marks):
    """A candidate's seat is sure if so many others as there are seats cannot draw level."""
    found = {}
    for one in votes:
        needs = sorted(max(votes[one] - votes[other], 0) for other in votes if other != one)[:seats]
        level = len(needs) == seats and max(needs, default=0) <= ballots and sum(needs) <= ballots * marks
        found[one] = 0 if level or not votes[one] else 1
    return found


def check_slips(self):
    """V.8xx: slips that were brought, as the texts of their codes; pictures are not read."""
    signed, said = self.check("V.801"), self.check("V.802")
    if self.record is None:
        for check in (signed, said):
            check.missing("record", "verify.needs", "needs leaf 0")
        return
    for name, data in self.slips:
        try:
            codes = [line for line in data.decode("utf-8", "replace").splitlines() if line.startswith("SANAD1:")]
            if not codes:
                raise Absent("slip.no_code", "no line of this text is a code of a slip: they begin with SANAD1:")
            signed.look()
            slip = read_slip(codes)
            check_slip(slip, self.definition, self.record.fingerprint, self.signatures)
        except Bad as bad:
            signed.bad(name, bad)
            continue
        self.compare_slip(said, name, slip.figures)
    if not signed.checked:
        said.missing("slips", "verify.needs", "needs a slip whose signature holds (V.801)")


def compare_slip(self, check, name, slip):
    check.look()
    copies = [c for c in self.copies if (c.station, c.device, c.generation) == (slip.station, slip.device, slip.generation)]
    if not copies:
        check.missing(name, "slip.unpublished", "nothing is published of this station, device and generation")
        return
    differing = {copy.place: list(slip_differences(slip, copy, self.folder)) for copy in copies}
    agreeing = [copy for copy in copies if not differing[copy.place]]
    standing = self.standings.get(slip.station)
    if agreeing and all(standing is None or copy.content != standing.counted for copy in agreeing) and len(copies) > 1:
        check.recorded(name, "slip.differing_copies", "the slip says what the other copy says; neither copy is counted")
    elif not agreeing:
        place, what = next(iter(differing.items()))
        check.fail(name, "slip.differs", f"does not say what {place} says: {', '.join(what)}")


def check_privacy(self):
    """V.411: what the figures tell of few voters."""
    check = self.check("V.411")
    definition = self.definition
    least = max(definition.privacy.values()) or 10
    rows = []
    for copy in sorted(self.copies, key=lambda c: c.place):
        results = copy.results
        if results is None:
            check.missing(copy.place, "verify.needs", "needs results.json")
            return
        shown = Counter(name.split("-")[1] for name in copy.names if PICTURE.fullmatch(name) and not name.endswith("-2.png"))
        hidden = Counter({row["contest"]: row["withheld"] for row in (copy.withheld or {}).get("pictures", [])})
        records = "published" if self.records_are_public(copy) else "privacy.cast_vote_records_from"
        row = definition.stations[copy.station]
        contests = definition.contests_of[copy.station]
        styles = {}
        for contest in contests:
            styles[definition.contests[contest]["constituency"]] = results.contests[contest].ballots
        ones = sum(1 for many in styles.values() if many == 1)
        if copy.records is None and self.records_are_public(copy):
            check.missing(copy.place, "verify.needs", "needs cvr.json")
            return
        whole_sheets = patterns(copy.records, None) if copy.records is not None else ("", "")
        ballots = results.account["cast"]
        head = ["station", copy.place, copy.station, "", ""]
        rows.append([*head, ballots, 0 < ballots < least, "", ones, *whole_sheets, "law", records, sum(shown.values()), sum(hidden.values())])
        for contest in contests:
            figures = results.contests[contest]
            marks = patterns(copy.records, contest) if copy.records is not None else ("", "")
            head = ["contest", copy.place, copy.station, definition.contests[contest]["constituency"], contest]
            small = 0 < figures.ballots < least
            alone = is_unanimous(figures, definition, contest)
            rows.append([*head, figures.ballots, small, alone, "", *marks, "law", records, shown[contest], hidden[contest]])
        del row
    for contest in sorted(definition.contests):
        figures = self.totals.figures[contest]
        whole_contest = Figures(figures["_ballots"], figures["_valid"], figures["_blank"], figures["_invalid"], figures)
        ballots = figures["_ballots"]
        head = ["constituency", "", "", definition.contests[contest]["constituency"], contest]
        alone = is_unanimous(whole_contest, definition, contest)
        rows.append([*head, ballots, 0 < ballots < least, alone, "", "", "", "law", "", "", ""])
    header = ["level", "folder", "station", "constituency", "contest", "ballots", "small", "unanimous", "styles_of_one", "patterns", "patterns_of_one"]
    header += ["totals", "records", "pictures_shown", "pictures_withheld"]
    compare_table(self.folder, check, "privacy.csv", header, rows)


def check_bag_info(self):
    """V.102: what the bag says of itself."""
    check, definition = self.check("V.102"), self.definition
    named = next(definition.name[language] for language in ("en", *LANGUAGES) if language in definition.name)
    about = f"{definition.election} round {definition.round} version {len(self.record.announcements)}"
    expected = f"External-Identifier: {about}\nSource-Organization: {named}\nSanad-Mode: {definition.mode}\n"
    try:
        if self.folder.read("bag-info.txt", MEGABYTE) != expected.encode():
            check.fail("bag-info.txt", "bag.tag_file", f"does not say what the record and the definition say: {about}, {named}, {definition.mode}")
    except Bad:
        pass  # told already


NUMBERS = {"votes", "rank", "step"}


def check_description(self):
    """V.604: datapackage.json describes each table as it is: its columns, length and hash."""
    check, place = self.check("V.604"), "datapackage.json"
    is_table = lambda path: path == "privacy.csv" or path.startswith(TABLE_FOLDERS) and path.endswith(".csv")
    gone = [path for path in self.manifest or () if is_table(path) and path not in self.folder.sizes]
    for path in gone:
        check.missing(path, "file.missing", "is listed in manifest-sha256.txt, and not there")
    if gone:
        return
    tables = sorted(filter(is_table, self.folder.sizes))
    resources = []
    try:
        data = self.folder.read(place)
        found = parse_json(data)
        in_two_spaces(found, data)
        for path in tables:
            line = next(rows_of(self.folder, path), (1, []))
            fields = [{"name": column, "type": "integer" if column in NUMBERS else "string"} for column in line[1]]
            resources.append(
                {
                    "bytes": self.folder.sizes[path],
                    "encoding": "utf-8",
                    "format": "csv",
                    "hash": "sha256:" + self.folder.hash(path),
                    "mediatype": "text/csv",
                    "name": path.removeprefix("results/").removesuffix(".csv").replace("/", "_"),
                    "path": path,
                    "profile": "tabular-data-resource",
                    "schema": {"fields": fields},
                }
            )
    except Bad as bad:
        check.bad(place, bad)
        return
    expected = {"name": "results", "profile": "tabular-data-package", "resources": resources}
    compare_values(check, place, "", found, expected)


def patterns(sheets, contest):
    """(different marks, those of one ballot): on a sheet, or in one contest."""
    counted = Counter()
    for sheet in sheets:
        if contest is None:
            counted[(sheet.style, tuple(sorted((c, marks) for c, (_, _, marks) in sheet.contests.items())))] += 1
        elif contest in sheet.contests:
            counted[sheet.contests[contest][2]] += 1
    return len(counted), sum(1 for many in counted.values() if many == 1)


def is_unanimous(figures, definition, contest):
    """All valid votes are for one list, or for the same candidates."""
    if not figures.valid:
        return False
    if definition.contests[contest]["kind"] == "candidates":
        return all(figures.votes[row["candidate"]] in (0, figures.valid) for row in definition.candidates_of[contest])
    return any(figures.votes[row["list"]] == figures.valid for row in definition.lists_of[contest])


for _function in (
    check_standings,
    figures_of,
    check_hand_counts,
    agreeing_with_none,
    check_counted,
    check_match,
    check_findings,
    latest_results,
    differing_figures,
    alike,
    check_letters,
    check_amendments,
    check_results,
    add_up,
    check_tables,
    evidences,
    check_totals,
    check_announced,
    check_report,
    complete,
    check_remarks,
    check_by_rule,
    orders_naming,
    check_seats,
    party_share,
    check_withdrawals,
    check_docket,
    check_exports,
    check_transmission,
    docket_table,
    entered_table,
    check_registers,
    check_acts,
    check_equipment,
    check_looks,
    check_builds,
    check_cases,
    check_rulings,
    check_recounts,
    check_ratifications,
    check_successions,
    differing_by_hand,
    check_open,
    station_of,
    doubted,
    check_materiality,
    check_sub_judice,
    check_changes,
    check_slips,
    compare_slip,
    check_privacy,
    check_bag_info,
    check_description,
):
    setattr(Publication, _function.__name__, _function)


# ---------------------------------------------------------------------------------------------------------------------
# The parts of a publication, the titles of the checks, and the command

PARTS = (
    r"bagit\.txt",
    r"bag-info\.txt",
    r"privacy\.csv",
    r"datapackage\.json",
    r"index\.html",
    r"election/(?:election\.toml|[a-z]+\.csv|keys/[a-z]+\.csv|keys/witness-policy\.txt)",
    r"stations/[a-z0-9_]+/[a-z0-9_.-]+/(?:[a-z-]+\.(?:json|txt|pdf|dsse\.json)|images/[a-z0-9_-]+\.png)",
    r"results/(?:results\.json|[a-z]+\.csv)",
    r"docket/(?:complaints|appeals|rulings|certifications|ratifications|revocations|recounts|hand_counts|hand_differences|open|materiality|changes|sub_judice|successions)\.csv",
    r"register/(?:acts|builds|corrections|custody|equipment|exports|isolation)\.csv",
    r"transmission/(?:stations\.csv|transmission(?:\.dsse)?\.json)",
    r"announcement/statement-(?:ar|ckb|en)\.txt",
    r"assets/[A-Za-z0-9._-]+",
    r"(?:ar|ckb|en)/(?:[a-z_]+\.html|(?:station|office|contest)/[a-z0-9_.-]+\.html)",
)
PART = re.compile("|".join(f"(?:{part})" for part in PARTS), re.ASCII)

TITLES = {
    "V.101": "The folder holds ordinary files under plain names, and nothing else",
    "V.102": "The folder is a BagIt bag",
    "V.103": "Every listed file is there, with the hash that is listed",
    "V.104": "No file is there that is not listed",
    "V.105": "The definition of the election and its key lists can be read",
    "V.106": "The election has stations, contests and witnesses",
    "V.201": "The record is a whole Merkle log under its signed checkpoint",
    "V.202": "Leaf 0 is the election fingerprint that was pinned",
    "V.203": "The board froze this definition, these keys and this witness policy",
    "V.204": "Every leaf is signed by those who must, and may stand where it stands",
    "V.205": "The witnesses have cosigned the whole record",
    "V.206": "What each announcement rests on had been cosigned before it",
    "V.207": "The record ends by naming this very publication",
    "V.208": "What is certified is what was announced last, and nothing was open that no court had permitted",
    "V.209": "The witnesses had cosigned the freeze before the polls opened",
    "V.301": "The log of the receiving service is a whole Merkle log under its signed checkpoint",
    "V.302": "The witnesses have cosigned the whole log of the receiving service",
    "V.303": "Every leaf of it is a device's label or signed by the receiving service",
    "V.304": "The receiving service was closed, and nothing came after",
    "V.305": "Every package that was received is imported, a duplicate, or refused with a reason",
    "V.306": "Every import from the network stands under an intake checkpoint that this log had",
    "V.307": "The published receipts are leaves of the intake log",
    "V.401": "Every content that was imported is published, and no other",
    "V.402": "Every label is signed by the station's device and names what was imported",
    "V.403": "Every statement is signed by the station's device and says what was imported",
    "V.404": "Every published file of a station is the one that its device signed for",
    "V.405": "Every station's figures add up",
    "V.406": "Every zero report is zero",
    "V.407": "Every printed slip says what the package says",
    "V.408": "The published cast vote records add up to the station's figures",
    "V.409": "What is withheld is what the frozen rules withhold",
    "V.410": "Of ballots nothing is shown but pictures of single contests, as the rules and two officers let them be shown",
    "V.411": "What the figures tell of few voters is said rightly",
    "V.412": "Every count by hand that is evidence for a device's is the same as it",
    "V.501": "The published standing of every station follows from the record",
    "V.502": "The published comparison of the two channels follows from the record",
    "V.503": "Every station that is not counted, or counted by order, is named with its reason",
    "V.504": "What people must look at is published: unexpected and refused packages, differing copies, figures alike, unread sheets",
    "V.505": "The letter that each station follows, and its figure, follow from the definition and the record",
    "V.506": "Every rule that was changed after the freeze is named",
    "V.507": "Every complaint, appeal and ruling is published, with what became of it",
    "V.508": "What is open is named, with what it could change, and what each version changed",
    "V.509": "Acts, equipment, checks of isolation and bundles of evidence are published as they were entered",
    "V.510": "The transmission report of the receiving service adds up, and says of receipts what the intake log says",
    "V.601": "The published figures of every station are those of its package",
    "V.602": "The published totals are the sums of the stations that count",
    "V.603": "The published results are the ones that were announced",
    "V.604": "The report for other programs says what the totals say",
    "V.605": "What the rules of the ballot account say of every station is published by number",
    "V.701": "The published seats follow from the totals, quotient by quotient",
    "V.702": "The published persons are those who are elected",
    "V.703": "Every tie that decides was drawn by lot, and the lot is in the record",
    "V.704": "Who withdrew after printing is named, with the figures before and after",
    "V.801": "Every slip that was brought is signed by a device of this election",
    "V.802": "Every slip that was brought says what was published of its station",
}
# What is not looked at: places, and what of them. `tools/test-verifiers` counts changes there apart.
NOT_PERFORMED = (
    ("V.105", "election/", "of the rules of a definition those that the rest needs; all of them are for `sanad election check`"),
    ("V.504", "results/findings.csv", "whether all stations with like figures are listed; those listed are compared"),
    ("V.410", "stations/*/*/images/", "the pixels of pictures; their names, numbers and hashes are"),
    ("V.414", "images", "images of whole ballots, which no publication has, are not read again; `sanad verify --images` does"),
    ("V.801", "slips", "pictures of slips; the texts of their codes are read"),
    ("V.606", "bag-info.txt, datapackage.json", "the bytes of descriptions; their form and their hashes are compared"),
    ("V.607", "index.html, ar/, ckb/, en/, assets/", "pages are not drawn anew; their hashes are compared"),
    ("V.103", "index.html, ar/, ckb/, en/, assets/, announcement/", "what pages and statements say; their hashes are compared"),
)
NOT_LOOKED_AT = (r"index\.html", r"(?:ar|ckb|en|assets|announcement)/.*")


def is_part(path):
    return PART.fullmatch(path) is not None


def verify(folder, pinned, slips=None, signatures=None):
    """The report of a publication, as `sanad verify --json` gives it, and what was not performed."""
    publication = Publication(folder, pinned, slips, signatures).run()
    checks = [check.to_json() for check in publication.checks.values()]
    verdicts = {check["verdict"] for check in checks}
    verdict = "fail" if "fail" in verdicts else "incomplete" if "incomplete" in verdicts else "pass"
    log = publication.record_log
    fingerprint = sha256(log.leaves[0]) if log and log.leaves else None
    totals = getattr(publication, "totals", None)
    return {
        "verdict": verdict,
        "root": {"pinned": pinned, "fingerprint": fingerprint},
        "checks": checks,
        "totals": {c: {o: totals.figures[c][o] for o in (*TALLY, *options)} for c, options in publication.definition.options.items()} if totals else {},
        "not_performed": [{"id": number, "place": place, "what": what} for number, place, what in NOT_PERFORMED],
    }


def read_pinned(given):
    """A fingerprint, or the first line of a file that holds one."""
    if given is None or is_digest(given):
        return given
    try:
        with open(given, "rb") as file:
            first = file.read(1_000).decode("utf-8", "replace").strip()
    except OSError as error:
        raise SystemExit(told_error("usage.value", f"'{given}' is neither sha256:… nor a file: {error.strerror}", "give what the gazette or a slip prints")) from error
    if not is_digest(first):
        raise SystemExit(told_error("usage.value", f"'{given}' holds no fingerprint", "give what the gazette or a slip prints"))
    return first


def told_error(code, what, next_step):
    print(f"error [{code}]: {what}\n  → {next_step}", file=sys.stderr)
    return 2


def read_slips(folder):
    """The texts of slips: every .txt of a folder, or one file."""
    if folder is None:
        return None
    names = [folder]
    if os.path.isdir(folder):
        names = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".txt"))
        if not names:
            raise FileNotFoundError(errno.ENOENT, "no text of a slip (.txt) is in it; photos are read by zbarimg --raw", folder)
    found = []
    for name in names:
        with open(name, "rb") as file:
            found.append((os.path.basename(name), file.read(MEGABYTE)))
    return found


def show(report_):
    for check in report_["checks"]:
        print(f"{check['id']} {check['verdict']:<10} {check['title']} ({check['checked']})")
        for row in check["detail"]:
            if row["matter"] != "withheld":
                print(f"      {row['matter']}: {row['place']}: {row['what']} [{row['code']}]")
    for row in report_["not_performed"]:
        print(f"not performed ({row['id']}, {row['place']}): {row['what']}")
    print(f"fingerprint {report_['root']['fingerprint']}, pinned {report_['root']['pinned']}")
    print(f"verdict: {report_['verdict']}")


def main():
    parser = argparse.ArgumentParser(prog="verify.py", description="A second verifier of a publication; docs/verify.md.")
    parser.add_argument("dir", help="the publication")
    parser.add_argument("--fingerprint", "--root", dest="fingerprint", help="sha256:…, or the file that holds it: from paper")
    parser.add_argument("--slips", help="a folder of slips, as the texts of their codes (.txt)")
    parser.add_argument("--json", action="store_true", help="the report as one object")
    arguments = parser.parse_args()
    # A reader that has gone away (`verify.py … | head`) is no error of ours.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        slips = read_slips(arguments.slips)
        result = verify(arguments.dir, read_pinned(arguments.fingerprint), slips)
    except MemoryError:
        return told_error("verify.memory", f"{arguments.dir} takes more memory than there is", "run it on a machine with more, or look at what is so large")
    except NotAPublication as none:
        return told_error("verify.not_a_publication", f"{arguments.dir} is not a publication: {none}", "name the folder that holds record/ and results/")
    except OSError as error:
        return told_error("usage.value", f"{error.filename}: {error.strerror}", "check the path; docs/verify.md shows a call")
    if arguments.json:
        json.dump(result, sys.stdout, ensure_ascii=False)
        print()
    else:
        show(result)
    return {"pass": 0, "fail": 1, "incomplete": 3}[result["verdict"]]


if __name__ == "__main__":
    sys.exit(main())
