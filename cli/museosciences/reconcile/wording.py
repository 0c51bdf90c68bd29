"""How the words of a term change what it says: negations, imitations, colours, parts, states.

The words are in ``ontology/wording.toml``; here is what follows from them. A word that is in none
of its lists decides nothing: the term then goes to a person, or stays unmatched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from museosciences import knowledge
from museosciences.vocabulary import fold

FILE = "ontology/wording.toml"
_ACCENTED = {"a": "[aàâ]", "c": "[cç]", "e": "[eéèêë]", "i": "[iîï]", "o": "[oô]", "u": "[uùûü]"}
_OF = r"(?:de la |de l['’]|du |des |de |d['’])"
_TO = rf"(?:{_OF[3:-1]}|à la |à l['’]|au |aux |avec (?:des |un |une |son |sa |ses )?)"

_QUOTED = re.compile(r"^[«“\"‘'„].*[»”\"’']$|[«“\"][^«»“”\"]+[»”\"]")
_ARTICLE = re.compile(r"^(?:(?:le|la|les|un|une|des|the|an|a) |l['’])(?P<rest>.+)$", re.IGNORECASE)
_PARENTHESIS = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<qualifier>[^()]+)\)$")
_TWO = re.compile(
    r"^(?P<one>.+?)(?: et (?:de |d['’]|du |des |la |le |les |l['’]|une? |son |sa |ses |leurs? )?"
    r"| and |, | \+ | / )"
    r"(?P<two>.+)$",
    re.IGNORECASE,
)
_AND = re.compile(r" (?:et|and) ")
# A term with one of these is no English one, whatever its last word.
_FRENCH_WORDS = frozenset(
    {"de", "du", "des", "la", "le", "les", "une", "un", "au", "aux", "et", "à"}
)
# "attaquant un cerf": what the animal does, said by a participle with an object.
_DOING = re.compile(
    r"^\w+ant (?:un|une|des|de|du|le|la|les|ses?|son|sa|à|aux?|sur|dans|avec|contre|vers)\b"
)
_FROM = re.compile(rf"^(?P<material>.+?) {_OF}(?P<organism>.+)$", re.IGNORECASE)
# "balance de Roberval": whose invention an instrument is.
_INVENTOR = re.compile(r"^(?:de |d['’]|du )(?:[A-ZÉÈÀ][\w'’-]+ ?)+$")
_BY = re.compile(r"^[^A-ZÉÈÀ]+ (?:de |d['’]|du )(?P<name>(?:[A-ZÉÈÀ][\w'’-]+ ?)+)$")
_LINKED = re.compile(r"(?:de|du|des|d['’]|à|a|au|aux|en|of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The name that a longer term begins (or in English ends) with, and what the rest does to it.

    ``rest`` is ``state`` (changes nothing), ``colour`` (may name another species) or ``unknown``.
    """

    name: str
    rest: str
    lang: str


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(knowledge.read_text(FILE))


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words: accents and ligatures optional, plural understood."""
    return "|".join(" ".join(_word(part) for part in text.split(" ")) for text in words)


def _word(text: str) -> str:
    letters = "".join(
        _ACCENTED.get(letter, re.escape(letter)) for letter in fold_letters(text)
    ).replace("'", "['’]")
    return letters if letters.endswith("]") and "'" in text else f"{letters}(?:s|x|es)?"


def fold_letters(text: str) -> str:
    """A word without accents, its hyphens and apostrophes kept.

    >>> fold_letters("pas d'œuf"), fold_letters("arrière-plan")
    ("pas d'oeuf", 'arriere-plan')
    """
    return "".join(fold(letter) or letter for letter in text)


@cache
def _pattern(room: str, name: str, shape: str) -> re.Pattern[str]:
    return re.compile(shape.replace("WORDS", _any(_lists()[room][name])), re.IGNORECASE)


@cache
def _folded(room: str, name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _lists()[room][name])


@lru_cache(maxsize=50_000)
def denies(term: str, kind: str) -> bool:
    """Whether a term says that the thing is absent, imitated, or only a colour or a manner.

    >>> denies("imitation ivoire", "material"), denies("bleu canard", "subject")
    (True, True)
    >>> denies("ivoire", "material"), denies("motif de coquilles", "subject")
    (False, False)
    """
    term = term.replace("œ", "oe")
    if _pattern("denied", "before", r"^(?:WORDS)(?![\w-])").match(term):
        return True
    if _pattern("denied", "colours", r"^(?:WORDS)\b(?![ -]et\b).*\w$").match(term):
        return True
    if _pattern("denied", "after", r"[ -](?:WORDS)$").search(term):
        return True
    if re.search(r"[ -]colou?red\b", term, re.IGNORECASE):
        return True
    shown = _pattern("denied", "shown", r"^(?:(?:le|un|une) )?(?:WORDS)\b|\((?:WORDS)\)")
    return kind in ("material", "technique", "preparation") and bool(shown.search(term))


def quoted(term: str) -> bool:
    """Whether a term is, or holds, a name between quotation marks."""
    return bool(_QUOTED.search(term))


def without_article(term: str) -> str | None:
    """What follows the article that a term begins with, or None.

    >>> without_article("l'abeille"), without_article("lama")
    ('abeille', None)
    """
    found = _ARTICLE.match(term)
    return found["rest"] if found else None


def parenthesis(term: str) -> tuple[str, str] | None:
    """The name and what stands in parentheses after it."""
    found = _PARENTHESIS.match(term)
    return (found["name"], found["qualifier"]) if found else None


def qualifies(qualifier: str) -> str:
    """What words in parentheses do: ``neutral``, ``else`` (another thing) or ``unknown``.

    >>> qualifies("2"), qualifies("frégate"), qualifies("à gauche")
    ('neutral', 'else', 'unknown')
    """
    if qualifier.isdecimal() or _pattern("parentheses", "neutral", r"^(?:WORDS)$").match(qualifier):
        return "neutral"
    other = _pattern("parentheses", "else", r"\b(?:WORDS)\b").search(qualifier)
    return "else" if other else "unknown"


def part_of(term: str) -> str | None:
    """The organism of a part.

    >>> part_of("coquille de nautile"), part_of("plumes d'autruche"), part_of("plume")
    ('nautile', 'autruche', None)
    """
    found = _pattern("parts", "words", rf"^(?:WORDS) {_OF}(?P<whole>.+)$").match(_spelt(term))
    return found["whole"] if found else None


def depicted(term: str) -> str | None:
    """What is shown.

    >>> depicted("étude de chat"), depicted("two dogs"), depicted("head of a horse")
    ('chat', 'dogs', 'horse')
    """
    for name, shape in (
        ("depictions", rf"^(?:WORDS) {_TO}(?P<whole>.+)$"),
        ("numbers", r"^(?:WORDS|\d+) (?P<whole>.+)$"),
        ("english", r"^(?:WORDS) of (?:a |an |the )?(?P<whole>.+)$"),
    ):
        found = _pattern("parts", name, shape).match(_spelt(term))
        if found:
            return found["whole"]
    return None


def copied(term: str) -> str | None:
    """The instrument of which a term names a model, a copy or an essential part.

    >>> copied("maquette de lunette astronomique"), copied("objectif de microscope")
    ('lunette astronomique', 'microscope')
    """
    found = _pattern("parts", "copies", rf"^(?:WORDS) {_OF}(?P<whole>.+)$").match(_spelt(term))
    return found["whole"] if found else None


def by_inventor(term: str) -> bool:
    """Whether a term ends in "de" and the name of a maker or thinker, not of a figure of fable.

    >>> by_inventor("microscope de Hooke"), by_inventor("lampe d'Aladin")
    (True, False)
    """
    found = _BY.search(term)
    return found is not None and not any(
        _among(word, _folded("parts", "fabled")) for word in re.split(r"[ ’']", found["name"])
    )


def wrought(term: str) -> str | None:
    """The material of a worked piece.

    >>> wrought("incrustations d'ivoire"), wrought("manche en ébène")
    ('ivoire', 'ébène')
    """
    shape = rf"^(?:WORDS) (?:{_OF[3:-1]}|en )(?P<whole>.+)$"
    found = _pattern("parts", "wrought", shape).match(_spelt(term))
    return found["whole"] if found else None


def _spelt(term: str) -> str:
    return term.replace("œ", "oe").replace("Œ", "Oe")


def made_of(term: str) -> tuple[str, str] | None:
    """A thing and the material it is made of.

    >>> made_of("astrolabe en laiton")
    ('astrolabe', 'laiton')
    """
    name, en, material = term.rpartition(" en ")
    return (name, material) if en else None


def from_organism(term: str) -> tuple[str, str] | None:
    """A material and the organism it is said to come from.

    >>> from_organism("parchemin de chèvre")
    ('parchemin', 'chèvre')
    """
    found = _FROM.match(term)
    return (found["material"], found["organism"]) if found else None


def two(term: str) -> tuple[str, str] | None:
    """The two things that a term joins: "vache et veau"."""
    found = _TWO.match(term)
    return (found["one"], found["two"]) if found else None


def both(term: str) -> bool:
    """Whether a term joins two things by "et" or "and", not by a comma or a stroke.

    >>> both("vache et veau"), both("boat, sailing")
    (True, False)
    """
    return bool(_AND.search(term))


def qualifiable(term: str, head: Head) -> bool:
    """Whether unknown words beside a name can be mere qualities of it.

    "chien de mer" and "poisson-chat" are other animals; "singe savant" is a monkey.
    """
    if "-" in term or (head.lang == "fr" and len(term.split()) != len(head.name.split()) + 1):
        return False
    return not _LINKED.match(term.removeprefix(head.name).strip())


def no_kind(rest: str, lang: str) -> bool:
    """Whether words beside a vernacular group make another thing of it, or only place it.

    >>> no_kind("de mer", "fr"), no_kind("à tête noire", "fr"), no_kind("toy", "en")
    (True, False, True)
    """
    return bool(_pattern("groups", lang, r"^(?:WORDS)\b").match(_spelt(rest)))


def heads(term: str, kind: str, langs: tuple[str, ...]) -> list[Head]:
    """The names that a term of several words may begin (English: end) with, the longest first."""
    words = term.split(" ")
    if not _FRENCH_WORDS.isdisjoint(words):
        langs = tuple(lang for lang in langs if lang != "en")
    found: list[Head] = []
    for size in range(len(words) - 1, 0, -1):
        before, after = " ".join(words[:size]), words[size:]
        if "fr" in langs:
            found.append(Head(before, _rest(after, kind, "fr"), "fr"))
            if kind in ("instrument", "object_name") and _sizes(words[:-size]):
                found.append(Head(" ".join(words[-size:]), "state", "fr"))
        if "en" in langs:
            if kind != "material" and _phrase(" ".join(after), "en"):
                found.append(Head(before, "state", "en"))
            found.append(Head(" ".join(words[-size:]), _rest(words[:-size], kind, "en"), "en"))
    return found


def _sizes(words: list[str]) -> bool:
    """Whether words before an instrument only say how large or old it is: "petit globe"."""
    return all(_among(word, _folded("states", "instruments")) for word in words)


def _phrase(text: str, lang: str) -> bool:
    opens = _pattern("phrases", lang, r"^(?:WORDS)\b").match(text)
    return bool(opens) or (lang == "fr" and bool(_DOING.match(text)))


def _rest(words: list[str], kind: str, lang: str) -> str:
    """What the words beside a name do to it."""
    colours = _folded("colours", lang)
    if kind in ("instrument", "object_name"):
        sizes = _folded("states", "instruments")
        text = fold(" ".join(words))
        told = text in sizes or all(_among(word, sizes) for word in words)
        return "state" if told or (lang == "fr" and _INVENTOR.match(" ".join(words))) else "unknown"
    if kind == "material":
        worked = _folded("states", "materials")
        told = all(_among(word, worked) or _among(word, colours) for word in words)
        return "state" if told else "unknown"
    states = _folded("states", lang)
    if lang == "fr":
        told_first = next((n for n, word in enumerate(words) if not _among(word, states)), 0)
        if _phrase(" ".join(words[told_first:]), lang):
            return "state"
    if all(_among(word, states) for word in words):
        return "state"
    told = all(_among(word, states) or _among(word, colours) for word in words)
    return "colour" if told else "unknown"


def _among(word: str, known: frozenset[str]) -> bool:
    """Whether a word, its singular or its masculine is known."""
    plain = fold(word)
    bare = plain.removesuffix("s")
    return not known.isdisjoint((plain, bare, bare.removesuffix("e")))
