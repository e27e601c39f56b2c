"""Signing in and out and one's own account: only the addresses that we use, and no open sign-up."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter as get_doors
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import RedirectView

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web.changes import accounts as changes
from goldenthread.web.queries import accounts, people
from goldenthread.web.views.declared import own, who
from goldenthread.web.views.drawn import Mistake, mistakes
from goldenthread.web.views.kept import kept_words

# Where django-allauth holds the secret of a second factor until its first code was right.
_BEING_SET_UP = "mfa.totp.secret"


@own
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, password, second factor, browsers, and how to close it."""
    me, today = who(request), timezone.localdate()
    return render(
        request,
        "account/account.html",
        {
            "held": people.roles(for_=me, on=today),
            "factor": accounts.second_factor(for_=me),
            "needed": accounts.needs_second_factor(for_=me, on=today),
            "signed_in": accounts.signed_in(for_=me, here=request.session.session_key),
        },
    )


@own
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every sitting of one's own but this one."""
    if request.method == "POST":
        keep = request.session.session_key or ""
        changes.sign_out_elsewhere(by=who(request), keep=keep, at=timezone.now())
        messages.success(request, _("You are signed out everywhere else."))
    return redirect("account")


@own
def close_account(request: HttpRequest) -> HttpResponse:
    """Close one's own account, with the password typed once more."""
    me = who(request)
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        if not _is_mine(request):
            wrong = mistakes(
                Missing("", needs={"password": _("The password is not right.")}), "password"
            )
        else:
            try:
                changes.close_own_account(by=me, version=me.version, at=timezone.now())
            except NotAllowed as refusal:
                wrong = mistakes(refusal)
            else:
                logout(request)
                return render(request, "account/closed.html")
    return render(request, "account/close.html", {"mistakes": wrong}, status=422 if wrong else 200)


def _is_mine(request: HttpRequest) -> bool:
    """Whether the password is that of whoever is signed in; guesses are slowed as at the door."""
    try:
        return bool(
            get_doors(request).reauthenticate(who(request), request.POST.get("password", ""))
        )
    except ValidationError:
        return False


@own
def picture(request: HttpRequest) -> HttpResponse:
    """What a phone's camera reads when a second factor is set up: of this sitting alone."""
    secret = request.session.get(_BEING_SET_UP)
    if not secret:
        raise Missing(_("Nothing is being set up."), do=_("Begin again from your account."))
    factor = get_adapter()
    drawn = factor.build_totp_svg(factor.build_totp_url(who(request), secret))
    return HttpResponse(drawn, content_type="image/svg+xml")


urlpatterns = [
    path("", account, name="account"),
    path("elsewhere/", sign_out_elsewhere, name="sign_out_elsewhere"),
    path("close/", close_account, name="close_own_account"),
    path("kept/", kept_words, name="kept_words"),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/forgotten/", allauth.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("second-factor/set-up/", app.activate_totp, name="mfa_activate_totp"),
    path("second-factor/picture.svg", picture, name="second_factor_picture"),
    path("second-factor/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/sign-in/", factors.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", factors.reauthenticate, name="mfa_reauthenticate"),
]
