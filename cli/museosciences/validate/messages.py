"""What a finding says to people, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from museosciences.validate.shapes import Shape, Shapes

# For shapes that carry no message of their own (other people's), by SHACL parameter.
_GENERIC: dict[str, tuple[str, str]] = {
    "minCount": ("Valeur obligatoire absente.", "A required value is missing."),
    "maxCount": ("Trop de valeurs.", "There are too many values."),
    "datatype": ("La valeur n’est pas du type attendu.", "The value is not of the expected type."),
    "class": ("La valeur n’est pas de la classe attendue.", "The value is not of the right class."),
    "nodeKind": ("La valeur n’est pas de la nature attendue.", "The value is of the wrong kind."),
    "pattern": ("La valeur n’a pas la forme attendue.", "The value does not have the right form."),
    "minLength": ("La valeur est trop courte.", "The value is too short."),
    "maxLength": ("La valeur est trop longue.", "The value is too long."),
    "minInclusive": ("La valeur est trop petite.", "The value is too small."),
    "minExclusive": ("La valeur est trop petite.", "The value is too small."),
    "maxInclusive": ("La valeur est trop grande.", "The value is too large."),
    "maxExclusive": ("La valeur est trop grande.", "The value is too large."),
    "in": ("La valeur ne figure pas dans la liste.", "The value is not in the list."),
    "languageIn": ("La langue n’est pas admise.", "The language is not allowed."),
    "uniqueLang": ("Deux valeurs dans la même langue.", "Two values are in one language."),
    "hasValue": ("Une valeur imposée manque.", "A prescribed value is missing."),
    "equals": ("Les deux valeurs devraient être égales.", "The two values should be equal."),
    "disjoint": ("Les deux valeurs devraient différer.", "The two values should differ."),
    "lessThan": ("La première valeur devrait précéder.", "The first value should be less."),
    "lessThanOrEquals": ("L’ordre des valeurs est inversé.", "The values are the wrong way round."),
    "closed": ("Propriété non prévue par le profil.", "The property is not in the profile."),
    "sparql": ("Une règle n’est pas respectée.", "A rule is not met."),
}
_ANY = ("La règle « {} » n’est pas respectée.", "The rule “{}” is not met.")


def message_for(shapes: Shapes, shape: Shape | None, constraint: str) -> dict[str, str]:
    """The message of a finding by language: the shape's own, else a general one."""
    message: dict[str, str] = {}
    if shape is not None:
        message = shape.message
        if constraint == "sparql":
            message = shapes.sparql_messages.get(shape.iri) or message
    if message:
        return message
    fr, en = _GENERIC.get(constraint, (_ANY[0].format(constraint), _ANY[1].format(constraint)))
    return {"fr": fr, "en": en}


def filled(
    message: Mapping[str, str], *, focus: str, value: str | None, path: str | None
) -> Mapping[str, str]:
    """The message with the placeholders of SHACL-SPARQL filled in (SHACL 5.3.2)."""
    for text in message.values():
        if "{" in text:
            break
    else:
        return message
    values = {"this": focus, "value": value or "", "path": path or ""}
    return {lang: _fill(text, values) for lang, text in message.items()}


def _fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{$" + name + "}", value).replace("{?" + name + "}", value)
    return text
