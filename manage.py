#!/usr/bin/env python
"""Entry point for every command: `manage.py runserver`, `migrate`, `load_demo`, `check_budget` …"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")
    execute_from_command_line(sys.argv)
