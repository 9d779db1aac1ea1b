"""Voting on a poll and its result."""

import hashlib
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from cms import ratelimit

from .forms import PollForm
from .models import Poll, PollChoice
from .services import cast_vote

DAY = 86_400


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /peiling/<pk>/`: the result up to now. `POST`: a vote.

    A vote that cannot count is answered on the same page, with the choice still in the form:
    422 without a choice, 409 where the poll is closed or this browser voted today, 429 where
    very many votes come from one network.
    """
    poll = get_object_or_404(Poll.objects.with_results(), pk=pk)
    if request.method != "POST":
        back = _own_path(request.GET.get("terug", ""))
        outcome = "voted" if request.GET.get("gestemd") else ""
        return _page(request, poll, back=back, outcome=outcome)
    form = PollForm(request.POST, poll=poll)
    back = _own_path(request.POST.get("terug", ""))
    if not poll.takes_votes:
        return _page(request, poll, back=back, outcome="closed", status=HTTPStatus.CONFLICT)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, poll, back=back, form=form, status=status)
    if not ratelimit.allow(
        f"poll-{poll.pk}",
        ratelimit.client_key(request),
        limit=settings.POLL_VOTES_PER_ADDRESS,
        period=DAY,
    ):
        status = HTTPStatus.TOO_MANY_REQUESTS
        return _page(request, poll, back=back, form=form, outcome="busy", status=status)
    browser_voted = _voted_key(request, poll)
    if browser_voted and cache.get(browser_voted):
        return _page(request, poll, back=back, outcome="again", status=HTTPStatus.CONFLICT)
    cast_vote(
        choice=PollChoice(pk=int(form.cleaned_data["keuze"]), poll=poll),
        form_token=request.POST.get("csrfmiddlewaretoken", ""),
    )
    if browser_voted:
        cache.set(browser_voted, True, DAY)
    query = {"gestemd": "ja"} | ({"terug": back} if back else {})
    return redirect(f"{reverse('poll', args=[poll.pk])}?{urlencode(query)}")


def _page(request, poll, *, back="", form=None, outcome="", status=HTTPStatus.OK) -> HttpResponse:
    response = render(
        request,
        "surveys/poll_page.html",
        {"poll": poll, "form": form, "back": back, "outcome": outcome, "rows": poll.results},
        status=status,
    )
    # Whoever votes wants to see the vote counted: this page is made anew each time.
    response["Cache-Control"] = "no-store"
    return response


def _own_path(path: str) -> str:
    """A path of this site to go back to, or an empty text."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    return path


def _voted_key(request: HttpRequest, poll: Poll) -> str:
    """Where the cache keeps for a day that this browser voted; not tied to any vote.

    The browser is known by the CSRF cookie that it holds anyway for the form.
    """
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    if not secret:
        return ""
    return f"poll-voted:{poll.pk}:{hashlib.sha256(secret.encode()).hexdigest()[:32]}"
