"""A JSON Schema of the manifest against an answer: the keywords that mlpath's schemas use.

`fault` gives the first thing that is wrong, in words; lint has refused every other keyword.
"""

from __future__ import annotations

import json
import re
from typing import Any

from mlpath_check import ScriptError

KINDS = {
    "null": "null",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "string": "a text",
    "array": "a list",
    "object": "an object",
}
TOLD = ("description", "title", "default", "$schema", "$id", "definitions")
KNOWN = {
    *("type", "enum", "const", "minimum", "maximum", "minLength", "maxLength", "pattern"),
    *("minItems", "maxItems", "uniqueItems", "items", "properties", "required"),
    *("additionalProperties", "allOf", *TOLD),
}


def kind_of(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, (int, float)):
        return "integer" if isinstance(value, int) or value.is_integer() else "number"
    return {str: "string", list: "array", dict: "object"}[type(value)]


def same(a: Any, b: Any) -> bool:
    """As JSON has it: 1 is 1.0, and true is not 1."""
    return json.dumps(_plain(a), sort_keys=True) == json.dumps(_plain(b), sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def fault(value: Any, schema: Any, place: str = "the answer") -> str:
    """What is wrong at the first place that does not meet the schema; empty: nothing."""
    if unknown := set(schema) - KNOWN:
        raise ScriptError(f"the schema has the keyword {min(unknown)}, which is not read here")
    return (
        _of_kind(value, schema, place)
        or _of_value(value, schema, place)
        or _inside(value, schema, place)
        or next(filter(None, (fault(value, each, place) for each in schema.get("allOf", []))), "")
    )


def _of_kind(value: Any, schema: dict[str, Any], place: str) -> str:
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    kind = kind_of(value)
    if not wanted or kind in wanted or (kind == "integer" and "number" in wanted):
        return ""
    return f"{place} must be {' or '.join(KINDS[one] for one in wanted)}; it is {KINDS[kind]}"


def _of_value(value: Any, schema: dict[str, Any], place: str) -> str:
    allowed = [schema["const"]] if "const" in schema else schema.get("enum", [])
    if allowed and not any(same(value, one) for one in allowed):
        return f"{place} must be {' or '.join(map(json.dumps, allowed))}"
    if kind_of(value) in ("integer", "number"):
        if value < schema.get("minimum", value):
            return f"{place} must be at least {schema['minimum']}; it is {value}"
        if value > schema.get("maximum", value):
            return f"{place} must be at most {schema['maximum']}; it is {value}"
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            return f"{place} does not have the form that it should have"
        return _of_size(len(value), "character", schema, "Length", place)
    if isinstance(value, list):
        if schema.get("uniqueItems") and any(
            same(one, other) for i, one in enumerate(value) for other in value[:i]
        ):
            return f"{place} has the same item twice"
        return _of_size(len(value), "item", schema, "Items", place)
    return ""


def _of_size(size: int, noun: str, schema: dict[str, Any], key: str, place: str) -> str:
    for word, bound, wrong in (
        ("at least", schema.get("min" + key), lambda most: size < most),
        ("at most", schema.get("max" + key), lambda most: size > most),
    ):
        if bound is not None and wrong(bound):
            plural = noun if bound == 1 else noun + "s"
            return f"{place} must have {word} {bound} {plural}; it has {size}"
    return ""


def _inside(value: Any, schema: dict[str, Any], place: str) -> str:
    if isinstance(value, list) and "items" in schema:
        within = (
            fault(one, schema["items"], f"item {i} (counted from 0) of {place}")
            for i, one in enumerate(value)
        )
        return next(filter(None, within), "")
    if not isinstance(value, dict):
        return ""
    for name in schema.get("required", []):
        if name not in value:
            return f"{place} has no key `{name}`"
    described, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, part in value.items():
        if name not in described and more is False:
            return f"{place} has the key `{name[:100]}`, which does not belong there"
        rule = described.get(name, more)
        if isinstance(rule, dict) and (found := fault(part, rule, f"`{name[:100]}` of {place}")):
            return found
    return ""
