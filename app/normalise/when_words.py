"""The words of dates, as data: month and weekday names, labels, and the folding under which they are compared.

Month names come from CLDR (wide and abbreviated forms) and from feeds in the wild; Mongolian months are numbered, so
they are read by rule in `when_lex`, not from here.
"""

import re
import unicodedata

_CYRILLIC_FOR_LATIN = str.maketrans("асеорхукмтнвіјѕ", "aceopxykmthbijs")
_LATIN_FOR_CYRILLIC = str.maketrans("aceopxykmthbiuv", "асеорхукмтнвіуу")
"""Latin letters that are typed for Cyrillic ones of the same look (or, for `v` and `u`, for Ү)."""

_BEFORE = str.maketrans({
    "є": "о", "Є": "о", "ѳ": "о", "Ѳ": "о", "ї": "у", "Ї": "у",  # typed for Ө and Ү on old keyboards
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\u200b": None, "\u200e": None, "\u200f": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
})  # fmt: skip
_AFTER = str.maketrans("өүё", "оуе")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[a-z]")


def plain(text: str) -> str:
    """`text` without accents, with Ө as О and Ү as У; the case stays. Full-width forms become ordinary ones."""
    apart = unicodedata.normalize("NFKD", text.translate(_BEFORE))
    bare = "".join([c for c in apart if unicodedata.category(c) != "Mn"])
    return unicodedata.normalize("NFC", bare).translate(_AFTER)


def _one_script(word: re.Match[str]) -> str:
    text = word.group()
    if text.isascii() or _CYRILLIC.search(text) is None:
        return text
    cyrillic, latin = text.translate(_LATIN_FOR_CYRILLIC), text.translate(_CYRILLIC_FOR_LATIN)
    return latin if latin.isascii() and _LATIN.search(cyrillic) else cyrillic


def fold(text: str) -> str:
    """The form in which date texts are compared: `plain`, lower case, one blank between words, each in one script:
    Latin look-alikes inside a Cyrillic word (`capын`) made Cyrillic, Cyrillic ones inside a Latin word (`Jаn`) Latin.
    ASCII text only changes its case and its blanks."""
    if not text.isascii():
        text = plain(plain(text).casefold())
        text = _WORD.sub(_one_script, text)
    else:
        text = text.lower()
    return " ".join(text.split())


_MONTH_NAMES = """
january jan janvier janv januar januari enero ene gennaio gen janeiro января январь янв ιανουαριου ιαν
february feb fevrier fevr fev februar februari febrero febbraio fevereiro февраля февраль фев февр φεβρουαριου φεβ
march mar mars marz mrz maart mrt marzo marco марта март мар μαρτιου μαρ marcius
april apr avril avr abril abr aprile апреля апрель апр απριλιου απρ aprilis
may mai mei mayo maggio mag maio мая май μαιου μαι majus
june jun juin juni junio giugno giu junho июня июнь июн ιουνιου ιουν junius
july jul juillet juil juli julio luglio lug julho июля июль июл ιουλιου ιουλ julius
august aug aout augustus agosto ago августа август авг αυγουστου αυγ augusztus
september sep sept septembre septiembre settembre set setembro сентября сентябрь сен сент σεπτεμβριου σεπ szeptember
october oct octobre oktober okt octubre ottobre ott outubro октября октябрь окт οκτωβριου οκτ oktober
november nov novembre noviembre novembro ноября ноябрь ноя нояб νοεμβριου νοε november
december dec decembre dezember dez diciembre dicembre dic dezembro декабря декабрь дек δεκεμβριου δεκ december
"""

_MORE_MONTH_NAMES = """
қаңтар ocak stycznia січня
ақпан şubat lutego лютого
наурыз mart marca березня
сәуір nisan kwietnia квітня
мамыр mayıs maja травня
маусым haziran czerwca червня
шілде temmuz lipca липня
тамыз ağustos sierpnia серпня
қыркүйек eylül września вересня
қазан ekim października жовтня
қараша kasım listopada листопада
желтоқсан aralık grudnia грудня
"""

MONTHS: dict[str, int] = {
    fold(name): number
    for table in (_MONTH_NAMES, _MORE_MONTH_NAMES)
    for number, names in enumerate(table.strip().splitlines(), start=1)
    for name in names.split()
}
"""Folded month name -> 1..12, in English, nine other languages of Europe, Kazakh, Turkish, Polish and Ukrainian."""

MONTH_WORD = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WEEKDAY_NAMES = """
monday mon montag mo lundi lun lunes lunedi понедельник пн даваа δευ
tuesday tue tues dienstag di mardi martes martedi вторник вт мягмар τρι
wednesday wed mittwoch mi mercredi mer miercoles mie mercoledi среда ср лхагва τετ
thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedi четверг чт пурэв πεμ
friday fri freitag fr vendredi ven viernes vie venerdi пятница пт баасан παρ
saturday sat samstag sa samedi sam sabado sab sabato суббота сб бямба σαβ
sunday sun sonntag so dimanche dim domingo dom domenica воскресенье вс ням κυρ
"""

WEEKDAYS: dict[str, int] = {
    fold(name): number for number, names in enumerate(_WEEKDAY_NAMES.strip().splitlines()) for name in names.split()
}
"""Folded weekday name -> 0 (Monday) .. 6, as `date.weekday`. French `mar` (mardi) is in MONTHS; see `when_lex`."""

TUESDAY_OR_MARCH = "mar"

NOISE = frozenset(
    fold("t at on the of de del le el um uhr г год года в жылғы жыл ж цаг цагт гараг гарагт гаригт гариг").split()
)
"""Words that carry no part of a date and may stand inside one."""

_LABELS = (
    "нийтэлсэн огноо", "нийтлэгдсэн огноо", "оруулсан огноо", "шинэчилсэн огноо", "нийтэлсэн", "нийтлэгдсэн", "нийтлэв",
    "шинэчилсэн", "шинэчлэгдсэн", "оруулсан", "огноо", "published on", "published at", "published date", "published",
    "publish date", "publication date", "date published", "posted on", "posted", "date posted", "last updated",
    "updated on", "updated", "last modified", "modified", "created", "нийтэлсэн өдөр", "нийтлэгдсэн өдөр", "шинэчлэв",
    "pubdate", "date", "опубликовано", "дата публикации", "обновлено", "дата",
)  # fmt: skip
_LABEL = re.compile(
    rf"(?:{'|'.join(fold(label) for label in sorted(_LABELS, key=len, reverse=True))})(?![^\W\d_])\s*[:-]?\s*"
)


_AUTHOR = re.compile(r" by [^0-9]{1,80}$")


def without_label(folded: str) -> str:
    """`posted on 2026/01/15 by bat` -> `2026/01/15`, for the labels that news pages print before a date."""
    found = _LABEL.match(folded)
    return _AUTHOR.sub("", folded[found.end() :]) if found else folded
