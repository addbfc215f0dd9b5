"""The rules of a channel as readable sentences, and what they did to a talk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.reception import tabs
from madoguchi.routing import actions
from madoguchi.routing.forms import RuleForm
from madoguchi.routing.models import MODULE, Applied, RoutingRule
from madoguchi.routing.sentences import sentences

PAGE = 50
READ = ("conditions__attribute__options",)  # what a sentence names


def rules(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    user = user_of(request)
    channel = get_object_or_404(Channel.objects.of(user), pk=channel_pk)
    form = RuleForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_rule(user, channel, form.values(), form.conditions())
        messages.success(request, _("規則をつくりました。次の相談から使われます。"))
        return redirect("routing:rules", channel_pk)
    search = request.GET.get("q", "").strip()
    found = RoutingRule.objects.current().filter(channel=channel).prefetch_related(*READ)
    if search:
        found = found.filter(name__icontains=search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "channel": channel,
        "page": page,
        "rules": sentences(list(page)),
        "search": search,
        "is_on": MODULE in desk.reception(channel).modules,
        "tabs": tabs(user, "routing:rules", channel),
    }
    return render(request, "routing/rules.html", context)


def rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, found = user_of(request), _one(request, pk)
    form = RuleForm(user, request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        actions.change_rule(user, found, form.values(), form.conditions())
        messages.success(request, _("規則を変えました。次の相談から使われます。"))
        return redirect("routing:rules", found.channel_id)
    context = {"form": form, "rule": found, "tabs": tabs(user, "routing:rules", found.channel)}
    return render(request, "routing/rule.html", context)


@require_POST
def switch(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    user = user_of(request)
    channel = get_object_or_404(Channel.objects.of(user), pk=channel_pk)
    actions.switch(user, channel, is_on=request.POST.get("on") == "yes")
    return redirect("routing:rules", channel_pk)


@require_POST
def switch_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _one(request, pk)
    actions.switch_rule(user_of(request), found, is_on=request.POST.get("on") == "yes")
    return redirect("routing:rules", found.channel_id)


@require_POST
def archive_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _one(request, pk)
    actions.archive_rule(user_of(request), found)
    messages.success(request, _("規則を消しました。"))
    return redirect("routing:rules", found.channel_id)


@never_cache
def of_conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """Beside a talk: which rule did what to it, and why; nothing where none did."""
    user = user_of(request)
    talk = get_object_or_404(Conversation.objects.visible_to(user), pk=pk)
    done = Applied.objects.filter(conversation=talk).select_related("rule").order_by("at", "pk")
    read = done.prefetch_related(*(f"rule__{part}" for part in READ))
    may_read = [one for one in read if _may_read(user, one.rule)]
    said = sentences([one.rule for one in may_read])
    return render(request, "routing/_of_conversation.html", {"done": list(zip(may_read, said, strict=True))})


def _may_read(user: User, rule: RoutingRule) -> bool:
    """A sentence says what was answered: for who may see each of its attributes."""
    asked = [one.attribute for one in rule.conditions.all() if one.attribute]
    return user.has_role([Role.SUPERVISOR]) or all(set(one.readers) & set(user.roles) for one in asked)


def _one(request: HttpRequest, pk: int) -> RoutingRule:
    ours = RoutingRule.objects.current().select_related("channel").prefetch_related(*READ)
    return get_object_or_404(ours, pk=pk, organisation_id=user_of(request).organisation_id)
