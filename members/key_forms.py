"""The forms that take in what a passkey answers, safe against answers that are no such thing."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from allauth.mfa.webauthn.internal import auth


def readable(credential: Any, read: Any) -> Any:
    """The credential. Raises ValidationError when it cannot be read: django-allauth expects fewer errors
    than the reading gives."""
    try:
        read(credential)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise get_adapter().validation_error("incorrect_code") from None
    return credential


class AddKeyForm(forms.AddWebAuthnForm):
    def clean_credential(self) -> Any:
        return readable(self.cleaned_data["credential"], auth.parse_registration_response)


class _Readable:
    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Any:
        readable(self.cleaned_data["credential"], auth.parse_authentication_response)
        if not isinstance(self.cleaned_data["credential"]["response"].get("userHandle"), str | None):
            raise get_adapter().validation_error("incorrect_code")
        return super().clean_credential()  # type: ignore[misc]


class SignInWithKeyForm(_Readable, forms.LoginWebAuthnForm):
    pass


class SecondFactorKeyForm(_Readable, forms.AuthenticateWebAuthnForm):
    pass


class ConfirmWithKeyForm(_Readable, forms.ReauthenticateWebAuthnForm):
    pass
