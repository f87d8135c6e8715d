"""The texts that `make` hands to other producers, and packages as WPS, Word, Google Docs and Pages write them."""

import base64

from tests.word_files import picture

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14 wpsCustomData"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = {
    "[Content_Types].xml": HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPES}document.main+xml"/></Types>',
    "_rels/.rels": HEAD
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}officeDocument" Target="word/document.xml"/></Relationships>',
}


def body(*paragraphs: str) -> str:
    return f"{HEAD}<w:document {W}><w:body>{''.join(paragraphs)}<w:sectPr/></w:body></w:document>"


def p(text: str, properties: str = "", run: str = "") -> str:
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def relations(**targets: tuple[str, str]) -> str:
    outside = {True: ' TargetMode="External"', False: ""}
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}{kind}" Target="{target}"'
        + outside[target.startswith("http")]
        + "/>"
        for key, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def styles(*rows: str) -> str:
    return f"{HEAD}<w:styles {W}>{''.join(rows)}</w:styles>"


def style(key: str, name: str, extra: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{extra}</w:style>'


def numbering(*levels: tuple[str, str]) -> str:
    rows = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="0">{rows}</w:abstractNum>'
    return f'{HEAD}<w:numbering {W}>{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'


# --- WPS: numeric style ids, custom properties with the build, headings numbered by themselves, words in a text box ---

BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
    "<wps:wsp><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{words}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
SONG = '<w:rFonts w:hint="eastAsia" w:ascii="方正小标宋简体" w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>'
WPS = body(
    p("关于城区停水的公告", '<w:pStyle w:val="a"/><w:jc w:val="center"/>', SONG),
    p("停水范围", '<w:pStyle w:val="1"/>'),
    p("东关街道、西街街道。", '<w:pStyle w:val="a"/><w:ind w:firstLine="640"/>'),
    p("停水时间", '<w:pStyle w:val="1"/>'),
    p("上午", '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
    p("下午", '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
    p("请提前储水。", "", '<w:color w:val="FF0000"/>'),
    BOX.format(words=p("服务热线以公示为准。")),
)
WPS_PARTS = {
    "word/_rels/document.xml.rels": relations(
        rId1=("styles", "styles.xml"), rId2=("numbering", "numbering.xml")
    ),
    "word/styles.xml": styles(
        style("a", "Normal"),
        style(
            "1", "heading 1", '<w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        ),
    ),
    "word/numbering.xml": numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）")),
    "docProps/custom.xml": HEAD
    + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
    '<property name="KSOProductBuildVer"/><property name="ICV"/></Properties>',
    "customXml/item1.xml": HEAD
    + '<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>',
}


def seal() -> str:
    """An electronic seal as it lands in a text: Base64 with its alphabet moved back by one (checks/seals.py)."""
    plain = 'iSignature for word and wps<?xml version="1.0"?><Seal><Owner>某印章</Owner><KeySN>INVENTED</KeySN></Seal>'
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    moved = str.maketrans(alphabet, alphabet[-1] + alphabet[:-1])
    return base64.b64encode(plain.encode("gbk")).decode().translate(moved)


# --- Word: tracked changes, a comment, hidden words, a footnote, links by relation and by field ---

REVISED = body(
    p("关于开展安全检查的通知", '<w:pStyle w:val="Title"/>'),
    '<w:p><w:r><w:t>检查时间为</w:t></w:r><w:del w:id="1" w:author="某科员"><w:r><w:delText>十月</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="某科员"><w:r><w:t>十一月</w:t></w:r></w:ins><w:r><w:t>。</w:t></w:r>'
    '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
    p("内部掌握的话", "", "<w:vanish/>"),
    '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>法规全文</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://www.gov.cn/jc/" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>检查指引</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:commentRangeStart w:id="3"/><w:r><w:t>。</w:t></w:r><w:commentRangeEnd w:id="3"/>'
    '<w:r><w:commentReference w:id="3"/></w:r></w:p>',
    p("附则", '<w:outlineLvl w:val="0"/>'),
    p("本通知自印发之日起施行。"),
)
REVISED_PARTS = {
    "word/_rels/document.xml.rels": relations(
        rId1=("styles", "styles.xml"), rId2=("footnotes", "footnotes.xml"), rId3=("comments", "comments.xml"),
        rId9=("hyperlink", "https://www.gov.cn/fg/")),
    "word/styles.xml": styles(style("Title", "Title"), style("Normal", "Normal")),
    "word/footnotes.xml": f'{HEAD}<w:footnotes {W}><w:footnote w:id="2">{p("以实际安排为准。")}</w:footnote></w:footnotes>',
    "word/comments.xml": f'{HEAD}<w:comments {W}><w:comment w:id="3" w:author="某科员">{p("请再核对")}</w:comment></w:comments>',
}  # fmt: skip


def strict(document: str) -> str:
    """The same under the names of Strict Open XML (ISO/IEC 29500 part 1)."""
    for name in ("wordprocessingml", "officeDocument", "drawingml"):
        document = document.replace(
            f"http://schemas.openxmlformats.org/{name}/2006/", f"http://purl.oclc.org/ooxml/{name}/"
        )
    return document


# --- Google Docs: no styles part at all, everything by direct formatting; Pages: styles of its own names ---

GOOGLE = body(
    p("社区便民服务安排", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="40"/>'),
    "<w:sdt><w:sdtContent>" + p("服务时间为每周三。") + "</w:sdtContent></w:sdt>",
    p("（一）窗口服务"),
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("窗口") + "</w:tc></w:tr>"
    "<w:tr><w:tc>" + p("一号") + "</w:tc><w:tc>" + p("社保") + "</w:tc></w:tr></w:tbl>",
    p("请按时办理。"),
)
PAGES = body(
    p("志愿服务倡议书", '<w:pStyle w:val="Title0"/>'),
    p("倡议内容", '<w:pStyle w:val="Heading"/>'),
    p("人人参与。", '<w:pStyle w:val="Body"/>'),
)
PAGES_PARTS = {
    "word/_rels/document.xml.rels": relations(rId1=("styles", "styles.xml")),
    "word/styles.xml": styles(style("Title0", "Title"), style("Heading", "Heading"), style("Body", "Body")),
}

# --- what LibreOffice, pandoc and AbiWord are given ---

HTML = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>农贸市场管理提示</title></head><body>
<h1>管理要求</h1><p>市场<b>每日</b>保洁，见<a href="https://www.gov.cn/scgl/">管理办法</a>。</p>
<ul><li>清扫<ul><li>地面</li></ul></li><li>消毒</li></ul><ol><li>登记</li><li>复查</li></ol><h2>检查表</h2>
<table border="1"><tr><th>摊区</th><th colspan="2">检查</th></tr><tr><td rowspan="2">蔬菜</td><td>上午</td><td>下午</td></tr>
<tr><td>合格</td><td>合格</td></tr></table><p>H<sub>2</sub>O。</p></body></html>"""
PNG = base64.b64encode(picture(size=(40, 30)).getvalue()).decode()
FODT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:h text:outline-level="1">河长制工作</text:h>
<text:p>巡河每周一次<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
<text:p>汛期加密。</text:p></text:note-body></text:note>，记录在案。</text:p>
<text:list><text:list-item><text:p>上游</text:p></text:list-item><text:list-item><text:p>下游</text:p></text:list-item></text:list>
<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>
<table:table-cell table:number-columns-spanned="2"><text:p>断面</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell><text:p>一号</text:p></table:table-cell><table:table-cell><text:p>达标</text:p></table:table-cell>
</table:table-row></table:table>
<text:p><draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="1.5cm"><draw:image><office:binary-data>{PNG}</office:binary-data>
</draw:image><svg:desc>巡河人员在岸边记录</svg:desc></draw:frame></text:p></office:text></office:body></office:document>"""
RTF = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 SimSun;}}\pard\qc\b\fs44 "
    + "".join(f"\\u{ord(sign)}?" for sign in "消防演练通知")
    + r"\b0\fs32\par\pard "
    + "".join(f"\\u{ord(sign)}?" for sign in "演练于周五举行。")
    + r"\par}"
)
CSV = "项目,金额\n道路养护,120.5\n路灯维护,33\n"
