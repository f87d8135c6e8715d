"""Personal data: identity numbers, telephones, bank cards (Article 15(4); GB 11643, GB/T 15694.1).

Numbers are judged by their check digits, not by their looks, so that catalogue and order numbers stay.
"""

import re
from collections.abc import Iterator
from datetime import date

from checks.findings import Context, Hit, Part

GAP = r"[ \-\u00a0]?"
ID18 = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}\d{7}[\dXx](?![0-9A-Za-z])")
ID15 = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{14}(?![0-9A-Za-z])")
#: Neither the tail of a reference number (XX-139…) nor an amount (139…元) is a telephone.
MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.])(?<![0-9A-Za-z]-)(?:\+?86{GAP})?1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}(?![0-9A-Za-z])"
    r"(?!\s*(?:元|千瓦|立方|平方|公里|公斤|吨|米|克))"
)
LANDLINE = re.compile(r"(?<![0-9A-Za-z.])[(（]?0\d{2,3}[)）]?[ \-—－]?[2-8]\d{6,7}(?![0-9A-Za-z])")
CARD = re.compile(rf"(?<![0-9A-Za-z.])[3-6]\d{{3}}(?:{GAP}\d{{4}}){{3}}(?:{GAP}\d{{1,3}})?(?![0-9A-Za-z])")

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
PROVINCES = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
             53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}  # fmt: skip
ID_WORDS = re.compile(r"身份证|证件号|公民身份|身份号")
HOME_WORDS = re.compile(r"(?:家庭|住宅|宅|本人|个人|户主|私人)(?:联系)?(?:固定)?电话")
NEARBY = 20
#: Digits typed in full width are the same numbers; the text keeps its length.
NARROW = str.maketrans("０１２３４５６７８９Ｘ－　", "0123456789X- ")


def detect(part: Part, context: Context) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    text = part.text.translate(NARROW)
    for rule, pattern, judge in DETECTORS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            code = judge(match, text, context) and rule
            if not code:
                continue
            taken.append(match.span())
            if code == "person.landline" and is_private(match, text, context):
                code = "person.home_phone"
            yield Hit(code, *match.span())


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_id18(number: str) -> bool:
    number = number.upper()
    if int(number[:2]) not in PROVINCES or not is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECK_DIGITS[total % 11] == number[17]


def is_id15(number: str) -> bool:
    return int(number[:2]) in PROVINCES and is_day("19" + number[6:12])


def is_day(text: str) -> bool:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= date.today().year


def luhn(number: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _id18(match, text, context):
    return is_id18(match.group())


def _id15(match, text, context):
    """Fifteen digits have no check digit: the day of birth must be one, and the words around must say so."""
    before = text[max(0, match.start() - NEARBY) : match.start()]
    return is_id15(match.group()) and bool(ID_WORDS.search(before))


def _card(match, text, context):
    """Eighteen digits with a day of birth in them are a mistyped identity number, whatever their last one proves."""
    number = digits_of(match.group())
    if len(number) == 18 and int(number[:2]) in PROVINCES and is_day(number[6:14]):
        return False
    return 16 <= len(number) <= 19 and len(set(number)) > 3 and luhn(number)


def _always(match, text, context):
    return True


def is_private(match, text, context) -> bool:
    """An office's telephone is public; a household's, or one in a citizen's letter, is not."""
    before = text[max(0, match.start() - NEARBY) : match.start()]
    return context.interactive or bool(HOME_WORDS.search(before))


DETECTORS = (
    ("person.id18", ID18, _id18),
    ("person.card", CARD, _card),
    ("person.id15", ID15, _id15),
    ("person.mobile", MOBILE, _always),
    ("person.landline", LANDLINE, _always),
)

# rule → digits that stay at the beginning and at the end
KEPT = {
    "person.id18": (6, 4),
    "person.id15": (6, 3),
    "person.card": (0, 4),
    "person.mobile": (3, 4),
    "person.landline": (4, 2),
    "person.home_phone": (4, 2),
}


def masked(rule: str, text: str) -> str:
    """The middle digits become asterisks; separators stay where they are."""
    first, last = KEPT[rule]
    places = [number for number, sign in enumerate(text) if sign.isdigit() or sign in "Xx"]
    hidden = set(places[first : len(places) - last])
    return "".join("*" if number in hidden else sign for number, sign in enumerate(text))
