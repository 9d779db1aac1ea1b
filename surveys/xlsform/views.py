"""Views of the admin: a form in, a look at what it becomes, the draft; and a survey out."""

import uuid

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.permissions import require_addable

from ..admin_views import editable_survey
from ..models import SurveyPage
from .forms import XlsFormUpload
from .report import Weight
from .services import make_draft

SALT = "surveys.xlsform"
#: How long one may look before saying yes.
KEPT_FOR = 24 * 60 * 60
#: What the page with the report may carry; a form of 300 questions stays far below.
LONGEST_KEPT = 2_000_000


@require_GET
def export_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /beheer/enquetes/<pk>/xlsform/`: the latest draft of a survey as .xlsx."""
    # pyxform takes long to load
    from .translations import Told
    from .writing import MEDIA_TYPE, images_in, workbook_of

    survey = editable_survey(request, pk).get_latest_revision_as_object()
    questions = survey.asked
    images = get_image_model().objects.filter(pk__in=list(images_in(questions)))
    content = workbook_of(
        questions,
        title=survey.title,
        form_id=f"enquete_{survey.pk}",
        version=f"{timezone.localtime():%Y%m%d%H%M}",
        image_names={image.pk: image.filename for image in images},
        told=Told.of(survey.translations, survey.languages),
    )
    return HttpResponse(
        content,
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="enquete-{survey.slug}-xlsform.xlsx"',
            "Cache-Control": "private, no-store",
        },
    )


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """`/beheer/enquetes/onder/<page>/xlsform/`: a file in, and what it would become.

    Nothing is stored: what was read travels, signed, with the page that shows it.
    """

    template_name = "surveys/admin/xlsform.html"
    page_title = gettext_lazy("Enquête maken van een XLSForm")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        page = get_object_or_404(Page, pk=kwargs["parent_id"])
        if page.specific_class not in SurveyPage.allowed_parent_page_models():
            raise Http404
        self.parent = page.specific_deferred
        require_addable(request.user, self.parent, SurveyPage)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.parent.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {
                "url": reverse("wagtailadmin_explore", args=[self.parent.pk]),
                "label": self.parent.get_admin_display_title(),
            },
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", XlsFormUpload(user=self.request.user))
        return super().get_context_data(parent=self.parent, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "kept" in request.POST:
            return self._make()
        form = XlsFormUpload(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        mapped = form.mapped
        kept = signing.dumps(
            {
                "parent": self.parent.pk,
                "user": request.user.pk,
                "title": mapped.title,
                "stream": mapped.stream,
                "translations": mapped.translations,
                "key": str(uuid.uuid4()),
            },
            salt=SALT,
            compress=True,
        )
        if len(kept) > LONGEST_KEPT:
            form.add_error(
                "file", _("Dit formulier is te groot voor één enquête. Verdeel het in delen.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=422)
        types = dict(SurveyPage.questions.field.stream_block.child_blocks)
        items = [
            (types[item["type"]].label, item["value"].get("label", "")) for item in mapped.stream
        ]
        parts = [
            (_("Dit komt niet in de enquête"), mapped.report.of(Weight.LOST)),
            (_("Dit wordt anders"), mapped.report.of(Weight.CHANGED)),
            (_("Dit moet u verbeteren voordat u publiceert"), mapped.report.of(Weight.TO_DO)),
        ]
        return self.render_to_response(
            self.get_context_data(mapped=mapped, kept=kept, items=items, parts=parts)
        )

    def _make(self) -> HttpResponse:
        request = self.request
        try:
            kept = signing.loads(request.POST["kept"], salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            kept = {}
        if kept.get("user") != request.user.pk or kept.get("parent") != self.parent.pk:
            messages.error(
                request, _("Dit is te lang geleden ingestuurd. Stuur het bestand opnieuw in.")
            )
            return redirect("surveys_xlsform_import", self.parent.pk)
        survey = make_draft(
            parent=self.parent,
            title=kept["title"],
            stream=kept["stream"],
            translations=kept.get("translations"),
            key=uuid.UUID(kept["key"]),
            user=request.user,
        )
        messages.success(
            request,
            _("De enquête ‘%(title)s’ is een concept. Vul de inleiding in en kies de dagen.")
            % {"title": survey.title},
        )
        return redirect("wagtailadmin_pages:edit", survey.pk)
