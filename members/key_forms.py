"""The forms that take in what a passkey answers, safe against answers that are no such thing."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from allauth.mfa.webauthn.internal import auth
from django.forms import HiddenInput, JSONField


class _Decoder(json.JSONDecoder):
    """Says of everything that it cannot read that it is no JSON: the form's field expects no other fault."""

    def decode(self, text: str, *args: Any) -> Any:
        try:
            return super().decode(text, *args)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists without end
            raise json.JSONDecodeError("cannot be read", "", 0) from None


def credential_field() -> JSONField:
    return JSONField(widget=HiddenInput, decoder=_Decoder)


def readable(credential: Any, read: Any) -> Any:
    """The credential. Raises ValidationError when it cannot be read: django-allauth expects fewer errors
    than the reading gives."""
    try:
        read(credential)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise get_adapter().validation_error("incorrect_code") from None
    return credential


class AddKeyForm(forms.AddWebAuthnForm):
    credential = credential_field()

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
    credential = credential_field()


class SecondFactorKeyForm(_Readable, forms.AuthenticateWebAuthnForm):
    credential = credential_field()


class ConfirmWithKeyForm(_Readable, forms.ReauthenticateWebAuthnForm):
    credential = credential_field()
