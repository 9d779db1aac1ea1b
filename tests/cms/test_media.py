"""Uploaded files, where the site itself hands them out."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction


@pytest.fixture
def private_document(home):
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = get_document_model()(title="Verslag", collection=collection)
    document.file.save("verslag.txt", ContentFile(b"Alleen voor medewerkers"))
    return document


def test_a_picture_is_served(client, home):
    image = get_image_model().objects.create(title="Brug", file=get_test_image_file())
    response = client.get(image.file.url)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    response.close()


@pytest.mark.parametrize(
    "way", ["documents/", "./documents/", "images/../documents/", "/documents/", "%2e/documents/"]
)
def test_a_private_document_has_no_side_door(client, private_document, way):
    name = private_document.file.name.removeprefix("documents/")
    response = client.get(f"/media/{way}{name}")
    assert response.status_code == 404
    assert b"Alleen voor" not in b"".join(
        getattr(response, "streaming_content", [response.content])
    )


def test_a_private_document_asks_to_log_in(client, private_document, login, administrator):
    assert client.get(private_document.url).status_code == 302
    response = login(administrator).get(private_document.url)
    assert b"".join(response.streaming_content) == b"Alleen voor medewerkers"
    response.close()


@pytest.mark.parametrize("path", ["../manage.py", "..%2fmanage.py", "bestaat-niet.jpg", "images/"])
def test_nothing_else_of_the_server_is_served(client, home, path):
    assert client.get(f"/media/{path}").status_code in {400, 404}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.gif", b"GIF89a<script>alert(1)</script>"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("x.jpg", b"\xff\xd8\xff\xe0" + b"kapot" * 20),
        ("x.png", b""),
    ],
)
@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages:add_multiple"])
def test_a_broken_picture_is_refused(area_manager, login, north, name, content, address):
    collection = Collection.objects.get(name=north.title)
    field = "file" if address == "wagtailimages:add" else "files[]"
    response = login(area_manager).post(
        reverse(address),
        {
            "title": "Brug",
            "collection": collection.pk,
            field: SimpleUploadedFile(name, content),
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    assert not get_image_model().objects.exists()
    words = response.content.decode()
    assert "afbeelding" in words or "leeg" in words


def test_a_good_picture_is_taken(area_manager, login, north):
    response = login(area_manager).post(
        reverse("wagtailimages:add"),
        {
            "title": "Brug",
            "collection": Collection.objects.get(name=north.title).pk,
            "file": SimpleUploadedFile("brug.png", get_test_image_file().file.getvalue()),
        },
    )
    assert response.status_code == 302
    assert get_image_model().objects.get().title == "Brug"
