"""Asking for approval, deciding, taking it back; the checks; and the mail as it will be."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from cms.ratelimit import allow

from ..approval import services
from ..checking.edition import check_edition
from ..checking.links import outside_links
from ..checking.outside import check_outside
from ..checking.parts import parts_of
from ..forms.approval import DecisionForm
from ..rendering.newsletter import Mail, preview_mail
from ..sending.mailing import CannotSendError
from .steps import Progress
from .views import EditionView, SendView

CHECKS, CHECKS_PERIOD = 10, 600


class RequestApprovalView(EditionView):
    """POST: ask a colleague to approve the newest draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            services.request_approval(edition=self.edition, user=request.user)
        except CannotSendError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Uw collega's kregen een mail met de vraag om hem na te kijken.")
            )
        return self.to("send")


class DecideView(SendView):
    """POST: approve or send back. What was typed stays in the form when it is refused."""

    http_method_names = ["post"]
    is_for_judges = True

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.mailing is not None and self.progress.approved is None:
            return self.to("status")
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.show(decision_form=form)
        try:
            self.decide(form)
        except CannotSendError as error:
            messages.error(request, str(error))
            return self.ask_again(form)
        return self.after()

    def ask_again(self, form: DecisionForm) -> HttpResponse:
        """The words stay; the choice is to be made again, about the edition as it is now."""
        self.setup(self.request, pk=self.edition.pk)
        self.__dict__.pop("progress", None)
        if self.mailing is not None:
            return self.to("send")
        return self.show(
            decision_form=DecisionForm(
                is_asked=self.progress.is_waiting,
                initial={
                    "versie": self.progress.fingerprint,
                    "woorden": form.cleaned_data["woorden"],
                },
            )
        )

    def decide(self, form: DecisionForm) -> None:
        words = form.cleaned_data["woorden"].strip()
        if form.approves:
            services.approve_edition(
                edition=self.edition,
                user=self.request.user,
                seen=form.cleaned_data["versie"],
                words=words,
            )
            messages.success(
                self.request,
                _("De nieuwsbrief is goedgekeurd. Tekst en lijst liggen vast tot hij weggaat."),
            )
        else:
            services.send_back(edition=self.edition, user=self.request.user, words=words)
            messages.success(self.request, _("De nieuwsbrief is teruggestuurd met uw uitleg."))

    def after(self) -> HttpResponse:
        """To the edition, or to the first page for who may see it only while it waits."""
        if self.edition.permissions_for_user(self.request.user).can_publish():
            return self.to("send")
        return redirect("wagtailadmin_home")


class TakeBackView(EditionView):
    """POST: take back a request or an approval."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            services.take_back(edition=self.edition, user=request.user)
        except CannotSendError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Ingetrokken. Er is niets verzonden."))
        return self.to("send")


class CheckView(EditionView):
    """The checks, for everybody who may edit the edition; POST asks other sites as well."""

    template_name = "newsletters/admin/check.html"
    page_title = gettext_lazy("Controle")
    header_icon = "glasses"
    is_for_judges = True

    def may_see(self) -> bool:
        return super().may_see() or self.edition.permissions_for_user(self.request.user).can_edit()

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        draft = self.edition.get_latest_revision_as_object()
        found = check_edition(draft)
        return self.render_to_response(
            self.get_context_data(
                edition=self.edition,
                errors=[finding for finding in found if finding.is_error],
                advice=[finding for finding in found if not finding.is_error],
                has_outside=bool(outside_links(parts_of(draft))),
                may_send=super().may_see(),
            )
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not allow("newsletter-links", str(request.user.pk), limit=CHECKS, period=CHECKS_PERIOD):
            messages.error(request, _("U controleerde al vaak. Probeer het straks weer."))
            return self.to("check")
        draft = self.edition.get_latest_revision_as_object()
        number = check_outside(outside_links(parts_of(draft)))
        if number:
            words = ngettext(
                "Wij keken naar %(number)s link naar een andere site.",
                "Wij keken naar %(number)s links naar andere sites.",
                number,
            )
            messages.success(request, words % {"number": number})
        else:
            messages.warning(request, _("Er zijn geen links naar andere sites om te controleren."))
        return self.to("check")


class MailView(EditionView):
    """The mail as it will be: as it was frozen, or else the newest draft. `als`: mail or tekst."""

    is_for_judges = True

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        kind = request.GET.get("als", "mail")
        if kind not in ("mail", "tekst"):
            raise Http404
        mail = self.mail()
        if kind == "tekst":
            return HttpResponse(mail.text, content_type="text/plain; charset=utf-8")
        return HttpResponse(mail.html)

    def mail(self) -> Mail:
        if self.mailing is None:
            return preview_mail(Progress(edition=self.edition, user=self.request.user).draft)
        frozen = Mail(html=self.mailing.html, text=self.mailing.text)
        return frozen.for_recipient(
            reason=_("dit een voorbeeld is voor de redactie"), leave_url="#", preferences_url="#"
        )
