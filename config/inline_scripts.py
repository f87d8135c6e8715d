"""Wagtail's few inline scripts, allowed one by one instead of 'unsafe-inline'.

Wagtail's choosers and date fields still print `<script>new PageChooser("id", {…});</script>`
(wagtail/admin/widgets/chooser.py, templates/wagtailadmin/widgets/*_input.html), without a nonce.
Here each inline script of a page is read, and only a call of such a constructor whose arguments
are plain JSON gets its hash into that page's policy. Anything else stays blocked.
"""

import base64
import hashlib
import json
import re

from django.utils.deprecation import MiddlewareMixin

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
CALL = re.compile(r"(?:new [A-Z]\w*Chooser|init(?:Date|Time|DateTime)Chooser)\((.*)\);", re.DOTALL)

# The cropper of the image screen asks the browser for touch by setting `ontouchstart="return;"`
# (wagtail/images/static/wagtailimages/js/vendor/jquery.Jcrop.min.js): that handler, there, and no other.
CROPPER, PROBE = "jquery.Jcrop", "return;"


class InlineScriptMiddleware(MiddlewareMixin):
    """Stands below CSPMiddleware, which writes the header."""

    def process_response(self, request, response):
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        hashes = [digest(script) for script in SCRIPT.findall(response.text) if is_widget(script)]
        if CROPPER in response.text:
            hashes += ["'unsafe-hashes'", digest(PROBE)]
        if hashes:
            update = dict(getattr(response, "_csp_update", None) or {})
            update["script-src"] = [*update.get("script-src", []), *hashes]
            response._csp_update = update
        return response


def is_widget(script: str) -> bool:
    """Exactly one call of a widget's constructor, and nothing but JSON between its brackets."""
    call = CALL.fullmatch(script.strip())
    if not call:
        return False
    try:
        arguments = json.loads(f"[{call.group(1)}]")
    except ValueError:
        return False
    return [type(argument) for argument in arguments] == [str, dict]


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
