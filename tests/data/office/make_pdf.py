"""Makes the PDF files beside this script: `python -m tests.data.office.make_pdf FOLDER`.

Run by hand where chromium, reportlab and fpdf2 are installed; the files are kept, since tests need none of them.
Every person, place and number in them is invented.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import typst
from PIL import Image

TEXT = "便民服务中心咨询电话：13800138001，联系人甲某。"
TITLE = "便民服务事项办理说明"


def main(folder: Path) -> None:
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
        print(name, (folder / name).stat().st_size)


def chromium() -> bytes:
    """As a browser prints a page."""
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "page.html", Path(place) / "page.pdf"
        source.write_text(f"<meta charset=utf-8><title>{TITLE}</title><p>{TEXT}</p>", encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        options = ["--no-pdf-header-footer", f"--print-to-pdf={target}"]
        subprocess.run([*command, *options, source.as_uri()], check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def typeset() -> bytes:
    """As the portal's own forms are set."""
    said = f'#set document(title: "{TITLE}", author: "某科员")\n#set text(font: "Noto Serif CJK SC")\n'
    return typst.compile(f"{said}{TEXT}".encode())


def reportlab() -> bytes:
    """With one of the fonts that every reader has, none embedded: words only by the table of characters."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=True)
    page.setAuthor("某科员")
    page.setTitle(TITLE)
    page.setFont("STSong-Light", 14)
    page.drawString(72, 720, TEXT)
    page.save()
    return out.getvalue()


def fpdf2() -> bytes:
    """A note beside the words, and a file inside."""
    import fpdf

    page = fpdf.FPDF()
    page.set_author("某科员")
    page.set_title(TITLE)
    page.add_page()
    page.set_font("Helvetica", size=14)
    page.cell(text="Tel 13800138001")
    page.text_annotation(x=20, y=20, text="draft, do not pass on")
    page.embed_file(basename="list.csv", bytes=b"a,b\n1,2\n", desc="list")
    return bytes(page.output())


def scanned() -> bytes:
    """A scan: a picture and no words."""
    out = io.BytesIO()
    Image.new("L", (620, 877), 235).save(out, "PDF", title=TITLE, author="扫描员", resolution=75)
    return out.getvalue()


FILES = {
    "31-chromium.pdf": chromium,
    "32-typst.pdf": typeset,
    "33-reportlab.pdf": reportlab,
    "34-fpdf2.pdf": fpdf2,
    "35-scanner.pdf": scanned,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
