"""依申请公开 on the portal: the form, its receipt, and how far it is. Works without JavaScript, without a cookie.

There is nobody to be logged in, so a foreign page that sends this form for a reader gains nothing by it; each form has
a signed ticket of its own all the same, which also makes a second click harmless.
"""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from home import lists
from home.frame import page_context
from letters import receiving
from letters.forms import RequestForm, StateForm

PATH, STATE_PATH = "/disclosure/", "/disclosure/state/"
ABOVE = {"title": "依申请公开", "path": PATH}
WAIT = "页面已打开较长时间，请核对后再提交一次；您填写的内容都在。"
ENOUGH = "今天从您所在的网络提交的申请已达上限，请明天再试，或者当面、邮寄提交。"
WORDS = {"number": "申请编号", "again": "提交新的申请", "path": PATH, "state_path": STATE_PATH}


def shown(request, template, title, *crumbs, path, column_type="依申请公开", **context):
    """Never kept by anyone in between: the page is made for one reader."""
    face = page_context(title, *crumbs, path=path, column_type=column_type, **context)
    response = render(request, template, face)
    response["Cache-Control"] = "no-store"
    return response


def received(request, form, hand_in, enough):
    """(number, key) of what was handed in; else (None, the ticket of the form as it is shown again)."""
    ticket = request.POST.get("ticket", "")
    if not (form.is_bound and form.is_valid()):
        return None, ticket if receiving.key_of(ticket) else receiving.new_ticket()
    # A field that no person sees: what fills it in is a program, which learns nothing from the answer.
    key = receiving.key_of(ticket) if not request.POST.get("website") else None
    if key is None:
        form.add_error(None, WAIT)
        return None, receiving.new_ticket()
    if number := hand_in(key, form.cleaned_data, receiving.sender_of(request)):
        return number, key
    form.add_error(None, enough)
    return None, ticket


def asked(form, state, wrong):
    """What may be told to whoever asks with number and code; the form says what is wrong."""
    if not (form.is_bound and form.is_valid()):
        return None
    found = state(form.cleaned_data["number"], form.cleaned_data["code"])
    if found is None:
        form.add_error(None, wrong)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def request_form(request):
    form = RequestForm(request.POST if request.method == "POST" else None, groups=lists.subsites())
    number, key = received(request, form, receiving.hand_in, ENOUGH)
    if number is None:
        return shown(request, "public/disclosure.html", ABOVE["title"], path=PATH, form=form, ticket=key)
    code = receiving.code_of(key)
    receipt = {"number": number, "code": code, "found": receiving.state(number, code)}
    return shown(request, "public/letter_state.html", "申请已收到", ABOVE, path=PATH, words=WORDS, **receipt)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request):
    """By POST, so that neither number nor code stands in an address, a log or a history."""
    form = StateForm(request.POST if request.method == "POST" else None)
    found = asked(form, receiving.state, "申请编号与查询码不相符，请核对。")
    return shown(
        request,
        "public/letter_state.html",
        "申请进度查询",
        ABOVE,
        path=STATE_PATH,
        words=WORDS,
        form=form,
        found=found,
        number=form.cleaned_data["number"] if found else "",
    )
