"""What may stand in a text of a plan: the words that were written, and nothing that a page could run."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plans.text.cleaning import SCHEMES
from plans.text.sanitising import ATTRIBUTES, TAGS, sanitised


class Held(HTMLParser):
    """Every tag and attribute of a text, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_data(self, data):
        self.words += data


def assert_only_the_vocabulary(text: str) -> None:
    held = Held(text)
    assert set(held.tags) <= TAGS
    for tag, name, value in held.attributes:
        assert name in ATTRIBUTES.get(tag, ())
        if name == "href":
            assert value.partition(":")[0].lower() in SCHEMES
    assert "<!--" not in text


# -- what is taken away --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>före<script>alert(1)</script>efter</p>", "<p>föreefter</p>"),
        ("<p onclick='x()' onmouseover=y>ord</p>", "<p>ord</p>"),
        ('<a href="javascript:alert(1)">ord</a>', "<a>ord</a>"),
        ('<a href="JaVaScRiPt&#58;alert(1)">ord</a>', "<a>ord</a>"),
        ('<a href=" java\nscript:alert(1)">ord</a>', "<a>ord</a>"),
        ('<a href="data:text/html,x">ord</a>', "<a>ord</a>"),
        ('<a href="/gotland/">ord</a>', "<a>ord</a>"),
        ('<a href="//elsewhere.se">ord</a>', "<a>ord</a>"),
        ('<p style="position:fixed" class="x" id="y">ord</p>', "<p>ord</p>"),
        ("<style>p {color: red}</style><p>ord</p>", "<p>ord</p>"),
        ('<iframe src="https://x.se"></iframe><p>ord</p>', "<p>ord</p>"),
        ("<img src=x onerror=alert(1)>ord", "ord"),
        ("<svg><script>alert(1)</script><a href='javascript:x'></a></svg>ord", "ord"),
        ("<math><style><img src=x onerror=alert(1)></style></math>ord", "ord"),
        ("<noscript><p title='</noscript><img src=x onerror=y>'>", "&lt;p title=''&gt;"),
        ("<p>ord<!-- hemligt --></p>", "<p>ord</p>"),
        ('<p data-figure="what=income">ord</p>', "<p>ord</p>"),
        ('<td onclick="x">ord', "ord"),
        ("<template><p>x</p></template><p>ord</p>", "<p>ord</p>"),
        ("<form action=/><input name=a><button>ord</button></form>", "ord"),
    ],
)
def test_what_a_page_could_run_is_gone_and_the_words_are_kept(written, kept):
    assert sanitised(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "<p>ett <strong>två</strong> <em>tre</em> CO<sub>2</sub> m<sup>2</sup><br>fyra</p>",
        "<ul><li>ett<ol><li>två</li></ol></li></ul>",
        "<blockquote><p>ett</p><p>två</p></blockquote>",
        '<table><caption>T</caption><thead><tr><th colspan="2">A</th></tr></thead>'
        '<tbody><tr><td rowspan="2">b</td><td>c</td></tr></tbody></table>',
        '<p><a href="https://finsam.se/a?b=1&amp;c=2">länk</a> <a href="mailto:a@b.se">post</a></p>',
        '<p><span data-figure="what=line&amp;of=17&amp;less=-1">2 mkr</span></p>',
        '<p><a data-section="jobbsam">avsnitt 5.1</a><span data-footnote="En &quot;not&quot;"></span></p>',
    ],
)
def test_the_vocabulary_is_kept_as_it_is(text):
    assert sanitised(text) == text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("3 < 4 & 5 > 4", "3 &lt; 4 &amp; 5 &gt; 4"),
        ("<p>a &lt;b&gt; &amp;amp; c</p>", "<p>a &lt;b&gt; &amp;amp; c</p>"),
        ("Hälsa & arbete", "Hälsa &amp; arbete"),
        ("två\u00a0ord", "två&nbsp;ord"),
        ("rad\r\nrad", "rad\nrad"),
        ("ett\ttvå&#9;tre", "ett två tre"),
        ("ett\x0b\x1f&#x202e;två\u200e", "etttvå"),
    ],
)
def test_signs_that_html_uses_survive(written, kept):
    assert sanitised(written) == kept


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("<div>ett</div><div>två</div>", ["ett", "två"]),
        ("<h1>ett</h1>två<H2 class='MsoTitle'>tre</H2>", ["ett", "två", "tre"]),
        ("<section><div>ett<div>två</div>tre</div></section>", ["ett", "två", "tre"]),
        ("<dl><dt>ett</dt><dd>två</dd></dl>", ["ett", "två"]),
        ("<select><option>ett<option>två</select>", ["ett", "två"]),
        ("<table><tr><td><div>ett</div><div>två</div></td></tr></table>", ["ett", "två"]),
    ],
)
def test_blocks_of_another_kind_become_paragraphs_so_that_words_do_not_run_together(pasted, words):
    kept = sanitised(pasted)
    assert [word for word in re.split("<[^>]*>", kept) if word.strip()] == words
    assert kept.count("<p>") >= len(words) - 1


def test_the_foot_of_a_table_is_kept_as_rows():
    text = "<table><tbody><tr><td>ett</td></tr></tbody><tfoot><tr><td>summa</td></tr></tfoot></table>"
    kept = sanitised(text)
    assert kept.count("<tbody>") == 2
    assert "summa" in kept
    assert sanitised(kept) == kept


# -- anything at all -----------------------------------------------------------------------------

ILLUSTRATION = '<img data-picture="0123456789abcdef0123" alt="a &quot;b&quot; &lt;c&gt;" data-caption="d">'

BITS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in sorted(TAGS)),
        *(f"</{tag}>" for tag in sorted(TAGS)),
        *("<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<iframe>", "<div>", "</div>"),
        *("<h2>", "</h2>", "<tfoot>", "<select>", "<option>", "<textarea>", "</textarea>", "<math>", "<mi>"),
        *('<a href="javascript:x">', '<a href="https://x.se">', "<p onclick=x>", "<img src=x onerror=y>"),
        *(ILLUSTRATION, ILLUSTRATION.replace(" alt", ' src="https://x.se/" onload=y alt')),
        *('<span data-figure="what=income">', '<a data-section="x">', "<!--", "-->", "<![CDATA[", "]]>"),
        *("<", ">", "&", "&lt;", "&amp;", "&#0;", "\x00", "\r", '"', "'", "ord", " ", "\n", "2 < 3"),
    ]
)
PIECES = st.lists(st.one_of(BITS, st.text(max_size=8)), max_size=30).map("".join)


@settings(max_examples=300)
@given(PIECES)
@example("<a><select><a>")
@example("<table><tfoot><tr><td>1</td></tr></tfoot><tr><td>2</td></tr></table>")
def test_whatever_is_written_only_the_vocabulary_is_left_and_cleaning_again_changes_nothing(text):
    kept = sanitised(text)
    assert_only_the_vocabulary(kept)
    assert sanitised(kept) == kept


# Where a page reads words as something else (in a script, in a drawing), they are not kept.
WORDS = st.text("abcåäö0123456789 <&>\"'%=+–\u00a0", max_size=12)
PARTS = st.recursive(
    WORDS.map(lambda words: words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    lambda parts: st.tuples(
        st.sampled_from(["p", "strong", "em", "ul", "ol", "li", "blockquote", "div", "h3", "font", "u", "a"]),
        st.lists(parts, max_size=4),
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=12,
)


@settings(max_examples=300)
@given(PARTS)
def test_every_sign_of_every_word_is_kept_in_order(text):
    def signs(html: str) -> str:
        return re.sub(r"\s", "", Held(html).words)

    assert signs(sanitised(text)) == signs(text)


@pytest.mark.parametrize("tag", ["<ul><li>", "<blockquote>", "<strong>", "<table><tr><td>", "<ol><li>"])
def test_what_lies_deeper_than_anybody_writes_is_laid_flat_and_its_words_kept(tag):
    text = sanitised("".join(f"{tag}ord{place} " for place in range(300)))
    assert sanitised(text) == text
    words = re.sub(r"<[^>]*>", " ", text).split()
    assert [word for word in words if word.startswith("ord")] == [f"ord{place}" for place in range(300)]
    depth = deepest = 0
    for slash in re.findall(r"<(/?)(?!br)[a-z]", text):
        depth += -1 if slash else 1
        deepest = max(deepest, depth)
    assert deepest <= 24 and depth == 0
