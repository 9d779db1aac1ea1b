"""Small tools to build pages: publishing with a date, shapes, texts and pictures."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, Page

from .documents import pdf
from .pictures.scenes import SCENES, painted

Spot = tuple[float, float]


def shape(spots: Sequence[Spot]) -> GEOSGeometry:
    """A geometry (SRID 4326) from (latitude, longitude) spots.

    One spot is a point, more are a line, and a line that ends where it begins is an outline.
    """
    points = [(longitude, latitude) for latitude, longitude in spots]
    if len(points) == 1:
        return Point(*points[0], srid=4326)
    if points[0] == points[-1]:
        return Polygon(points, srid=4326)
    return LineString(points, srid=4326)


def items(texts: Iterable[str]) -> str:
    """Texts as a list in rich text."""
    return f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>"


def paragraphs(texts: Iterable[str]) -> str:
    """Texts as paragraphs in rich text."""
    return "".join(f"<p>{text}</p>" for text in texts)


def publish(*, parent: Page, page: Page, user, at: datetime) -> Page:
    """Add a live page below `parent`, with a first version in its history, as of a moment.

    The page comes live with its first save; publishing a revision would save everything twice.
    """
    page.owner, page.last_published_at = user, at
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True, clean=False)
    log(instance=page, action="wagtail.publish", user=user, revision=revision)
    type(revision).objects.filter(pk=revision.pk).update(created_at=at)
    type(page).objects.filter(pk=page.pk).update(
        live_revision=revision,
        has_unpublished_changes=False,
        first_published_at=at,
        last_published_at=at,
        latest_revision_created_at=at,
    )
    return type(page).objects.get(pk=page.pk)


def publish_again(*, page: Page, user, at: datetime) -> None:
    """Publish a changed page as of a moment, with a version in its history."""
    revision = page.save_revision(user=user, log_action="wagtail.publish", clean=False)
    type(revision).objects.filter(pk=revision.pk).update(created_at=at)
    page.live_revision = revision
    page.last_published_at = page.latest_revision_created_at = at
    page.has_unpublished_changes = False
    page.save()


class Library:
    """Images and documents of the demo, each made once. Knows which files it wrote."""

    def __init__(self) -> None:
        self.images: dict[str, object] = {}
        self.written: list[tuple[object, str]] = []

    def image(self, key: str | None, collection: Collection | None = None):
        """The picture with this key, or None for no key."""
        if key is None:
            return None
        if key not in self.images:
            scene = SCENES[key]
            content = painted(key)
            image = get_image_model()(
                title=scene.title,
                description=scene.alt,
                file=ImageFile(BytesIO(content), name=f"{key}.jpg"),
                file_size=len(content),
                collection=collection or Collection.get_first_root_node(),
            )
            image.save()
            self.written.append((image.file.storage, image.file.name))
            self.images[key] = image
        return self.images[key]

    def document(self, *, title: str, texts: Sequence[str], collection: Collection):
        """A small accessible PDF."""
        content = pdf(title=title, texts=texts)
        document = get_document_model()(
            title=title,
            file=ContentFile(content, name=f"{slugify(title)}.pdf"),
            file_size=len(content),
            collection=collection,
        )
        document.save()
        self.written.append((document.file.storage, document.file.name))
        return document

    def warm(self, key: str, *filters: str) -> None:
        """Make the sizes that pages show, so that the first visitor does not wait for them."""
        for rendition in self.images[key].get_renditions(*filters).values():
            self.written.append((rendition.file.storage, rendition.file.name))

    def discard(self) -> None:
        """Remove every file: the database forgot about them."""
        for storage, name in self.written:
            storage.delete(name)
