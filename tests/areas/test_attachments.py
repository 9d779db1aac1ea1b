"""Files of strangers: what is refused and why, what goes on, who gets it, and when it goes."""

import zlib
from io import BytesIO
from pathlib import Path

import pytest
import weasyprint
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from areas.signals.links import status_token
from areas.signals.models import Attachment, Signal
from areas.signals.services.attachments import HeldFile
from areas.signals.services.intake import place_signal
from cms.files.checking import check_file
from tests.areas import uploads
from tests.areas.room import council, enter, fill, room  # noqa: F401
from tests.areas.uploads import upload

NEW = "/raadskamer/signalen/nieuw/"


def send(room, *files, **values):  # noqa: F811
    return room.post(NEW, fill(bijlagen=list(files), **values))


def stored() -> list[Path]:
    """All files that lie on the disk."""
    return sorted(path for path in Path(settings.PRIVATE_MEDIA_ROOT).rglob("*") if path.is_file())


def kept(attachment) -> bytes:
    return Path(attachment.file.path).read_bytes()


def get(client, url, *args):
    """The status of an answer, all of which was read."""
    response = client.get(url, *args)
    b"".join(response)
    return response.status_code


@pytest.fixture(autouse=True)
def _empty_folder():
    for path in stored():
        path.unlink()


@pytest.mark.parametrize(
    ("content", "ending", "kind"),
    [
        (uploads.jpeg(), ".jpg", "image/jpeg"),
        (uploads.png(), ".png", "image/png"),
        (uploads.webp(), ".webp", "image/webp"),
    ],
)
def test_of_a_photo_only_the_pixels_are_kept(room, content, ending, kind):  # noqa: F811
    assert uploads.SECRET in content
    send(room, upload(content + b"<script>alert(1)</script>PK\x03\x04", f"foto{ending}"))
    attachment = Attachment.objects.get()
    assert attachment.content_type == kind
    content = kept(attachment)
    for leak in (uploads.SECRET, b"Exif", b"GPS", b"ICC", b"script", b"PK\x03\x04"):
        assert leak not in content
    image = Image.open(BytesIO(content))
    assert image.size == (64, 48)
    assert not image.getexif()
    red, green = image.convert("RGB").getpixel((3, 3))[:2]
    assert red > 200
    assert green < 60
    assert attachment.size == len(content)
    assert stored() == [Path(attachment.file.path)]
    assert "foto" not in attachment.file.path


def test_photo_is_kept_upright_and_not_larger_than_needed(room, settings):  # noqa: F811
    settings.UPLOAD_PHOTO_MAX_SIDE = 400
    send(room, upload(uploads.jpeg(1000, 500, orientation=6)))
    image = Image.open(BytesIO(kept(Attachment.objects.get())))
    assert image.size == (200, 400)  # turned a quarter, and smaller
    assert image.getpixel((190, 10))[1] < 60  # the red corner is at the top right now


def test_picture_in_sixteen_bits_and_in_four_colours(room):  # noqa: F811
    deep, print_colours = BytesIO(), BytesIO()
    Image.new("I;16", (20, 20), 40_000).save(deep, "PNG")
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(print_colours, "JPEG")
    response = send(
        room, upload(deep.getvalue(), "diep.png"), upload(print_colours.getvalue(), "druk.jpg")
    )
    assert response.status_code == 302
    modes = {row.name: Image.open(BytesIO(kept(row))).mode for row in Attachment.objects.all()}
    assert modes == {"diep.png": "RGB", "druk.jpg": "RGB"}


def good_pdfs():
    html = "<html lang=nl><title>Stuk</title><h1>Stuk</h1><p>Het pad is donker.</p></html>"
    document = weasyprint.HTML(string=html)
    return {
        "blank": uploads.pdf(),
        "packed": document.write_pdf(),
        "for everybody": document.write_pdf(pdf_variant="pdf/ua-1"),
        "by hand": uploads.raw_pdf(b"[3 0 R /Fit]"),
        "in a stream": uploads.in_object_stream(b"<< /Nothing /Bad >>"),
    }


def test_packed_text_beside_a_picture_is_left_behind(room):  # noqa: F811
    send(room, upload(uploads.text_bomb_png(), "foto.png", "image/png"))
    assert Attachment.objects.get().size < 10_000


@pytest.mark.parametrize("name", ["blank", "packed", "for everybody", "by hand", "in a stream"])
def test_harmless_pdf_is_kept_as_it_is(room, name):  # noqa: F811
    content = good_pdfs()[name]
    response = send(room, upload(content, "verslag.pdf", "application/pdf"))
    assert response.status_code == 302, response.context["form"].errors
    assert kept(Attachment.objects.get()) == content


def deflated_twice(data):
    return zlib.compress(zlib.compress(data))


ACTIVE = "zit een programma, een formulier of een ander bestand"
BROKEN = "is beschadigd of niet compleet"
NOT_OURS = "is geen foto (JPEG, PNG of WebP) en geen PDF"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)
HOSTILE = {
    "empty": (b"", "foto.jpg", "is leeg"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "foto.jpg", NOT_OURS),
    "html": (b"<html><script>alert(1)</script>", "foto.jpg", NOT_OURS),
    "program": (b"MZ" + bytes(500), "foto.jpg", NOT_OURS),
    "gif": (b"GIF89a" + bytes(100), "foto.jpg", NOT_OURS),
    "heic": (HEIC, "IMG_1.HEIC", "is een HEIC-foto van een iPhone"),
    "cut off": (uploads.cut_off(), "foto.jpg", BROKEN),
    "only a start": (b"\xff\xd8\xff\xe0" + b"<script>" * 50, "foto.jpg", BROKEN),
    "png with a jpeg's start": (b"\xff\xd8\xff" + uploads.png(), "foto.jpg", BROKEN),
    "bomb of pixels": (uploads.huge_png(), "foto.png", "heeft te veel beeldpunten"),
    "pdf cut off": (uploads.pdf()[:-40], "a.pdf", BROKEN),
    "pdf with zip behind": (uploads.pdf() + b"PK\x03\x04" + bytes(50), "a.pdf", BROKEN),
    "pdf behind html": (b"<html>" + uploads.pdf(), "a.pdf", NOT_OURS),
    "pdf without contents": (b"%PDF-1.7\nhallo\nstartxref\n0\n%%EOF", "a.pdf", BROKEN),
    "pdf with javascript": (uploads.with_javascript(), "a.pdf", ACTIVE),
    "pdf with a file": (uploads.with_file(), "a.pdf", ACTIVE),
    "pdf with password": (uploads.encrypted, "a.pdf", "is beveiligd met een wachtwoord"),
    "pdf that starts a program": (uploads.with_launch(), "a.pdf", ACTIVE),
    "pdf that spells it otherwise": (uploads.with_launch(b"/L#61unch"), "a.pdf", ACTIVE),
    "packed javascript": (
        uploads.in_object_stream(b"<< /S /JavaScript /JS (x) >>"),
        "a.pdf",
        ACTIVE,
    ),
    "packed and spelled otherwise": (
        uploads.in_object_stream(b"<< /S /Java#53cript /JS (x) >>"),
        "a.pdf",
        ACTIVE,
    ),
    "packed in an odd way": (
        uploads.in_object_stream(
            b"<< /S /JavaScript >>",
            head=b"/Filter [/ASCIIHexDecode /FlateDecode]",
            pack=lambda data: zlib.compress(data).hex().encode() + b">",
        ),
        "a.pdf",
        ACTIVE,
    ),
    "packed twice": (
        uploads.in_object_stream(
            b"<< /S /JavaScript >>",
            head=b"/Filter [/FlateDecode /FlateDecode]",
            pack=deflated_twice,
        ),
        "a.pdf",
        ACTIVE,
    ),
    "packed wrongly": (
        uploads.in_object_stream(b"<< >>", pack=lambda data: b"nonsense"),
        "a.pdf",
        BROKEN,
    ),
    "pdf bomb": (uploads.pdf_bomb, "a.pdf", BROKEN),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_and_the_rest_stays(room, case):  # noqa: F811
    content, name, sentence = HOSTILE[case]
    content = content() if callable(content) else content
    response = send(room, upload(content, name))
    html = response.content.decode()
    assert response.status_code == 422
    assert f"“{name}” {sentence}" in html or f"In “{name}” {sentence}" in html
    assert "Donker fietspad" in html
    assert "Er staat geen lamp." in html
    assert stored() == []
    assert not Signal.objects.exists()


def test_file_that_is_too_large_is_refused_with_its_size(room, settings):  # noqa: F811
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    html = send(room, upload(uploads.jpeg() + bytes(3 * 1024 * 1024))).content.decode()
    assert "“foto.jpg” is te groot: 3 MB. Een bestand mag ten hoogste 2 MB zijn." in html


def test_six_files_are_one_too_many_and_five_stay(room):  # noqa: F811
    files = [upload(uploads.jpeg(), f"foto{n}.jpg") for n in range(6)]
    response = send(room, *files)
    assert "“foto5.jpg” is er een te veel" in response.content.decode()
    assert len(held(response)) == 5


def held(response) -> list[str]:
    """The tokens of files that the form kept."""
    return [file.token for file in response.context["form"].fields["bijlagen"].widget.held]


def test_good_files_are_kept_between_two_tries(room):  # noqa: F811
    response = send(
        room,
        upload(uploads.jpeg(), "lamp.jpg"),
        upload(uploads.pdf(), "brief.pdf"),
        upload(b"MZ", "virus.jpg"),
    )
    html = response.content.decode()
    assert "“virus.jpg” is geen foto" in html
    assert "lamp.jpg (" in html
    lamp, letter = held(response)
    again = room.post(NEW, fill(onderwerp="", **{"bijlagen-bewaard": [lamp, letter]}))
    assert again.status_code == 422
    assert len(held(again)) == 2
    done = room.post(NEW, fill(**{"bijlagen-bewaard": [lamp]}))  # the letter's tick is gone
    assert done.status_code == 302
    assert [row.name for row in Attachment.objects.all()] == ["lamp.jpg"]


def test_files_that_wait_cannot_be_named_by_others(room):  # noqa: F811
    Path(settings.PRIVATE_MEDIA_ROOT, "geheim.txt").write_text("geheim")
    for token in ("geheim.txt", "held/x.jpg", "W1tdXQ:1abc:xyz", "\0"):
        response = room.post(NEW, fill(**{"bijlagen-bewaard": [token]}))
        assert response.status_code == 302, token
    assert not Attachment.objects.exists()


def test_file_that_waited_too_long_must_be_chosen_again(room, settings):  # noqa: F811
    (token,) = held(send(room, upload(uploads.jpeg(), "lamp.jpg"), onderwerp=""))
    settings.SIGNAL_HELD_FILE_HOURS = 0
    html = room.post(NEW, fill(**{"bijlagen-bewaard": [token]})).content.decode()
    assert "“lamp.jpg” hebben wij niet meer. Kies het bestand opnieuw." in html


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\fakepath\\lamp.jpg", "lamp.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("foto.exe", "foto.jpg"),
        ("foto\u202egpj.exe", "fotogpj.jpg"),
        ("...", "bestand.jpg"),
        ("é" * 200 + ".jpg", "é" * 90 + ".jpg"),
    ],
)
def test_names_are_cleaned(room, given, shown):  # noqa: F811
    send(room, upload(uploads.jpeg(), given))
    assert Attachment.objects.get().name == shown


@pytest.fixture
def attachment(room):  # noqa: F811
    send(room, upload(uploads.jpeg(), 'Lamp "één".jpg'), openbaar="openbaar")
    return Attachment.objects.get()


def test_file_is_served_to_be_looked_at_and_nothing_else(
    room,  # noqa: F811
    attachment,
    django_assert_max_num_queries,
):
    with django_assert_max_num_queries(3):
        response = room.get(reverse("signal_attachment", args=[attachment.pk]))
    assert response.status_code == 200
    assert b"".join(response) == kept(attachment)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; filename")
    assert "\n" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_pdf_is_served_as_a_download(room):  # noqa: F811
    send(room, upload(uploads.pdf(), "brief.pdf"))
    response = room.get(reverse("signal_attachment", args=[Attachment.objects.get().pk]))
    b"".join(response)
    assert response["Content-Disposition"] == 'attachment; filename="brief.pdf"'


def test_who_gets_a_file(
    client,
    room,  # noqa: F811
    login,
    attachment,
    area_manager,
    administrator,
    make_user,
    west,
    north,
):
    """Also of a public signal: a file is for who brought it in and who answers."""
    url = reverse("signal_attachment", args=[attachment.pk])
    other = enter("andere@example.nl", north)
    western = make_user("west", groups=[west.manager_group])
    matrix = [
        (room, 200),
        (login(area_manager), 200),
        (login(administrator), 200),
        (login(western), 404),
        (login(make_user("niemand")), 404),
        (other, 404),
        (client, 404),
    ]
    for visitor, status in matrix:
        assert get(visitor, url) == status
    # The token of a status is for residents: a council has its room.
    assert client.get(url, {"sleutel": status_token(attachment.signal)}).status_code == 404
    room.post("/raadskamer/uitloggen/")
    assert room.get(url).status_code == 404


def test_resident_gets_own_files_by_the_status_link(client, attachment, north):
    asked, other = (
        Signal.objects.create(
            area=north,
            subject="Vraag",
            text="Tekst",
            state="ontvangen",
            received_at=timezone.now(),
            due_on=timezone.localdate(),
        )
        for _n in range(2)
    )
    Attachment.objects.filter(pk=attachment.pk).update(signal=asked)
    url = reverse("signal_attachment", args=[attachment.pk])
    assert get(client, url, {"sleutel": status_token(asked)}) == 200
    for token in (status_token(other), "x", "", status_token(asked) + "x"):
        assert client.get(url, {"sleutel": token}).status_code == 404


def test_file_goes_with_its_row_once_that_is_sure(attachment, django_capture_on_commit_callbacks):
    path = Path(attachment.file.path)
    with django_capture_on_commit_callbacks() as callbacks:
        attachment.signal.delete()
        assert path.exists()  # the transaction might still be undone
    for callback in callbacks:
        callback()
    assert not path.exists()


def test_files_that_nobody_needs_are_removed(room, attachment, settings, capsys):  # noqa: F811
    send(room, upload(uploads.jpeg(), "wacht.jpg"), onderwerp="")
    Path(settings.PRIVATE_MEDIA_ROOT, "signals", "verdwaald.jpg").write_bytes(b"x")
    call_command("purge_expired")
    assert len(stored()) == 3  # all of today
    settings.SIGNAL_HELD_FILE_HOURS = -1
    call_command("purge_expired", dry_run=True)
    assert len(stored()) == 3
    call_command("purge_expired")
    assert stored() == [Path(attachment.file.path)]
    assert "files that were never sent" in capsys.readouterr().out


def test_a_signal_that_fails_halfway_leaves_no_row(council):  # noqa: F811
    """The second file is not there: nothing of the signal stays, and it can be sent again."""
    gone = HeldFile("held/weg.jpg", "weg.jpg", "image/jpeg", 3)
    values = {"council": council, "subject": "A", "text": "B", "form_key": "een"}
    photo = check_file(upload(uploads.jpeg()))
    with pytest.raises(FileNotFoundError):
        place_signal(**values, files=[photo, gone])
    assert not Signal.objects.exists()
    assert not Attachment.objects.exists()
    place_signal(**values, files=[photo])
    assert Attachment.objects.count() == 1
