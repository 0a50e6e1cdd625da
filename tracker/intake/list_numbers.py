"""Numbers as Word and browsers write them before the items of a list: 3, c, III, 三, ج."""

from __future__ import annotations

_LARGEST = 99_999
_ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_DIGITS = {
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "hindiNumbers": "٠١٢٣٤٥٦٧٨٩",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "〇一二三四五六七八九",
}
_CHINESE = ("零一二三四五六七八九", "十百千万")
_CHINESE_FORMS = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"), _CHINESE
    ),
    "japaneseCounting": _CHINESE,
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟萬"),
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


def written(number: int, form: str) -> str:
    """Return a number in one of Word's forms; in digits where a form is not known or does not reach so far."""
    if form == "none":
        return ""
    if not 0 < number <= _LARGEST:
        return str(number)
    if form in _LETTERS:
        return _lettered(number, _LETTERS[form])
    if form in {"lowerRoman", "upperRoman"}:
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form in _CHINESE_FORMS:
        return _chinese(number, *_CHINESE_FORMS[form])
    return _in_digits(number, form)


def _in_digits(number: int, form: str) -> str:
    if form in _CIRCLED and number <= 20:
        return chr(0x245F + number)
    if form == "decimalZero":
        return f"{number:02}"
    return str(number).translate(str.maketrans("0123456789", _DIGITS.get(form, "0123456789")))


def _lettered(number: int, letters: str) -> str:
    # After z Word writes aa, bb, cc.
    times, place = divmod(number - 1, len(letters))
    return letters[place] * (times + 1) if times < 10 else str(number)


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    text = ""
    for value, sign in _ROMAN.items():
        times, number = divmod(number, value)
        text += sign * times
    return text


def _chinese(number: int, digits: str, units: str) -> str:
    """Return 十二, 二十, 一百零五: a zero stands once for all places left out inside a number."""
    text, zero = "", False
    for power in range(4, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if zero else "") + digits[digit] + (units[power - 1] if power else "")
        zero = bool(text) and not digit
    return text[1:] if 10 <= number < 20 and digits[1] == "一" else text
