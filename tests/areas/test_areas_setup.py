"""An area comes with its managers' group, and placed things find their areas."""

from areas.councils.models import Council
from tests.factories import pages as make


def test_new_area_gets_a_group_with_rights_on_its_own_pages(north):
    group = north.manager_group
    assert set(group.page_permissions.values_list("page_id", flat=True)) == {north.pk}
    assert group.collection_permissions.exists()


def test_council_drawn_over_two_areas_lies_in_both(north, west):
    council = make.CouncilFactory(area=north, geometry=west.geometry)
    assert set(Council.objects.get(pk=council.pk).areas.all()) == {north, west}


def test_council_without_geometry_is_shown_inside_its_own_area(north):
    council = make.CouncilFactory(area=north)
    council.refresh_from_db()
    assert north.geometry.contains(council.map_geometry)
    assert list(council.areas.all()) == [north]
