"""The staff of one's organisation: who, as what, and what waits for a supervisor's word."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts import actions, proving
from madoguchi.accounts.forms import NOT_PLAIN, RolesForm, StaffForm
from madoguchi.accounts.models import StaffApproval, User, role_names
from madoguchi.accounts.request import user_of
from madoguchi.accounts.views.attempts import answer, busy

PAGE = 50


def staff(request: HttpRequest) -> HttpResponse:
    mine = user_of(request).organisation
    found = User.objects.filter(organisation=mine).order_by("deactivated_at", "name", "pk")
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    waiting = StaffApproval.objects.waiting().filter(organisation=mine, member__in=[one.pk for one in page])
    asked = {one.member_id: one for one in waiting}
    rows = [(member, asked.get(member.pk)) for member in page]
    return render(request, "accounts/staff.html", {"page": page, "rows": rows, "search": search})


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            added, first_password = actions.add_user(
                user, user.organisation, values["email"], values["name"], values["roles"]
            )
        except actions.AddressTaken:
            form.add_error("email", _("このメールアドレスは使えません。別のアドレスにしてください。"))
        except actions.AddressNotPlain:
            form.add_error("email", NOT_PLAIN)
        except proving.TooBusy:
            form.add_error(None, busy())
        else:
            return render(request, "accounts/added.html", _handed_over(added, first_password))
    return answer(request, "accounts/member.html", {"form": form, "member": None})


def _handed_over(added: User, first_password: str) -> dict[str, Any]:
    """The password of whoever may open nothing yet is not shown: with the approval goes another."""
    waiting = role_names(added.waiting_roles)
    return {"added": added, "password": first_password if added.roles else "", "waiting": waiting}


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    member = get_object_or_404(User, pk=pk, organisation=user.organisation)
    initial: dict[str, Any] = {"roles": member.roles + member.waiting_roles, "is_active": member.is_active}
    form = RolesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _change(user, member, form):
        waiting = role_names(member.waiting_roles)
        words = _("%(name)sさんの設定を変えました。")
        if waiting:
            words = _("%(name)sさんの設定を変えました。%(roles)sは、スーパーバイザーが承認すると使えます。")
        messages.success(request, words % {"name": member.name, "roles": "・".join(waiting)})
        return redirect("accounts:staff")
    context = {"form": form, "member": member, "asked": StaffApproval.objects.waiting().filter(member=member)}
    return render(request, "accounts/member.html", context)


def _change(user: User, member: User, form: RolesForm) -> bool:
    try:
        actions.set_roles(user, member, form.cleaned_data["roles"], form.cleaned_data["is_active"])
    except actions.OwnRoles:
        form.add_error(None, _("自分の役割と利用は変えられません。ほかの管理者に頼んでください。"))
    except actions.LastAdministrator:
        form.add_error("roles", _("最後の管理者です。先に別の人を管理者にしてください。"))
    except actions.LastSupervisor:
        form.add_error("roles", _("最後のスーパーバイザーです。先に別の人をスーパーバイザーにしてください。"))
    else:
        return True
    return False


@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person begin anew who has lost the telephone or forgotten the password."""
    user = user_of(request)
    member = get_object_or_404(User.objects.exclude(pk=user.pk), pk=pk, organisation=user.organisation)
    if request.method != "POST":
        return render(request, "accounts/reset.html", {"member": member})
    try:
        password = actions.reset(user, member)
    except proving.TooBusy:
        messages.warning(request, busy().messages[0])
        return redirect("accounts:reset", pk)
    if password:
        return render(request, "accounts/handed_over.html", {"member": member, "password": password})
    messages.info(
        request, _("スーパーバイザーに承認を頼みました。新しいパスワードは、承認した人が本人に渡します。")
    )
    return redirect("accounts:edit", pk)


def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for a supervisor's word, then what was decided."""
    found = StaffApproval.objects.filter(organisation=user_of(request).organisation).select_related(
        "member", "asked_by", "decided_by"
    )
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(Q(member__name__icontains=search) | Q(member__email__icontains=search))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/approvals.html", {"page": page, "search": search})


@never_cache
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        asked, password = actions.approve(user_of(request), pk)
    except StaffApproval.DoesNotExist:
        raise Http404 from None
    except proving.TooBusy:
        return _not_decided(request, busy().messages[0])
    except (actions.Decided, actions.OwnAccount) as refusal:
        return _not_decided(request, _why(refusal))
    if password:
        return render(request, "accounts/handed_over.html", {"member": asked.member, "password": password})
    messages.success(request, _("%(name)sさんについて承認しました。") % {"name": asked.member.name})
    return redirect("accounts:approvals")


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        asked = actions.refuse(user_of(request), pk)
    except StaffApproval.DoesNotExist:
        raise Http404 from None
    except (actions.Decided, actions.OwnAccount) as refusal:
        return _not_decided(request, _why(refusal))
    messages.success(request, _("%(name)sさんについて断りました。") % {"name": asked.member.name})
    return redirect("accounts:approvals")


def _why(refusal: Exception) -> str:
    if isinstance(refusal, actions.OwnAccount):
        return _("自分のことは決められません。ほかのスーパーバイザーに頼んでください。")
    return _("ほかの人が先に決めたか、取り下げられました。")


def _not_decided(request: HttpRequest, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect("accounts:approvals")
