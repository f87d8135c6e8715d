"""What the engine promises besides finding: order, masking, keyed fingerprints, exceptions, versions (Articles 13, 15(4))."""

import pytest

from checks import documents, engine, masking, seals
from checks.findings import Context, Kind, Part, tally
from checks.words import Word, WordSet
from tests.labelled_sentences import shipped_words

PHONE = "13800138001"
NONE = WordSet(())


def found(text, words=NONE, kind=Kind.TEXT, **context):
    return engine.check([Part("正文", text, kind)], words, Context(**context))


def rules(*arguments, **named):
    return [finding.rule for finding in found(*arguments, **named)]


def test_gravest_first_and_each_with_article_level_and_version():
    findings = found(f"电话{PHONE}。机密★10年。比分，，", shipped_words())
    assert [finding.level for finding in findings] == ["stop", "block", "warn"]
    assert findings[0].article == "13"
    assert findings[1].article == "15(4)"
    assert all(finding.version.endswith("词库随系统提供") for finding in findings)
    assert tally(findings) == {"stop": 1, "block": 1, "warn": 1, "explain": 0, "overridden": 0}
    assert [finding.in_the_way for finding in findings] == [True, True, False]


@pytest.mark.parametrize("kind", [Kind.TITLE, Kind.TEXT, Kind.ALT, Kind.NAME, Kind.FILE, Kind.FIELD])
def test_personal_data_and_markings_are_found_in_every_kind_of_part(kind):
    assert set(rules(f"密级：秘密 电话{PHONE}", kind=kind)) >= {"secret.marking", "person.mobile"}


@pytest.mark.article("15(4)")
def test_no_finding_repeats_personal_data_or_a_seal():
    seal = seals.encode("iSignature for word and wps<?xml?><UserName>某单位</UserName>")
    text = f"张三{PHONE}，李四13800138002，卡6222000000123454。{seal}"
    for finding in found(text):
        for secret in (PHONE, "13800138002", "6222000000123454", seal[:30], "某单位"):
            assert secret not in finding.excerpt + finding.message + finding.suggestion


def test_the_window_never_cuts_a_number_in_two():
    excerpts = " ".join(f.excerpt for f in found(f"{PHONE}　　的的　　52999919900101001X"))
    assert "1380013" not in excerpts
    assert "5299991990" not in excerpts


def test_a_fingerprint_follows_the_words_wherever_they_move_and_no_others():
    here, there = found(f"电话{PHONE}"), found(f"另起一段，请拨打电话{PHONE}")
    other = found("电话13800138002")
    assert here[0].fingerprint == there[0].fingerprint != other[0].fingerprint
    assert PHONE not in here[0].fingerprint


def test_a_table_of_telephones_is_one_message_of_twenty():
    text = "\n".join(f"138001{number:05}" for number in range(60))
    assert len(found(text)) == engine.MOST_PER_RULE


def test_citizens_letters_show_no_landline_at_all():
    assert rules("电话0851-33201005") == ["person.landline"]
    assert rules("电话0851-33201005", interactive=True) == ["person.home_phone"]


# --- masking ---


@pytest.mark.article("15(4)")
@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"电话{PHONE}。", "电话138****8001。"),
        ("电话138 0013 8001。", "电话138 **** 8001。"),
        ("电话１３８００１３８００１。", "电话１３８****８００１。"),
        ("卡6222000000123454", "卡************3454"),
        ("家庭电话：0851-33201001", "家庭电话：0851-******01"),
        ("咨询电话：0851-33201005", "咨询电话：0851-33201005"),
        ("合同编号529999199013011234", "合同编号529999199013011234"),
    ],
)
def test_masking_changes_digits_and_nothing_else(text, masked):
    assert masking.mask(text) == masked
    assert not [rule for rule in rules(masked) if rule != "person.landline" and rule.startswith("person.")]


def test_masking_html_keeps_tags_and_finds_numbers_broken_by_them():
    html = f'<p data-id="{PHONE}">电话<b>138001</b>38001，<a href="tel:12345">12345</a></p>'
    assert masking.mask_html(html) == (
        f'<p data-id="{PHONE}">电话<b>138***</b>*8001，<a href="tel:12345">12345</a></p>'
    )


# --- word lists ---


def test_exceptions_standard_forms_and_longer_words_cover_a_word():
    words = WordSet(
        [
            Word("typo", "布署", standard="部署", exceptions=("公布署名",)),
            Word("name", "西秀", standard="西秀区"),
            Word("name", "西秀县人民政府", standard="西秀区人民政府"),
            Word("name", "西秀县"),
        ]
    )
    assert rules("公布署名文章，西秀区。", words) == []
    assert rules("公布署名文章后布署。", words) == ["word.typo"]
    hit = found("西秀县人民政府通知", words)
    assert [finding.suggestion for finding in hit] == ["规范写法：西秀区人民政府"]


def test_a_word_that_needs_a_context_is_found_only_near_it():
    words = WordSet([Word("secrecy", "坐标", contexts=("军事", "禁区"))])
    assert rules("监测点坐标如下。", words) == []
    assert rules("军事设施坐标如下。", words) == ["word.secret"]


def test_an_entry_may_be_graver_or_milder_than_its_list():
    words = WordSet([Word("wording", "哇塞", level="block", note="用语不严肃")])
    (finding,) = found("哇塞，太好了。", words)
    assert (finding.level, finding.message) == ("block", "用语不严肃")


def test_lists_ship_without_a_single_person():
    assert not [
        word for word in shipped_words().words.values() if word.list == "leader" and "程示" not in word.word
    ]


# --- parts ---


def test_every_place_of_an_item_is_checked_under_its_own_name():
    typed = "的的"
    document = {
        "title": f"标题{typed}",
        "summary": f"摘要{typed}",
        "body": [
            {"type": "heading", "text": f"小{typed}"},
            {"type": "rich_text", "html": f"<p>正文{typed}</p>"},
            {"type": "image", "alt": "", "caption": f"说明{typed}", "sha256": "a"},
            {"type": "image", "alt": "IMG_2031.jpg", "caption": "", "sha256": "b"},
            {"type": "image", "alt": "群众在田间采收辣椒", "caption": "", "sha256": "c"},
            {"type": "table", "caption": "表", "head": ["项"], "rows": [[f"值{typed}"]]},
            {"type": "media", "title": f"视频{typed}", "transcript_html": f"<p>字{typed}</p>"},
        ],
        "attachments": [{"sha256": "d", "title": f"名单{PHONE}", "name": "a.pdf"}],
    }
    findings = engine.check(documents.parts(document), NONE)
    repeated = {finding.part for finding in findings if finding.rule == "text.repeat"}
    assert len(repeated) == 8
    assert [f.part for f in findings if f.rule == "alt.empty"] == ["替代文字（第3块图片）"]
    assert [f.part for f in findings if f.rule == "alt.name"] == ["替代文字（第4块图片）"]
    assert [f.part for f in findings if f.rule == "person.mobile"] == ["附件名称"]


def test_figures_need_no_source_once_the_item_names_one():
    claim = "全区生产总值312.5亿元。"
    assert rules(claim) == ["figure.source"]
    parts = [Part("正文", claim), Part("注", "数据来源：安顺市统计局")]
    assert engine.check(parts, NONE) == []


def test_what_was_checked_has_a_digest_that_any_change_changes():
    parts = [Part("标题", "甲"), Part("正文", "乙")]
    assert engine.digest_of(parts) == engine.digest_of(list(parts))
    assert engine.digest_of(parts) != engine.digest_of([parts[0], Part("正文", "丙")])
