#!/usr/bin/env python3
"""Writes the seeds of the fuzz target document: PDF and TIFF as scanners make them, a page for each packing. The standard
library is enough; the JPEG in them is a seed of image_jpeg.

    python3 fuzz/document-seeds.py
"""

import pathlib
import struct
import zlib

SEEDS = pathlib.Path(__file__).parent / "seeds"
FOLDER = SEEDS / "document"
SIDE = 600
ROW = SIDE // 8

BITS = b"".join(b"\x00" * ROW if y % 50 < 2 else b"\xff" * ROW for y in range(SIDE))
GREY = b"".join((b"\x00" if y % 50 < 2 else b"\xc0") * SIDE for y in range(SIDE))
RGB = b"".join((b"\x00\x00\x00" if y % 50 < 2 else b"\xc0\xd0\xe0") * SIDE for y in range(SIDE))
# Group 4: a white row below a white one is one vertical mode of no offset, which is the bit 1; then the end of the block.
G4 = b"\xff" * ROW + b"\x00\x10\x01"
JPEG = (SEEDS / "image_jpeg" / "grey").read_bytes()


def stream(entries, data):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(data), data)


def image(packing, data):
    return stream(f"/Type /XObject /Subtype /Image /Width {SIDE} /Height {SIDE} {packing}", data)


def pages(images):
    """The objects of a document, from 1."""
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(images)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(images)} >>".encode()]
    for i, own in enumerate(images):
        page = 3 + 3 * i
        resources = f"<< /XObject << /Im0 {page + 2} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {page + 1} 0 R /Resources {resources} >>".encode()
        )
        objects.append(stream("/Filter /FlateDecode", zlib.compress(b"q 595 0 0 842 0 0 cm /Im0 Do Q")))
        objects.append(own)
    return objects


def body(objects):
    """The objects one after the other, and where each begins."""
    file, offsets = b"%PDF-1.5\n", []
    for number, own in objects:
        offsets.append((number, len(file)))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, own)
    return file, offsets


def pdf(images):
    """With a table of cross-references, as PDF 1.4 has it."""
    objects = list(enumerate(pages(images), 1))
    file, offsets = body(objects)
    table = "".join(f"{at:010} 00000 n \n" for _, at in offsets)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + tail.encode()


def packed_pdf(images):
    """With a list of objects and a stream of cross-references, as PDF 1.5 has them."""
    objects = list(enumerate(pages(images), 1))
    listed = [(n, own) for n, own in objects if b"stream" not in own]
    apart = [(n, own) for n, own in objects if b"stream" in own]
    heads, text = "", b""
    for number, own in listed:
        heads += f"{number} {len(text)} "
        text += own + b" "
    holder, table = len(objects) + 1, len(objects) + 2
    packed = zlib.compress(heads.encode() + text)
    apart.append((holder, stream(f"/Type /ObjStm /N {len(listed)} /First {len(heads)} /Filter /FlateDecode", packed)))
    file, offsets = body(apart)
    rows = {0: (0, 0, 65535), table: (1, len(file), 0)}
    rows |= {number: (1, at, 0) for number, at in offsets}
    rows |= {number: (2, holder, index) for index, (number, _) in enumerate(listed)}
    data = zlib.compress(b"".join(struct.pack(">BIH", *rows[number]) for number in range(table + 1)))
    entries = f"/Type /XRef /Size {table + 1} /W [1 4 2] /Root 1 0 R /Filter /FlateDecode"
    return file + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, stream(entries, data), len(file))


def tiff(packed, order="<"):
    """Pages of one strip each: (bits, samples, compression, photometric, data)."""
    file = (b"II*\0" if order == "<" else b"MM\0*") + b"\0\0\0\0"
    link = 4
    for bits, samples, compression, photometric, data in packed:
        strip = len(file)
        file += data + b"\0" * (len(data) % 2)
        per_sample = bits
        if samples == 3:
            per_sample = len(file)
            file += struct.pack(order + "3H", bits, bits, bits)
        tags = [
            (256, 3, 1, SIDE), (257, 3, 1, SIDE), (258, 3, samples, per_sample), (259, 3, 1, compression),
            (262, 3, 1, photometric), (273, 4, 1, strip), (277, 3, 1, samples), (278, 3, 1, SIDE), (279, 4, 1, len(data)),
        ]
        at = len(file)
        file = file[:link] + struct.pack(order + "I", at) + file[link + 4:]
        file += struct.pack(order + "H", len(tags))
        for tag, kind, count, value in tags:
            short = kind == 3 and count == 1
            field = struct.pack(order + "HH", value, 0) if short else struct.pack(order + "I", value)
            file += struct.pack(order + "HHI", tag, kind, count) + field
        link = len(file)
        file += b"\0\0\0\0"
    return file


def packbits(data):
    """Runs of up to 128 bytes; the rows here are of one byte each."""
    out = b""
    for row in range(0, len(data), ROW):
        out += bytes([257 - ROW, data[row]])
    return out


IMAGES = {
    "jpeg": image("/Filter /DCTDecode /ColorSpace /DeviceGray /BitsPerComponent 8", JPEG),
    "fax": image(
        f"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {SIDE} >> /ColorSpace /DeviceGray /BitsPerComponent 1", G4
    ),
    "bits": image("/Filter /FlateDecode /ImageMask true /Decode [1 0] /BitsPerComponent 1", zlib.compress(BITS)),
    "grey": image("/Filter [/FlateDecode] /ColorSpace /CalGray /BitsPerComponent 8", zlib.compress(GREY)),
    "rgb": image("/Filter /FlateDecode /ColorSpace [/CalRGB << >>] /BitsPerComponent 8", zlib.compress(RGB)),
}
FILES = {f"pdf_{name}": pdf([own]) for name, own in IMAGES.items()}
FILES["pdf_pages"] = pdf(list(IMAGES.values()))
FILES["pdf_packed"] = packed_pdf([IMAGES["fax"], IMAGES["bits"]])
FILES["tiff_pages"] = tiff([(8, 1, 8, 1, zlib.compress(GREY)), (1, 1, 4, 0, G4), (8, 1, 7, 1, JPEG)])
FILES["tiff_colour"] = tiff([(8, 3, 8, 2, zlib.compress(RGB)), (1, 1, 32773, 1, packbits(BITS))], ">")
FILES["single"] = JPEG

FOLDER.mkdir(parents=True, exist_ok=True)
for name, data in FILES.items():
    (FOLDER / name).write_bytes(data)
