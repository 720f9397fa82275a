"""Addresses of signing in and of one's own account: those of django-allauth that are used, in Swedish.

Its names are kept, since it looks its own pages up by them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path, re_path

from members import organisation, second_factor
from members.new_key import with_new_key
from members.views import signed_in

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-in/", account.login, name="sign_in"),
    path("logga-in/nyckel/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("logga-in/andra-faktor/", factors.authenticate, name="mfa_authenticate"),
    path("logga-in/glomt-losenord/", account.password_reset, name="account_reset_password"),
    path("logga-in/glomt-losenord/skickat/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^logga-in/nytt-losenord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "logga-in/nytt-losenord/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("logga-in/avstangd/", account.account_inactive, name="account_inactive"),
    path("logga-in/organisation/avbruten/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("logga-in/organisation/<slug:provider_id>/", organisation.login, name="openid_connect_login"),
    path("logga-in/organisation/<slug:provider_id>/svar/", oidc.callback, name="openid_connect_callback"),
    path("logga-ut/", organisation.logout, name="account_logout"),
    path("logga-ut/", organisation.logout, name="sign_out"),
    path("konto/", factors.index, name="mfa_index"),
    path("konto/vidare/", second_factor.onward, name="account_onward"),
    path("konto/bekrafta/losenord/", with_new_key(account.reauthenticate), name="account_reauthenticate"),
    path("konto/bekrafta/kod/", with_new_key(factors.reauthenticate), name="mfa_reauthenticate"),
    path(
        "konto/bekrafta/nyckel/",
        with_new_key(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/inloggad/", signed_in.page, name="account_signed_in"),
    path("konto/inloggad/logga-ut/", signed_in.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("konto/inloggad/<int:pk>/logga-ut/", signed_in.sign_out_there, name="account_sign_out_there"),
    path("konto/losenord/", account.password_change, name="account_change_password"),
    path("konto/losenord/valj/", account.password_set, name="account_set_password"),
    path("konto/kodapp/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/kodapp/ta-bort/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/nycklar/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("konto/nycklar/ny/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("konto/nycklar/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/nycklar/<int:pk>/ta-bort/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("konto/reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "konto/reservkoder/fil/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path(
        "konto/reservkoder/nya/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
]
