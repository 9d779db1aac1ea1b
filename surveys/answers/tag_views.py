"""The tags of a survey in the admin: how often each is used; rename, merge and delete."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..admin_views import SurveyAdminView
from ..models import AnswerTag
from .forms import NO_TAG, MergeForm, NameForm
from .services import NameTakenError, TagGoneError, delete_tag, merge_tags, rename_tag


class TagsView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/labels/`: all tags of a survey with their number of answers."""

    template_name = "surveys/admin/tags.html"
    page_title = gettext_lazy("Labels")
    header_icon = "tag"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Labels")}]

    def get_context_data(self, **kwargs):
        tags = list(AnswerTag.objects.of(self.survey).counted().order_by("-answer_count", "key"))
        most = max((tag.answer_count for tag in tags), default=0)
        return {**super().get_context_data(**kwargs), "tags": tags, "most": most}


class TagView(SurveyAdminView):
    """`/beheer/enquetes/<pk>/labels/<tag>/`: POST `action` is rename, merge or delete.

    422 with the page and all that was typed where that cannot be done.
    """

    template_name = "surveys/admin/tag.html"
    page_title = gettext_lazy("Label veranderen")
    header_icon = "tag"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        tags = AnswerTag.objects.of(self.survey).counted()
        self.tag = get_object_or_404(tags, pk=kwargs["tag_id"])
        self.name_form = NameForm(initial={"name": self.tag.name})
        self.merge_form = MergeForm(tag=self.tag)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.list_url, "label": _("Labels")},
            {"url": "", "label": self.tag.name},
        ]

    @property
    def list_url(self) -> str:
        return reverse("surveys_tags", args=[self.survey.pk])

    def post(self, request, *args, **kwargs):
        work = {"rename": self.rename, "merge": self.merge, "delete": self.delete}
        try:
            said = work.get(request.POST.get("action"), lambda: "")()
        except TagGoneError:
            messages.error(request, NO_TAG)
            return HttpResponseRedirect(self.list_url)
        if said:
            messages.success(request, said)
            return HttpResponseRedirect(self.list_url)
        return self.render_to_response(self.get_context_data(), status=422)

    def rename(self) -> str:
        form = self.name_form = NameForm(self.request.POST)
        if not form.is_valid():
            return ""
        try:
            rename_tag(tag=self.tag, name=form.cleaned_data["name"])
        except NameTakenError:
            form.add_error(
                "name",
                _("Er is al een label met deze naam. Kies een andere naam, of voeg ze samen."),
            )
            return ""
        return _("Het label heet nu ‘%(name)s’.") % {"name": form.cleaned_data["name"]}

    def merge(self) -> str:
        form = self.merge_form = MergeForm(self.request.POST, tag=self.tag)
        if not form.is_valid():
            return ""
        into = form.cleaned_data["into"]
        merge_tags(tag=self.tag, into=into)
        return _("De antwoorden met ‘%(tag)s’ hebben nu het label ‘%(into)s’.") % {
            "tag": self.tag.name,
            "into": into.name,
        }

    def delete(self) -> str:
        count = delete_tag(tag=self.tag)
        return ngettext(
            "Het label ‘%(tag)s’ is weg. Het stond bij %(n)s antwoord.",
            "Het label ‘%(tag)s’ is weg. Het stond bij %(n)s antwoorden.",
            count,
        ) % {"tag": self.tag.name, "n": count}

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "tag": self.tag,
            "list_url": self.list_url,
            "name_form": self.name_form,
            "merge_form": self.merge_form,
        }
