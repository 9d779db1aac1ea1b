"""The pack of a council for the managers of its area and administrators; a 404 for all others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from areas.councils.models import Council
from areas.permissions import managed_areas

from .building import build_pack
from .forms import SinceForm
from .rendering import filename, render_html, render_pdf


class OwnCouncilView(View):
    """Something about one council of the user's own areas; as all of the admin, kept nowhere."""

    http_method_names = ["get", "head"]

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        own = Council.objects.filter(area__in=managed_areas(request.user))
        self.council = get_object_or_404(own.select_related("area"), pk=kwargs["pk"])
        self.form = SinceForm(request.GET)
        valid = self.form.is_valid()
        self.since = self.form.cleaned_data["sinds"] if valid else None


class PackView(OwnCouncilView):
    """`/beheer/raden/<pk>/overzicht/?sinds=…`: the pack as a web page."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        pack = build_pack(council=self.council, since=self.since)
        return render(
            request,
            "pack/page.html",
            {
                "pack": pack,
                "body": render_html(pack),
                "form": self.form,
                "asked": request.GET.get("sinds", "") if self.since else "",
            },
            status=200 if self.form.is_valid() else 400,
        )


class PackPdfView(OwnCouncilView):
    """`/beheer/raden/<pk>/overzicht.pdf?sinds=…`: the pack as tagged PDF, in Dutch."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.form.is_valid():
            return PackView.as_view()(request, **kwargs)
        document = render_pdf(council=self.council, since=self.since)
        response = HttpResponse(document.content, content_type="application/pdf")
        name = filename(self.council, timezone.localtime())
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return response
