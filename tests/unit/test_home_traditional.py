"""Traditional characters word by word: what OpenCC cuts across the border of two words, what must stay as it is."""

import json
import re
from pathlib import Path

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory

from home import traditional

DEMO = Path(__file__).parents[2] / "demo" / "data"
#: Simplified sentence → traditional; each holds characters that have several traditional forms.
SENTENCES = (
    ("在审查表上签署意见，领导签批，会签后签发", "在審查表上簽署意見，領導簽批，會簽後簽發"),
    ("年度目标签订责任书，要求签字，网页标签规范，抽签", "年度目標簽訂責任書，要求簽字，網頁標籤規範，抽籤"),
    ("全民阅读活动周回顾，活动周期间，活动周启动", "全民閱讀活動週回顧，活動週期間，活動週啟動"),
    ("按周公布，每周公布，一周天气趋势，周边活动", "按週公佈，每週公佈，一週天氣趨勢，周邊活動"),
    ("审批发布、公开发布、对外发布、统一发布", "審批發佈、公開發佈、對外發佈、統一發佈"),
    ("自发布之日起施行，更新并发布，再发布，布依族", "自發佈之日起施行，更新並發佈，再發佈，布依族"),
    ("不准用火，数字不准确，拿不准，不准备，准予，标准", "不准用火，數字不準確，拿不準，不準備，准予，標準"),
    ("抗旱干渠，供水干管，领导干部，果干，干豆角，若干", "抗旱幹渠，供水幹管，領導幹部，果乾，乾豆角，若干"),
    ("笔试和面试，林下摆放蜂箱，楼道里，岩壁", "筆試和面試，林下擺放蜂箱，樓道裡，岩壁"),
    ("社保卡制卡发卡，头发，发展，销毁", "社保卡制卡發卡，頭髮，發展，銷毀"),
    ("回复来信，巡回展演，回应关切，回归", "回覆來信，巡迴展演，回應關切，回歸"),
    ("六公里，村里，邻里，里程", "六公里，村裡，鄰里，里程"),
    ("平台，台风，出台", "平臺，颱風，出臺"),
    ("路面，面粉，面具", "路面，麵粉，面具"),
    ("皇后，以后", "皇后，以後"),
    ("征求意见，征地拆迁，特征，长征", "徵求意見，徵地拆遷，特徵，長征"),
    ("制度，印制，乳制品，编制", "制度，印製，乳製品，編制"),
    ("关系，联系电话，系统，系上安全带", "關係，聯繫電話，系統，繫上安全帶"),
    ("只有，一只鸡，船只", "只有，一隻雞，船隻"),
    ("井盖松动，松树，其余，占地，采购", "井蓋鬆動，松樹，其餘，佔地，採購"),
    ("茶叶，岳父，冲洗管网，时间冲突", "茶葉，岳父，沖洗管網，時間衝突"),
    ("宁谷镇，稻谷，河谷，谷雨", "寧谷鎮，稻穀，河谷，穀雨"),
    ("多云，云计算，奋斗，北斗", "多雲，雲計算，奮鬥，北斗"),
    ("规范，示范，恢复，答复，复制，复核", "規範，示範，恢復，答覆，複製，複核"),
    ("表格，电表，燃气表，分钟，点钟", "表格，電錶，燃氣錶，分鐘，點鐘"),
    ("注意，注明，标注，一致，细致，委托，托育", "注意，註明，標註，一致，細緻，委託，托育"),
)
#: What must be in no demo text, in whatever words it stands.
WRONG = re.compile("發布(?!依)|公布(?!依)|籤[署字訂約收發批]|週迴|麵試|襬放|活動周(?!邊)|銷燬")


@pytest.mark.parametrize(("simplified", "wanted"), SENTENCES)
def test_words_keep_their_borders(simplified, wanted):
    assert traditional.text(simplified) == wanted


def test_demo_texts_have_none_of_the_wrong_words():
    texts = [path.read_text(encoding="utf-8") for path in [*DEMO.rglob("*.md"), *DEMO.rglob("*.py")]]
    assert texts
    assert [found for text in texts for found in WRONG.findall(traditional.text(text))] == []


def test_both_lists_hold_pairs_of_one_length_and_nothing_twice():
    lines = [line for path in traditional.LISTS for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    assert all(len(pair) == 2 and len(pair[0]) == len(pair[1]) for pair in pairs)
    assert len({simplified for simplified, _traditional in pairs}) == len(pairs)


@pytest.mark.parametrize(
    "kept",
    [
        '<meta name="ColumnType" content="工作动态">',
        '<option value="废止" selected>',
        '<input type="search" name="q" value="农村公路">',
        '{"legislationIdentifier":"西府发〔2026〕1号"}',
    ],
)
def test_values_of_standards_and_of_fields_stay(kept):
    assert traditional.page(kept) == kept


def test_free_words_of_labels_are_converted_with_the_page():
    assert (
        traditional.page('<meta name="SiteName" content="西秀区">')
        == '<meta name="SiteName" content="西秀區">'
    )


def test_private_characters_in_a_text_do_no_harm():
    assert traditional.text("\ue0000\ue001发布\ue000签署") == "0\ue001發佈簽署"


# --- the switch and the suggestions ---

SWITCH = '<a class="script-switch" href="/hant/" lang="zh-Hant" hreflang="zh-Hant">繁體</a>'


def answered(address, response):
    request = RequestFactory().get(address)
    return traditional.TraditionalMiddleware(lambda _request: response)(request).content.decode()


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/search/?q=%E5%85%AC%E8%B7%AF&page=2", "/search/?q=%E5%85%AC%E8%B7%AF&amp;page=2"),
        ("/policies/?on=2026-11-20", "/policies/?on=2026-11-20"),
        ("/ywdt/?unit=water", "/ywdt/?unit=water"),
        ("/ywdt/", "/ywdt/"),
        ("/search/?q=\"><script>'", "/search/?q=%22%3E%3Cscript%3E&#x27;"),
    ],
)
def test_the_switch_keeps_address_and_query_both_ways(address, there):
    assert f'href="/hant{there}" lang="zh-Hant"' in answered(address, HttpResponse(SWITCH))
    back = answered(f"/hant{address}", HttpResponse(SWITCH))
    assert back == f'<a class="script-switch" href="{there}" lang="zh-Hans" hreflang="zh-Hans">简体</a>'


def test_the_switch_leads_to_no_other_host_and_from_a_missing_page_home():
    assert 'href="/hant/%2Fevil.example/"' in traditional.switched(SWITCH, "//evil.example/")
    assert answered("/nothing/?a=1", HttpResponse(SWITCH, status=404)) == SWITCH


def test_suggestions_are_in_the_script_of_the_page():
    said = {"suggestions": [{"title": "区人民政府办公室", "path": "/units/zhengfuban/", "place": True}]}
    found = json.loads(answered("/hant/search/suggest?q=a", JsonResponse(said)))["suggestions"]
    assert found == [{"title": "區人民政府辦公室", "path": "/hant/units/zhengfuban/", "place": True}]
    assert json.loads(answered("/search/suggest?q=a", JsonResponse(said))) == said
