"""Services in figures."""

from decimal import Decimal

from cms.models import HomePage
from participation.demo.building import publish
from participation.demo.clock import Clock
from participation.demo.content import figures as content
from participation.figures.models import FiguresPage, Indicator


def load_figures(*, home: HomePage, clock: Clock, user) -> FiguresPage:
    """The one page with the indicators."""
    page = FiguresPage(**content.PAGE)
    page.indicators = [
        Indicator(
            name=name,
            unit=unit,
            decimals=decimals,
            values=[
                ("value", {"year": year, "value": Decimal(value)})
                for year, value in zip(content.YEARS, values, strict=True)
            ],
            note=note,
            source=content.SOURCE,
            sort_order=position,
        )
        for position, (name, unit, decimals, values, note) in enumerate(content.INDICATORS)
    ]
    home = HomePage.objects.get(pk=home.pk)
    return publish(parent=home, page=page, user=user, at=clock.at(-120, 9))
