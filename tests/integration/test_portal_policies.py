"""The policy library: by number, issuer, subject, year and validity; repeals both ways; what was in force on a day."""

import re
from datetime import date

import pytest

from publication.models import PolicyEntry
from tests import committed
from tests.portal_world import get, policy, published

pytestmark = pytest.mark.xdist_group("portal")  # its world is made once, by one worker


def with_a_chain(world):
    """One ordinance, changed in 2024 and repealed in 2026 by two later ones; and one that lapsed."""
    first = policy(
        world.town,
        world.column,
        "停车场管理办法",
        document_number="西府发〔2021〕4号",
        index_number="GZ-0018",
        subject="城乡建设",
        issuer="西秀区人民政府",
        formed_on=date(2021, 4, 12),
        effective_on=date(2021, 5, 1),
    )
    changing = policy(
        world.town,
        world.column,
        "关于修改停车场管理办法的决定",
        issuer="西秀区人民政府",
        formed_on=date(2024, 3, 5),
        effective_on=date(2024, 4, 1),
        relations=[("amends", first)],
    )
    repealing = policy(
        world.town,
        world.column,
        "停车管理条例",
        issuer="西秀区人民政府",
        formed_on=date(2026, 1, 5),
        effective_on=date(2026, 2, 1),
        relations=[("repeals", first)],
    )
    lapsed = policy(
        world.town,
        world.column,
        "防火期禁火通告",
        issuer="区林业局",
        formed_on=date(2023, 1, 16),
        effective_on=date(2023, 2, 1),
        lapses_on=date(2023, 6, 1),
        validity="失效",
    )
    world.chain = {page.title: published(world.town, page) for page in (first, changing, repealing, lapsed)}
    return world


@pytest.fixture(scope="module")
def policies(portal, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("policies")
    with committed.world("policies", with_a_chain, folder, django_db_blocker, on=portal) as made:
        yield made


@pytest.fixture
def chain(policies, settings, tmp_path, django_db_blocker):
    with committed.turn(policies, settings, tmp_path, django_db_blocker) as made:
        yield made.chain


def titles(**query):
    from urllib.parse import urlencode

    body = get(f"/policies/?{urlencode(query)}").split("<main")[1]
    return set(re.findall(r'<tr><td><a href="[^"]+">([^<]+)</a>', body))


def test_the_library_finds_by_every_field(chain):
    assert titles(q="〔2021〕4号") == {"停车场管理办法"}
    assert titles(q="GZ-0018") == {"停车场管理办法"}
    assert titles(q="停车") == {"停车场管理办法", "关于修改停车场管理办法的决定", "停车管理条例"}
    assert titles(issuer="林业") == {"防火期禁火通告"}
    assert titles(subject="城乡") == {"停车场管理办法"}
    assert titles(year="2024") == {"关于修改停车场管理办法的决定"}
    assert titles(q="停車場", issuer="西秀區") == titles(q="停车场", issuer="西秀区") != set()
    assert titles(q="没有这样的文件") == set()


def test_validity_follows_what_later_documents_did(chain):
    assert titles(validity="废止") == {"停车场管理办法"}
    assert titles(validity="失效") == {"防火期禁火通告"}
    assert titles(validity="已修改") == set()
    assert titles(validity="有效") >= {"停车管理条例", "关于修改停车场管理办法的决定", "供水管理办法"}


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2021-04-30", set()),
        ("2021-05-01", {"停车场管理办法"}),
        ("2023-05-31", {"停车场管理办法", "防火期禁火通告"}),
        ("2023-06-01", {"停车场管理办法"}),
        ("2024-04-01", {"停车场管理办法", "关于修改停车场管理办法的决定"}),
        ("2026-02-01", {"停车管理条例", "关于修改停车场管理办法的决定"}),
    ],
)
def test_what_was_in_force_on_a_day(chain, day, wanted):
    assert titles(on=day) == wanted
    assert titles(on=day, validity="有效") | titles(on=day, validity="已修改") == wanted
    assert titles(on=day, validity="失效") == titles(on=day, validity="废止") == set()
    listed = get(f"/policies/?on={day}").partition("<tbody>")[2].partition("</tbody>")[0]
    assert not re.search("废止|失效", listed), "nothing in force on a day is stamped as ended"


def test_both_pages_show_the_relation_and_the_stamp_follows(chain):
    first, repealing = chain["停车场管理办法"], chain["停车管理条例"]
    html = get(first.path)
    assert '<span class="stamp stamp--ended" aria-hidden="true">废止</span>' in html
    assert f'由<a href="{repealing.path}">停车管理条例</a>废止' in html
    assert "2024-04-01" in html and "2026-02-01" in html
    assert f'废止<a href="{first.path}">停车场管理办法</a>' in get(repealing.path)
    assert f'修改<a href="{first.path}">停车场管理办法</a>' in get(chain["关于修改停车场管理办法的决定"].path)


def test_every_page_of_a_line_shows_which_document_was_in_force_when(chain):
    """Also over several steps: the decision that changed a policy leads on to what repealed it."""
    for title in ("停车场管理办法", "关于修改停车场管理办法的决定", "停车管理条例"):
        part = get(chain[title].path).split("各时期有效的文件")[1].split("</ol>")[0]
        found = [re.sub(r"<[^>]+>", "", line).strip() for line in part.splitlines() if "<li>" in line]
        assert [line.replace("（本文件）", "") for line in found] == [
            "2021-05-01 至 2026-01-31停车场管理办法",
            "2024-04-01 起关于修改停车场管理办法的决定",
            "2026-02-01 起停车管理条例",
        ]
        assert f"<strong>{title}</strong>（本文件）" in part and part.count("（本文件）") == 1
    assert "各时期有效的文件" not in get(chain["防火期禁火通告"].path)


def test_a_withdrawn_repeal_repeals_nothing(chain):
    from publication import gate

    gate.close(chain["停车管理条例"], "withdrawn")
    assert titles(validity="废止") == set()
    assert '"stamp stamp--changed" aria-hidden="true">已修改' in get(chain["停车场管理办法"].path)
    assert PolicyEntry.objects.filter(title="停车管理条例").count() == 0


def test_a_policy_page_shows_its_catalogue(chain):
    html = get(chain["停车场管理办法"].path)
    words = ("索引号", "主题分类", "发文机关", "成文日期", "标题", "发文字号", "发布日期", "有效性")
    assert all(f"<dt>{word}</dt>" in html for word in words)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 10_000},
        {"q": "' OR 1=1 --", "issuer": "%_%"},
        {"year": "20266", "validity": "最好", "on": "2026-13-45"},
        {"q": "\x00", "on": "昨天"},
        {"year": "٢٠٢٦"},
    ],
)
def test_nonsense_is_an_ordinary_question(chain, query):
    assert titles(**query) <= {*chain, "供水管理办法"}


def test_the_library_turns_pages_by_key(chain, monkeypatch):
    from home.furniture import paging

    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    seen, address = [], "/policies/"
    while address:
        body = get(address)
        seen += re.findall(r'<tr><td><a href="[^"]+">([^<]+)</a>', body)
        older = re.search(r'rel="next" href="(\?[^"]+)"', body)
        address = f"/policies/{older[1]}".replace("&amp;", "&") if older else ""
    assert sorted(seen) == sorted([*chain, "供水管理办法"])
