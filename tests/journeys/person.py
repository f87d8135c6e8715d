"""What a demo person does in the browser: log in, open his inbox, read, sign, seal, hand in."""

import io
import re

from PIL import Image, ImageDraw

from demo.founding import PASSWORD

SHOWN = "networkidle"


def send(page, button):
    """Presses a button that sends a form: it goes once the portal has answered that it listens (desk/keep.js)."""
    follow(page, button)


def follow(page, link):
    """The page it leads to, once nothing on it moves any more: a click on what moves hits something else."""
    with page.expect_navigation(wait_until=SHOWN):
        link.click()


class Person:
    """One browser window with one log-in. Every method is something a hand does on a screen."""

    def __init__(self, page, username):
        self.page = page
        self.username = username

    def log_in(self):
        """Whoever sat here before is logged out; what the browser has of the admin's scripts stays."""
        self.page.context.clear_cookies()
        self.page.goto("/admin/login/")
        self.page.fill("input[name=username]", self.username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("form [type=submit]")
        self.page.wait_for_url(re.compile(r"/admin/(?!login)"))
        return self

    def leave(self):
        """Closes the window."""
        self.page.context.close()

    def open_from_inbox(self, title):
        self.page.goto("/admin/review/")
        follow(self.page, self.page.get_by_role("link", name=title).first)
        assert title in self.page.inner_text(".review-title")
        return self

    def submit(self, page_id):
        """The author's submission page: no to all four harms, the secrecy row as prefilled."""
        self.page.goto(f"/admin/review/submit/{page_id}/")
        for radio in self.page.locator("input[type=radio][value='否']").all():
            radio.check()
        send(self.page, self.page.locator(".review-bar button[type=submit]").first)
        return self

    def agree(self):
        """Fill what the step asks, in the way that agrees, and press the first button."""
        form = self.page.locator("#review-agree")
        for fieldset in form.locator("fieldset[data-wanted]").all():
            self._answer(fieldset)
        for text in form.locator("input[name$=text_9]").all():
            text.fill("无")
        for radio in form.locator("input[type=radio][name$=question_one][value='否']").all():
            radio.check()
        for box in form.locator("input[type=checkbox]").all():
            box.check()
        send(self.page, self.page.locator(".review-bar button[type=submit]").first)
        return self

    @staticmethod
    def _answer(fieldset):
        wanted = fieldset.get_attribute("data-wanted")
        not_concerned = fieldset.locator("input[value='不涉及']")
        if fieldset.get_attribute("data-number") == "8" and not_concerned.count():
            not_concerned.check()
        else:
            fieldset.locator(f"input[value='{wanted}']").check()

    def press(self, label, remark, **choices):
        """A button that asks first: open its dialog, say why, confirm."""
        button = self.page.locator(".review-bar [data-review-open]", has_text=label).first
        if not button.is_visible():
            self.page.click(".review-more summary")
        button.click()
        dialog = self.page.locator("dialog[open]")
        for name, value in choices.items():
            dialog.locator(f"select[name$={name}]").select_option(value)
        dialog.locator("textarea").first.fill(remark)
        send(self.page, dialog.locator("button[type=submit]"))
        return self

    def seal(self, title):
        """生成审查表, 上传盖章件, 盖章完成: as the 专管人员 does with a phone."""
        self.page.goto("/admin/secrecy/seal/")
        send(
            self.page, self.page.locator(".review-card", has_text=title).locator("button[type=submit]").first
        )
        picture = {"name": "stamped.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
        self.page.locator("form.secrecy-upload input[type=file][name$=scan]").first.set_input_files(picture)
        send(self.page, self.page.get_by_role("button", name="上传盖章件").first)
        return self.open_from_inbox(title).agree()


def photograph() -> bytes:
    """A stamped sheet as a phone sees it."""
    picture = Image.new("RGB", (1200, 1700), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((700, 1200, 1050, 1550), outline=(200, 20, 20), width=14)
    draw.rectangle((80, 120, 1120, 1100), outline="black", width=3)
    data = io.BytesIO()
    picture.save(data, "JPEG")
    return data.getvalue()
