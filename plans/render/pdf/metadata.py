"""What the file says of itself: its title, dates and standards (XMP), and how its colours are meant."""

from collections.abc import Iterable
from datetime import UTC
from functools import cache
from hashlib import sha256
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab import __version__
from reportlab.lib.utils import asBytes
from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from plans.document import Document

CREATOR = "Finsam"
PRODUCER = f"ReportLab {__version__}"
PROFILE_DATE = bytes.fromhex("07d00001000100000000 0000")
"""2000-01-01, where an ICC profile says when it was made."""

XMP_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{made_at}</xmp:CreateDate>
<xmp:ModifyDate>{made_at}</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def describe(pdf: Any, document: Document) -> None:
    """Writes into ReportLab's document, when its pages are done, what it is. `made_at` is the only clock."""
    when = document.made_at.astimezone(UTC)
    page = document.title_page
    pdf.info.title, pdf.info.author, pdf.info.subject = document.title, page.federation, page.subtitle
    pdf.info.creator, pdf.info.producer = CREATOR, PRODUCER
    stamp = pdf._timeStamp
    stamp.t, stamp.lt, stamp.YMDhms = when.timestamp(), when.timetuple(), when.timetuple()[:6]
    catalog = pdf.Catalog
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([_output_intent(pdf)])
    packet = XMP_PACKET.format(
        title=escape(document.title),
        subject=escape(page.subtitle),
        author=escape(page.federation),
        language=escape(document.language),
        producer=PRODUCER,
        creator=CREATOR,
        made_at=when.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
    ).encode()
    catalog.Metadata = XMP(creator=lambda _: packet)
    identity = _identity(packet, pdf.Pages.pages)
    pdf._ID = f"[<{identity}><{identity}>]".encode()


def _identity(packet: bytes, pages: Iterable[Any]) -> str:
    """Of what the file says and shows, and not of how this Finsam holds it: when the blocks have gained a
    field, a version is still rendered again to the same bytes."""
    digest = sha256(packet)
    for page in pages:
        digest.update(asBytes(page.stream))
    return digest.hexdigest()[:32]


@cache
def srgb_profile() -> bytes:
    """The sRGB profile of LittleCMS, with a date that never changes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + PROFILE_DATE + profile[24 + len(PROFILE_DATE) :]


def _output_intent(pdf: Any) -> Any:
    profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile())
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": pdf.Reference(profile),
        }
    )
