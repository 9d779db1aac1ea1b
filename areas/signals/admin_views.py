"""The page on which a manager works on a signal, and the report of all figures."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from areas.permissions import managed_areas

from .admin_actions import ACTIONS
from .links import work_url
from .models import Signal, SignalMail
from .services.changing import ChangedMeanwhileError, NotPossibleError
from .services.handling import reopen_until
from .services.linking import current_agenda
from .steps_in_words import timeline
from .tables import own_tables
from .views import place_map

SUGGESTIONS = 12


class WorkView(WagtailAdminTemplateMixin, TemplateView):
    """`/beheer/snippets/signals/signal/edit/<pk>/`: GET shows a signal, POST does one thing.

    POST: `action` and the fields of its form, with the `version` that was looked at. Where
    somebody else changed the signal meanwhile the answer is 409: the page with what they did,
    and the form with all that was typed.
    """

    model = Signal
    #: False where a colleague moved the signal to another area while this user was typing.
    is_own = True
    page_title = gettext_lazy("Vraag of signaal")
    header_icon = "comment"

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(self.model)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        policy = self.permission_policy
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        self.rows = policy.instances_user_has_any_permission_for(request.user, ["change"])
        self.signal = get_object_or_404(self._signals(), pk=unquote(str(kwargs["pk"])))
        return super().dispatch(request, *args, **kwargs)

    def _signals(self):
        related = ("area", "council", "contact", "assignee", "agenda_item", "merged_into")
        return self.rows.select_related(*related, "action_point__meeting").defer(
            "area__geometry",
            "council__geometry",
            "council__map_geometry",
            "agenda_item__geometry",
            "agenda_item__map_geometry",
        )

    def get_template_names(self):
        # Not an attribute: the viewset would put that of a form in its place.
        return ["signals/admin/work.html"]

    def get_page_subtitle(self):
        return str(self.signal)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailsnippets_signals_signal:list"),
                "label": _("Vragen en signalen"),
            },
            {"url": "", "label": str(self.signal)},
        ]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        action = next((one for one in ACTIONS if one.key == request.POST.get("action")), None)
        if action is None:
            messages.error(request, _("Kies wat u met dit signaal wilt doen."))
            return redirect(work_url(self.signal))
        form = self._form(action, data=request.POST)
        if not form.is_valid():
            return self._again(action, form, version=request.POST.get("version", ""))
        try:
            self._require_agenda(action)
            action.run(self.signal, request.user, form.cleaned_data)
        except ChangedMeanwhileError as error:
            self.signal = self._signals().filter(pk=self.signal.pk).first() or error.signal
            self.is_own = self.rows.filter(pk=self.signal.pk).exists()
            return self._again(action, form, since=error.steps, status=409)
        except NotPossibleError as error:
            form.add_error(None, str(error))
            return self._again(action, form, version=request.POST["version"])
        messages.success(request, action.done)
        if not self.rows.filter(pk=self.signal.pk).exists():
            return redirect("wagtailsnippets_signals_signal:list")
        return redirect(work_url(self.signal))

    def _require_agenda(self, action) -> None:
        """A draft comes on the agenda only of who may write there."""
        if action.key != "agendapunt-maken":
            return
        agenda = current_agenda(self.signal.area)
        user = self.request.user
        if agenda is not None and not agenda.permissions_for_user(user).can_add_subpage():
            raise NotPossibleError(_("U mag niets op deze gebiedsagenda zetten."))

    def _form(self, action, data=None):
        return action.form(
            data, signal=self.signal, rows=self.rows.for_list(), auto_id=f"{action.key}_%s"
        )

    def _again(self, action, form, *, since=(), version=None, status=200) -> HttpResponse:
        """The page with the form as it was sent; `version` is what counts as looked at."""
        context = self.get_context_data(
            bound={action.key: form}, since=timeline(since), version=version
        )
        return self.render_to_response(context, status=status)

    def get_context_data(self, *, bound=None, since=(), version=None, **kwargs):
        signal, bound = self.signal, bound or {}
        shown = [one for one in ACTIONS if one.is_there(signal) or one.key in bound]
        actions = [
            {
                "action": one,
                "title": one.title_for(signal),
                "form": bound.get(one.key) or self._form(one),
                # What was sent stays open; else the thing that one comes for.
                "is_open": one.key in bound
                or (not bound and one.key == "beantwoorden" and signal.is_open),
            }
            for one in shown
        ]
        contact = getattr(signal, "contact", None) if self.is_own else None
        steps = signal.steps.select_related("author").order_by("at", "pk")
        url = signal.get_absolute_url() if signal.is_published else ""
        return super().get_context_data(
            signal=signal,
            actions=actions,
            since=since,
            version=signal.version if version is None else version,
            contact=contact,
            is_own=self.is_own,
            attachments=[(row, _file_url(row)) for row in signal.attachments.all()],
            updates=timeline(steps),
            doubles=list(signal.doubles.for_list()),
            unsent=list(
                SignalMail.objects.filter(step__signal=signal, sent_at__isnull=True).exclude(
                    error=""
                )
            ),
            reopen_until=reopen_until(signal),
            suggestions=self._suggestions(),
            map_config=place_map(signal, url=url),
            public_url=url,
            **kwargs,
        )

    def _suggestions(self):
        """The newest other signals of the area, to choose from when merging."""
        if not self.signal.is_open:
            return []
        rows = self.rows.for_list().filter(area=self.signal.area_id, state__in=Signal.PUBLIC_STATES)
        return list(rows.exclude(pk=self.signal.pk).order_by("-received_at")[:SUGGESTIONS])


def _file_url(attachment) -> str:
    """Where a file is handed out, or nothing where that room is not built in."""
    try:
        return reverse("signal_attachment", args=[attachment.pk])
    except NoReverseMatch:
        return ""


class FiguresView(WagtailAdminTemplateMixin, TemplateView):
    """`GET /beheer/signalen/cijfers/?jaar=`: all figures of the areas that the user manages."""

    template_name = "signals/admin/figures.html"
    page_title = gettext_lazy("Zo snel antwoorden wij")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        policy = policy_registry.get_by_type(Signal)
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        areas = list(managed_areas(self.request.user).order_by("path"))
        form, tables = own_tables(self.request.GET, today=timezone.localdate(), areas=areas)
        both = [tables.areas, tables.councils]
        return super().get_context_data(form=form, tables=tables, both=both, **kwargs)
