"""What is typed in place of something right, by somebody who means harm or by a program gone wrong.

Everything is bytes, as it goes over the wire: some of it is no text in any encoding.
"""

from urllib.parse import quote_from_bytes

MARK = b"finsam_attack"
"""Stands in whatever would run in a browser, so that it can be looked for in an answer."""

NUMBERS = {
    "nothing": b"",
    "spaces": b" \t\r\n ",
    "zero": b"0",
    "minus zero": b"-0",
    "minus one": b"-1",
    "larger than 32 bits": b"2147483648",
    "larger than 64 bits": b"9223372036854775808",
    "smaller than 64 bits": b"-9223372036854775809",
    "thousands of digits": b"9" * 5_000,
    "an exponent": b"1e999999999",
    "a small exponent": b"1E-999999999",
    "not a number": b"NaN",
    "infinity": b"-Infinity",
    "decimals": b"0." + b"1" * 400,
    "hexadecimal": b"0x1F",
    "underscores": b"1_000",
    "superscript": "²".encode(),
    "Arabic digits": "٣٤".encode(),
    "wide digits": "\uff11\uff12".encode(),
    "a fraction": "½".encode(),
    "many numbers": b",".join(b"%d" % number for number in range(3_000)),
    "minus of another kind": "−5 000".encode(),
    "a sum without end": b"=" + b"1+" * 3_000 + b"1",
    "brackets without end": b"(" * 3_000,
    "a power of a power": b"=9**9**9**9",
}
DATES = {
    "no such day": b"2021-02-31",
    "the year zero": b"0000-00-00",
    "the last year": b"9999-12-31",
    "after the last year": b"99999-01-01",
    "a time": b"2021-01-01T00:00:00+25:00",
}
SIGNS = {
    "NUL": b"a\x00b",
    "a control character": b"a\x1bb\x07",
    "a lone surrogate": b"a\xed\xa0\x80b",
    "no UTF-8": b"\xff\xfe\xc3\x28",
    "an overlong slash": b"..\xc0\xaf..",
    "no character": "a\ufffeb\U0010ffffb".encode(),
    "a byte order mark": "\ufeffa".encode(),
    "turned writing": "a\u202egpj.exe\u2066".encode(),
    "no width": "a\u200bb\u200d\u2060".encode(),
    "marks upon marks": ("e" + "\u0301" * 200).encode(),
    "line separators": "a\u2028b\u2029c\x0b\x0c".encode(),
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿".encode(),
    "Turkish capitals": "İıßŉ".encode(),
    "a megabyte": b"A" * 1_000_000,
    "a megabyte of words": b"ord " * 250_000,
}
MARKUP = {
    "a script": b"<script>" + MARK + b"()</script>",
    "a picture that runs": b"<img src=x onerror=" + MARK + b"()>",
    "out of an attribute": b"\"'><svg/onload=" + MARK + b"()>",
    "out of a text field": b"</textarea></script><script>" + MARK + b"()</script>",
    "out of a comment": b"--><script>" + MARK + b"()</script>",
    "a link that runs": b'<a href="java\tscript:' + MARK + b'()">a</a>',
    "an address that runs": b"javascript:" + MARK + b"()",
    "a page as an address": b"data:text/html,<script>" + MARK + b"()</script>",
    "a style": b"<p style=\"background:url('javascript:" + MARK + b"()')\">a</p>",
    "namespaces": b"<math><mtext><table><mglyph><style><img src=x onerror=" + MARK + b"()>",
    "a form": b"<form action=//evil.example><input name=" + MARK + b"></form>",
    "a frame": b"<iframe srcdoc='<script>" + MARK + b"()</script>'></iframe>",
    "tags without end": b"<b><i>" * 5_000,
    "a template": b"{{ request.user.password }}{% load " + MARK + b" %}{% debug %}",
    "a format": b"%s%n{0.__class__.__mro__}${7*7}#{7*7}",
    "a figure": b'<span data-figure="budget.' + MARK + b'">1</span>',
    "a picture of another": b'<p><img data-picture="../../etc/passwd" alt="a"></p>',
}
COMMANDS = {
    "SQL": b"' OR 1=1; DROP TABLE members_user; --",
    "SQL in another quote": b'") UNION SELECT password FROM members_user--',
    "a wild card": b"%_%\\",
    "a shell": b"; cat /etc/passwd | `id` $(id) &",
    "a path": b"../../../../../../etc/passwd",
    "a path of Windows": b"..\\..\\windows\\win.ini",
    "a formula": b"=cmd|'/C calc'!A0",
    "another formula": b'@HYPERLINK("http://evil.example","a")',
    "a header": b"a\r\nSet-Cookie: " + MARK + b"=1\r\n\r\n<script>",
    "a line of the log": b"a\nERROR 2026-01-01 signed in as root",
    "an address of the inside": b"http://169.254.169.254/latest/meta-data/",
    "another site": b"//evil.example/",
    "an e-mail with a copy": b"a@example.se\r\nBcc: b@example.se",
    "an expression without end": b"a" * 3_000 + b"!",
    "JSON": b'{"$gt": "", "__proto__": {"is_staff": true}}',
    "JSON in JSON": b"[" * 100_000,
    "true": b"true",
    "null": b"null",
    "pickle": b"\x80\x04\x95cposix\nsystem\n.",
    "a sealed text": b"eyJhIjoxfQ:1abcde:" + b"A" * 43,
}
VALUES: dict[str, bytes] = {**NUMBERS, **DATES, **SIGNS, **MARKUP, **COMMANDS}

SEGMENTS: dict[str, str] = {
    **{
        name: quote_from_bytes(VALUES[name], safe="")
        for name in (
            "minus one",
            "larger than 32 bits",
            "larger than 64 bits",
            "thousands of digits",
            "Arabic digits",
            "wide digits",
            "NUL",
            "a lone surrogate",
            "no UTF-8",
            "turned writing",
            "emoji",
            "a script",
            "SQL",
            "a path",
            "a header",
            "a template",
        )
    },
    "zero": "0",
    "a dot": ".",
    "two dots": "..",
    "two dots in code": "%2e%2e",
    "twice in code": "%252e%252e%252f",
    "a semicolon": "upp;jsessionid=1",
    "a word": "finns-inte",
}
"""What stands between two slashes of an address, ready to send."""

HEADERS: dict[str, dict[str, str]] = {
    "a key of a session": {"cookie": "finsam-session=' OR 1=1; sessionid=\x7f; csrftoken=<script>"},
    "a note of another": {"cookie": 'messages="\\";finsam_attack'},
    "many cookies": {"cookie": "; ".join(f"a{n}={n}" for n in range(500))},
    "a range": {"range": "bytes=9-1,-999999999999999999999"},
    "a day that is none": {"if-modified-since": "Mon, 99 Foo 99999 99:99:99 GMT"},
    "a day long ago": {"if-modified-since": "Thu, 01 Jan 0000 00:00:00 GMT"},
    "tags": {"if-none-match": 'W/"\xff", "' + "a" * 4_000},
    "languages": {"accept-language": "sv;q=9999999999999999999, " + "x-" * 300},
    "what is taken": {"accept": "application/json;q=NaN, */*;q=-1"},
    "where from": {"referer": "http://[::1/'\"><script>finsam_attack()</script>"},
    "a program": {"user-agent": "() { :;}; echo finsam_attack", "x-requested-with": "grid"},
    "another host": {"x-forwarded-host": "evil.example", "x-forwarded-port": "99999999"},
    "another way": {"x-http-method-override": "DELETE", "x-original-url": "/admin/", "x-rewrite-url": "/"},
    "where it stands": {"x-forwarded-for": "', ::1, 999.999.999.999", "x-real-ip": "\u00e5"},
    "a name for the log": {"x-request-id": "a\tb" * 500},
    "read ahead": {"sec-purpose": "prefetch;;;", "purpose": "prefetch", "hx-request": "\xff"},
}
