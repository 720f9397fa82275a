"""See killed.py."""

import sys

import django


def run() -> int:
    django.setup()
    from tests.endurance.killed import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
