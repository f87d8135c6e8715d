"""我要写信 on the portal: the form, its receipt, and how far it is (see letters/pages.py)."""

from django.views.decorators.http import require_http_methods

from home import lists
from letters.forms import StateForm
from letters.pages import asked, received, shown
from letters.receiving import code_of
from mailbox import receiving
from mailbox.forms import LetterForm

PATH, STATE_PATH = "/mailbox/", "/mailbox/state/"
TYPE = "咨询投诉"
ABOVE = {"title": "我要写信", "path": PATH}
ENOUGH = "今天从您所在的网络提交的来信已达上限，请明天再试。"
WORDS = {"number": "来信编号", "again": "再写一封信", "path": PATH, "state_path": STATE_PATH}


@require_http_methods(["GET", "HEAD", "POST"])
def letter_form(request):
    form = LetterForm(request.POST if request.method == "POST" else None, groups=lists.subsites())
    number, key = received(request, form, receiving.hand_in, ENOUGH)
    if number is None:
        face = {"form": form, "ticket": key}
        return shown(request, "public/mailbox.html", ABOVE["title"], path=PATH, column_type=TYPE, **face)
    code = code_of(key)
    face = {"number": number, "code": code, "found": receiving.state(number, code), "words": WORDS}
    return shown(
        request, "public/letter_state.html", "来信已收到", ABOVE, path=PATH, column_type=TYPE, **face
    )


@require_http_methods(["GET", "HEAD", "POST"])
def state(request):
    form = StateForm(request.POST if request.method == "POST" else None, number=WORDS["number"])
    found = asked(form, receiving.state, "来信编号与查询码不相符，请核对。")
    number = form.cleaned_data["number"] if found else ""
    face = {"form": form, "found": found, "number": number, "words": WORDS}
    return shown(
        request,
        "public/letter_state.html",
        "来信办理查询",
        ABOVE,
        path=STATE_PATH,
        column_type=TYPE,
        **face,
    )
