"""The address of the page where anybody checks a file."""

from django.urls import path

from plans.views.verifying import check_file

verifying_urls = [path("kontrollera/", check_file, name="check_file")]
