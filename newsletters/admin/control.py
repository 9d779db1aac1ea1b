"""The buttons on the page of a mailing: pause, go on, stop, send an unknown mail again.

All are POSTs, by who may publish the edition.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ..sending import control
from ..sending.mailing import CannotSendError
from .views import UNKNOWN_SHOWN, EditionView

NUMBER = re.compile(r"[0-9]{1,18}")


class ControlView(EditionView):
    """Carry out `act` and go back to the page of the mailing; a refusal stands on that page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.mailing is None:
            return self.to("send")
        try:
            return self.act(request)
        except CannotSendError as error:
            messages.error(request, str(error))
            return self.to("status")

    def act(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError


class PauseView(ControlView):
    def act(self, request: HttpRequest) -> HttpResponse:
        control.pause_mailing(mailing=self.mailing, user=request.user)
        messages.success(request, _("Het verzenden staat stil. U kunt het laten doorgaan."))
        return self.to("status")


class ResumeView(ControlView):
    def act(self, request: HttpRequest) -> HttpResponse:
        control.resume_mailing(mailing=self.mailing, user=request.user)
        messages.success(request, _("Het verzenden gaat door."))
        return self.to("status")


class CancelView(ControlView):
    def act(self, request: HttpRequest) -> HttpResponse:
        if control.cancel_mailing(mailing=self.mailing, user=request.user):
            messages.success(request, _("Het verzenden is geannuleerd. U kunt opnieuw verzenden."))
            return self.to("send")
        messages.success(
            request, _("Het verzenden is gestopt. Wie de mail nog niet had, krijgt hem niet.")
        )
        return self.to("status")


class AgainView(ControlView):
    """`bezorging`: the deliveries of which nobody knows whether they arrived."""

    def act(self, request: HttpRequest) -> HttpResponse:
        marked = [value for value in request.POST.getlist("bezorging") if NUMBER.fullmatch(value)]
        if not marked:
            messages.error(request, _("Kruis eerst aan welke mails opnieuw weg moeten."))
            return self.to("status")
        number = control.send_again(
            mailing=self.mailing,
            user=request.user,
            delivery_ids=[int(value) for value in marked[:UNKNOWN_SHOWN]],
        )
        if number:
            words = ngettext(
                "%(number)s mail gaat opnieuw weg.", "%(number)s mails gaan opnieuw weg.", number
            )
            messages.success(request, words % {"number": number})
        else:
            messages.error(request, _("Deze mails zijn intussen niet meer onbekend."))
        return self.to("status")
