"""Demo users with passwords made on the spot."""

import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from areas.models import AreaPage
from areas.services import create_writer_group
from newsletters.services import ensure_editor_group as newsletter_group
from participation.demo.content.areas import AREAS
from surveys.services import ensure_editor_group as survey_group

#: Without letters and digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


ADMINISTRATOR, SURVEYS, NEWSLETTERS = "beheerder", "enquetes", "nieuwsbrieven"
WRITER, WRITER_AREA = "schrijver-noord", "haarlemmermeer-noord"


@dataclass(frozen=True)
class LogIn:
    """How to log in once; the password is kept nowhere else."""

    username: str
    password: str
    role: str


def manager_name(values: dict) -> str:
    """Name to log in with of the manager of an area."""
    return f"gebiedsmanager-{values['short']}"


def usernames() -> list[str]:
    """All names that the demo takes."""
    return [ADMINISTRATOR, *map(manager_name, AREAS), WRITER, SURVEYS, NEWSLETTERS]


def new_password() -> str:
    """Twelve random characters in groups of four: about 59 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def load_administrator() -> tuple[object, LogIn]:
    """Who may do everything."""
    password = new_password()
    user = get_user_model().objects.create_superuser(
        username=ADMINISTRATOR,
        email=f"{ADMINISTRATOR}@example.nl",
        password=password,
        first_name="Beheerder",
        last_name="Gebiedsplein",
    )
    return user, LogIn(user.username, password, "Beheerder: mag alles")


def load_managers(*, areas: dict[str, AreaPage]) -> tuple[dict, list[LogIn]]:
    """A manager for each area, by its code; and somebody who writes for one of them."""
    users, log_ins = {}, []
    for values in AREAS:
        area = areas[values["code"]]
        user, log_in = _user(
            manager_name(values),
            area.manager_group,
            ("Gebiedsmanager", area.title.removeprefix("Haarlemmermeer-")),
            f"Gebiedsmanager van {area.title}",
        )
        users[values["code"]] = user
        log_ins.append(log_in)
    area = areas[WRITER_AREA]
    _writer, log_in = _user(
        WRITER,
        create_writer_group(area=area),
        ("Schrijver", area.title),
        f"Schrijft voor {area.title}; de gebiedsmanager publiceert",
    )
    return users, [*log_ins, log_in]


def load_editors() -> tuple[dict, list[LogIn]]:
    """Editors of surveys and of newsletters, by kind; the home page must be there."""
    surveys, survey_log_in = _user(
        SURVEYS, survey_group(), ("Redacteur", "Enquêtes"), "Maakt enquêtes in alle gebieden"
    )
    newsletters, newsletter_log_in = _user(
        NEWSLETTERS,
        newsletter_group(),
        ("Redacteur", "Nieuwsbrieven"),
        "Maakt en verzendt nieuwsbrieven in alle gebieden",
    )
    users = {"surveys": surveys, "newsletters": newsletters}
    return users, [survey_log_in, newsletter_log_in]


def _user(username: str, group: Group, name: tuple[str, str], role: str) -> tuple[object, LogIn]:
    password = new_password()
    user = get_user_model().objects.create_user(
        username=username,
        email=f"{username}@example.nl",
        password=password,
        first_name=name[0],
        last_name=name[1],
    )
    user.groups.add(group)
    return user, LogIn(username, password, role)
