"""An agenda item and the project it belongs to."""

from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories import pages as make
from tests.factories.participation import ProjectPageFactory


def test_project_is_linked_until_it_is_closed_or_gone(client, north):
    project = ProjectPageFactory(parent=north, title="Geheime brug")
    agenda = make.AgendaPageFactory(parent=north)
    item = make.AgendaItemPageFactory(parent=agenda, project=project)

    def linked() -> bool:
        page = BeautifulSoup(client.get(item.get_url()).content, "html.parser")
        return page.find("a", href=project.get_url()) is not None

    assert linked()
    restriction = PageViewRestriction.objects.create(
        page=project, restriction_type="password", password="geheim"
    )
    assert not linked()
    assert "Geheime brug" not in client.get(item.get_url()).content.decode()
    restriction.delete()
    project.unpublish()
    assert not linked()
