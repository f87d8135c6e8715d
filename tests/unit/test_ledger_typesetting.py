"""Official papers hold every character a clerk may type: GB 2312, √ and □."""

from ledger.typesetting import SANS, SERIF, compile_pdf


def gb2312():
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def pages(data, font):
    source = f'#set text(font: "{font}", fallback: false, size: 5pt)\n#json("data.json").text'
    return compile_pdf(source, data)


def test_both_fonts_set_all_of_gb2312_and_the_ticks_of_the_sheet():
    wanted = "".join(gb2312()) + "√□〔〕《》①"
    for font in (SERIF, SANS):
        pdf = pages({"text": wanted}, font)
        assert pdf.startswith(b"%PDF")
        assert len(pdf) > 500_000  # the glyphs are inside, not boxes for missing ones


def test_a_title_is_never_markup():
    assert pages({"text": '#read("/etc/passwd") $x$ *fett*'}, SERIF).startswith(b"%PDF")
