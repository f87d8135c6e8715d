"""Addresses that nobody links to, by the status they are answered with."""

FAR = "o99999999999999999-999999999999999999"
BAD = {
    200: [
        f"/search/?q={'long' * 2_500}",
        "/search/?q=' OR 1=1; DROP TABLE search_searchentry; --",
        "/search/?q=(a %26 !b) | c:* <-> \\",
        "/search/?q=%00",
        "/search/?q=%FF%FE",
        "/search/?q=🎉",
        "/search/?q=農村公路",
        "/search/?q=公路&page=-1",
        "/search/?q=公路&page=0",
        "/search/?q=公路&page=1000000000",
        "/search/?q=公路&unit='&column=x&kind=%00&year=y&sort=z",
        "/search/suggest?q=%00",
        *(f"{path}?at={at}" for path in ("/ywdt/", "/units/jiuzhou/", "/en/", "/policies/") for at in (-1, 0, 10**9, FAR)),
        "/ywdt/?year=2200&unit=%00&kind='",
        "/policies/?q=%25_\\&year=99999&on=2026-02-30&validity=x",
        "/policies/?year=9999&on=0001-01-01",
        "/?at=-1",
    ],
    404: [
        "/%00",
        "/%FF%FE",
        f"/{'a' * 9_000}",
        "/../../etc/passwd",
        "//evil.example/",
        "/hant/hant/",
        "/hant/%00",
        "/admin/",
        "/search",
        "/sitemap-999999999.xml",
        "/sitemap-99999999999999999999.xml",
        "/feed/%00",
        f"/rss/{'a' * 3_000}",
        f"/files/00/{'0' * 64}/x.pdf",
        "/leaving/?page=%00&link=-1",
        "/static/../config/settings/base.py",
    ],
    414: [f"/search/?q={'长' * 10_000}"],  # 90,000 bytes of address
}  # fmt: skip
