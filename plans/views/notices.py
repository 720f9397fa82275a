"""How a user wants to be told that it is their turn, and of what has happened."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.models import User
from plans.models import NoticeChoice


class ChoiceForm(forms.ModelForm):
    class Meta:
        model = NoticeChoice
        fields = ["turn", "news"]
        widgets: dict[str, Any] = {"turn": forms.RadioSelect, "news": forms.RadioSelect}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_choice(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    choice = NoticeChoice.objects.filter(user=request.user).first() or NoticeChoice(user=request.user)
    form = ChoiceForm(request.POST or None, instance=choice)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Ditt val är sparat.")
        return redirect("notice_choice")
    return render(request, "plans/notices/choice.html", {"form": form}, status=422 if form.errors else 200)
