"""A machine without the server: the form is filled in from a file, saved as a package, and brought in (Article 12)."""

import pytest

from tests.journeys.person import Person, photograph, send

TITLE, TEXT = "旧州镇冬季防火巡查", "巡查覆盖各村。\n隐患当日整改。“引号”与—破折号。"


# What a browser of 2013 has not; whoever used it would stop here.
OLD_BROWSER = """
for (const name of ["Promise", "TextEncoder", "crypto", "fetch", "Map", "Set", "Symbol"]) delete window[name];
for (const [of, name] of [[Array, "from"], [Array.prototype, "find"], [Array.prototype, "includes"], [Object, "assign"],
    [Object, "entries"], [String.prototype, "padStart"], [String.prototype, "repeat"], [Element.prototype, "closest"],
    [Math, "cbrt"], [window, "RadioNodeList"]]) delete of[name];
"""


def filled_in(page, form, folder):
    """Chromium from file:// with the network off; returns the package and the digest it shows."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(OLD_BROWSER)
    page.context.set_offline(True)
    page.goto(form.as_uri())
    for name in ("author", "deliverer"):
        page.fill(f"#{name}", "办事员甲")
    page.fill("#title", TITLE)
    page.select_option("#column", index=1)
    page.fill("#text", TEXT)
    page.set_input_files(
        "#attachments", {"name": "名单.txt", "mimeType": "text/plain", "buffer": b"\x41" * 70_001}
    )
    page.click("button[type=submit]")
    assert "是否危及" in page.inner_text("[data-said]")  # nothing is saved before the four are answered
    for select in page.locator("select[name^=harm_]").all():
        select.select_option("否")
    with page.expect_download() as started:
        page.click("button[type=submit]")
    package = folder / started.value.suggested_filename
    started.value.save_as(package)
    with page.expect_download() as again:  # nothing changed: the same package, which is no second item
        page.click("button[type=submit]")
    assert again.value.path().read_bytes() == package.read_bytes()
    assert not [url for url in asked if not url.startswith(("file:", "blob:"))]
    return package, page.inner_text("[data-digest]").replace(" ", "")


@pytest.mark.article("12")
def test_a_package_made_without_a_network_is_brought_in(portal, new_page, tmp_path):
    desk = Person(new_page("desktop"), "dianzhengban.web1").log_in().page
    desk.goto("/admin/intake/packages/")
    address = desk.locator("[data-intake-unit] option", has_text="旧州").first.get_attribute("value")
    form = tmp_path / "offline.html"
    form.write_bytes(desk.request.get(address).body())
    package, digest = filled_in(new_page("phone"), form, tmp_path)

    desk.set_input_files("input[name=file]", package)
    send(desk, desk.locator("main form button[type=submit]").first)
    words = desk.inner_text("main")
    assert digest in words and "隐患当日整改" in words and "名单.txt" in words
    desk.select_option("select[name=author]", index=1)
    desk.set_input_files(
        "input[name=scan]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    desk.check("input[name=same_digest]")
    send(desk, desk.locator(".review-bar button").first)
    assert TITLE in desk.inner_text(".review-title") and "名单.txt" in desk.inner_text("main")

    altered = tmp_path / "altered.xxbs"
    altered.write_text(package.read_text().replace("旧州镇冬季", "旧州镇夏季"))
    desk.goto("/admin/intake/packages/")
    desk.set_input_files("input[name=file]", altered)
    send(desk, desk.locator("main form button[type=submit]").first)
    assert "摘要与内容不符" in desk.inner_text("body")
