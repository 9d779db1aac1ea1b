"""Files as strangers send them: good ones, broken ones and hostile ones."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

SECRET = b"geheime-plek"


def picture(width=64, height=48, mode="RGB") -> Image.Image:
    """Red at the top left, so that one sees which way up it is."""
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill="red")
    return image


def jpeg(width=64, height=48, *, orientation=1, position=True) -> bytes:
    """A photo as a telephone makes it: with position, maker, comment and profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()  # Make
    if position:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N", (52.0, 18.0, 23.0)
        gps[3], gps[4] = "E", (4.0, 41.0, 20.0)
    out = BytesIO()
    picture(width, height).save(
        out, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 20, quality=90
    )
    return out.getvalue()


def cut_off() -> bytes:
    """A photo of which the upload broke off."""
    out = BytesIO()
    Image.effect_noise((400, 400), 90).save(out, "JPEG")
    return out.getvalue()[:-2000]


def png() -> bytes:
    """A picture with text beside its pixels, and see-through."""
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    out = BytesIO()
    picture(mode="RGBA").save(out, "PNG", pnginfo=info, icc_profile=SECRET * 20)
    return out.getvalue()


def webp() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    out = BytesIO()
    picture().save(out, "WEBP", exif=exif, icc_profile=SECRET * 20)
    return out.getvalue()


def huge_png() -> bytes:
    """A few kilobytes that say to be 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(3751) * 400)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def text_bomb_png() -> bytes:
    """A picture with a packed text that unpacks to a hundred megabytes."""
    whole = png()
    data = b"Comment\0\0" + zlib.compress(bytes(100 * 1024 * 1024), 9)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return whole[:33] + chunk + whole[33:]


def pdf(change=lambda writer: None) -> bytes:
    """A PDF of one empty page, that `change` did something to."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_javascript() -> bytes:
    return raw_pdf(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>")


def with_file() -> bytes:
    return pdf(lambda writer: writer.add_attachment("virus.exe", b"MZ"))


def encrypted() -> bytes:
    return pdf(lambda writer: writer.encrypt("geheim", algorithm="RC4-128"))


def pdf_bomb() -> bytes:
    """A third of a megabyte that inflates to three hundred."""

    def pack(_inside) -> bytes:
        packer, blank = zlib.compressobj(9), b" " * 1024 * 1024
        return b"".join(packer.compress(blank) for _n in range(300)) + packer.flush()

    return in_object_stream(b"", pack=pack)


def with_launch(name: bytes = b"/Launch") -> bytes:
    """A PDF whose opening starts a program; `name` is how its action is spelled."""
    return raw_pdf(b"<< /S " + name + b" /F (cmd.exe) >>")


def in_object_stream(inside: bytes, *, head=b"/Filter /FlateDecode", pack=zlib.compress) -> bytes:
    """A PDF with a packed stream of objects, one of which is `inside`."""
    body = b"9 0 " + inside
    packed = pack(body)
    return raw_pdf(
        b"<< /Type /ObjStm /N 1 /First 4 %s /Length %d >>\nstream\n%s\nendstream"
        % (head, len(packed), packed)
    )


def raw_pdf(extra: bytes) -> bytes:
    """A PDF written by hand, with `extra` as its object 4, opened first."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        extra,
    ]
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(out)


def upload(content: bytes, name="foto.jpg", kind="image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it; name and type are the sender's word."""
    return SimpleUploadedFile(name, content, kind)
