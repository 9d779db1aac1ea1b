"""A real mail server, editions that can be sent, and the users who may or may not."""

import asyncio
import email
import email.policy
import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from io import StringIO

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from newsletters import services
from newsletters.models import Mailing
from tests.factories import newsletters as make
from tests.factories import pages


@dataclass
class Sink:
    """Takes mail as a server does, keeps it, and misbehaves on request.

    `answers`: address -> SMTP answer to RCPT; `data_answer`: answer to every mail, where set;
    `stall_at`: wait after the n-th mail, or `stall_before`: before it, until `go_on` is set;
    `hang_up_at`: numbers of mails after which the line is cut without an answer;
    `slow_at`: numbers of mails that take long; `cut_within`: numbers of mails of which the line is
    cut before the end; `once`: address -> SMTP answer to the first RCPT only; `pipelining`:
    whether it offers RFC 2920; `eager`: it says 354 to DATA also where it refused the recipient;
    `enough`: so many mails it takes in one conversation; `once_at_end`: number of a mail -> answer
    after its end.
    """

    host: str = "127.0.0.1"
    port: int = 0
    received: list = field(default_factory=list)
    senders: dict = field(default_factory=dict)  # address -> sender on the envelope
    connections: int = 0
    answers: dict = field(default_factory=dict)
    sender_answer: str = ""
    data_answer: str = ""
    hang_up_at: set = field(default_factory=set)
    stall_at: int = 0
    stall_before: int = 0
    once: dict = field(default_factory=dict)
    slow_at: set = field(default_factory=set)
    cut_within: set = field(default_factory=set)
    pipelining: bool = True
    eager: bool = False
    enough: int = 0
    once_at_end: dict = field(default_factory=dict)
    waiting: bytes = b""  # commands that came before the answer to the mail that stalls
    stalled: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    seen: int = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        more = ["250-PIPELINING"] if self.pipelining else []
        return [responses[0], *more, *responses[1:]]

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.sender_answer:
            return self.sender_answer
        if self.enough and server.taken >= self.enough:
            return "421 Enough for one conversation"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.answers.get(address) or self.once.pop(address, "")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.seen += 1
        number = self.seen
        if self.data_answer:
            return self.data_answer
        if number in self.once_at_end:
            return self.once_at_end[number]
        if number in self.slow_at:
            await asyncio.sleep(0.1)
        if number == self.stall_before:
            await self.stall(server)
            return "451 never heard"
        server.taken += 1
        self.received.append((list(envelope.rcpt_tos), envelope.original_content))
        self.senders.update(dict.fromkeys(envelope.rcpt_tos, envelope.mail_from))
        if number == self.stall_at:
            await self.stall(server)
        if number in self.hang_up_at:
            server.transport.abort()
            return "250 never heard"
        return "250 taken"

    async def stall(self, server) -> None:
        self.go_on.clear()
        self.stalled.set()
        while not self.go_on.is_set():
            self.waiting = bytes(server._reader._buffer)
            await asyncio.sleep(0.02)

    def let_go(self) -> None:
        """Answer what stalls; the next to stall does so again."""
        self.stalled.clear()
        self.go_on.set()

    @property
    def messages(self) -> list[email.message.EmailMessage]:
        """What arrived, parsed."""
        return [
            email.message_from_bytes(content, policy=email.policy.default)
            for _to, content in self.received
        ]

    @property
    def counts(self) -> Counter:
        """How many mails each address got."""
        return Counter(address for to, _content in self.received for address in to)

    def wait_until(self, condition, seconds: float = 30) -> None:
        """Give the other side time; fails where it never happens."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "the mail server waited in vain"
            time.sleep(0.02)


class Hooks:
    """What aiosmtpd calls of a sink. For each connection it looks at all attributes of its handler,
    so the sink itself would parse every mail it has each time.
    """

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.handle_EHLO = sink.handle_EHLO
        self.handle_MAIL = sink.handle_MAIL
        self.handle_RCPT = sink.handle_RCPT
        self.handle_DATA = sink.handle_DATA


class CountingSMTP(SMTP):
    """aiosmtpd's server, which tells the sink of each connection and cuts lines within mails."""

    taken = 0

    async def smtp_DATA(self, arg):  # noqa: N802
        sink = self.event_handler.sink
        if sink.eager and not self.envelope.rcpt_tos:
            await self.push("354 go on")
            line = await self._reader.readline()
            await self.push("554 For nobody" if line == b".\r\n" else "250 Well, well")
            return
        if sink.seen + 1 in sink.cut_within:
            sink.seen += 1
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    def connection_made(self, transport):
        super().connection_made(transport)
        self.event_handler.sink.connections += 1


class SinkController(Controller):
    def factory(self):
        return CountingSMTP(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def sink(settings):
    """A mail server on this machine to which the application sends."""
    handler = Sink()
    controller = SinkController(Hooks(handler), hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    handler.wait_until(lambda: handler.connections)  # the controller looks whether it is there
    handler.connections = 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = handler.port
    settings.EMAIL_TIMEOUT = 5
    yield handler
    handler.go_on.set()
    controller.stop()


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Rate limits and kept PDFs of one test do not reach the next."""
    cache.clear()


@pytest.fixture
def council(north):
    """A village council in the north with two addresses."""
    council = pages.CouncilFactory(area=north, name="Dorpsraad Zwanenburg", slug="zwanenburg")
    for address in ("secretaris@example.nl", "voorzitter@example.nl"):
        pages.CouncilAddressFactory(council=council, email=address)
    return council


@pytest.fixture
def edition(north):
    """A published edition for the subscribers of the north."""
    return make.NewsletterPageFactory(parent=north, to=[north])


@pytest.fixture
def subscriber(north):
    return make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])


@pytest.fixture
def newsletter_editor(make_user, areas):
    return make_user("nieuwsbriefredacteur", groups=[services.ensure_editor_group()])


@pytest.fixture
def manager_west(make_user, west):
    """The area manager of the other area."""
    return make_user("gebiedsmanager-west", groups=[west.manager_group])


def link(pattern: str, text: str) -> str:
    """Path of the first address in a text that holds the pattern."""
    found = re.search(rf"https?://[^\s\"<>]*?(/[^\s\"<>]*{pattern}[^\s\"<>]*)", text)
    assert found, f"no address with {pattern} in: {text[:500]}"
    return found[1]


def parts(message) -> tuple[str, str]:
    """Plain text and HTML of a message."""
    plain = message.get_body(("plain",)).get_content()
    return plain, message.get_body(("html",)).get_content()


def approve(edition) -> None:
    """What a colleague does who wrote nothing: look at the page and approve what it shows."""
    colleague = get_user_model().objects.filter(username="collega").first()
    if colleague is None:
        colleague = get_user_model().objects.create_user(
            "collega", "collega@example.nl", "wachtwoord"
        )
        colleague.groups.add(services.ensure_editor_group())
    client = Client()
    client.force_login(colleague)
    path = f"/beheer/nieuwsbrieven/{edition.pk}/"
    page = client.get(f"{path}verzenden/")
    if page.status_code == 200:
        seen = page.context["progress"].fingerprint
        client.post(f"{path}goedkeuring/", {"besluit": "goedkeuren", "versie": seen})


def send_now(client, edition):
    """What two people do: a colleague approves, and the editor sends now."""
    if not Mailing.objects.filter(edition=edition).exists():
        approve(edition)
    return client.post(f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/", {"wanneer": "nu"})


def tick() -> None:
    """What the scheduler does: one run of the job that sends."""
    call_command("tick", only="newsletters-send", stdout=StringIO())


def states(edition) -> dict[str, str]:
    """State of the delivery to each address."""
    return dict(edition.mailing.deliveries.values_list("address", "state"))
