"""What a browser is called, from what it says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.browsers import BROWSERS, SYSTEMS, UNKNOWN, browser_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox på Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0 Safari/537.36",
            "Chrome på Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge på Windows",
        ),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/130.0 Safari/537.36 OPR/115.0", "Opera på Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541) {WEBKIT} Chrome/130.0 Safari/537.36", "Chrome på Chromebook"),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} SamsungBrowser/26.0 Chrome/122.0 Safari/537.36",
            "Samsung Internet på Android",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/130.0 Mobile Safari/537.36",
            "Chrome på Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.1 Safari/605.1.15",
            "Safari på Mac",
        ),
        (f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari på iPhone"),
        (f"{IPHONE} CriOS/130.0 Mobile/15E148 Safari/604.1", "Chrome på iPhone"),
        (f"{IPHONE} FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox på iPhone"),
        (f"{IPHONE} EdgiOS/130.0 Version/18.0 Mobile/15E148 Safari/604.1", "Edge på iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "Safari på iPad"),
        ("SomethingElse/1.0 (Windows NT 10.0)", "Okänd webbläsare på Windows"),
        ("curl/8.5.0", "Okänd webbläsare"),
        ("", "Okänd webbläsare"),
        ("<script>alert(1)</script>", "Okänd webbläsare"),
    ],
)
def test_it_has_the_name_that_people_know(user_agent, name):
    assert browser_name(user_agent) == name


@given(st.text() | st.lists(st.sampled_from([sign for sign, _ in (*BROWSERS, *SYSTEMS)])).map("".join))
def test_whatever_it_says_the_name_is_made_of_our_own_words(user_agent):
    browser, _, system = browser_name(user_agent).partition(" på ")
    assert browser in {UNKNOWN, *(name for _, name in BROWSERS)}
    assert system in {"", *(name for _, name in SYSTEMS)}
