"""The one converter between the library's values and JSON: strict both ways.

Nothing is guessed: `None` is not `'None'`, 1.9 is not 1, an unknown key is an error. Money reads "12.30 CNY", decimals and dates are
strings, a member of a union carries the name of its class under "is". The bytes are canonical (sorted keys, no spaces, UTF-8): a value is always written the same way.
Decimals keep their places, so 0.3 and 0.30 are written apart though they are equal.
"""

import datetime as dt
import enum
import json
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from ltc._events.change import Life, Thing
from ltc.errors import InvalidValue
from ltc.findings import Fact
from ltc.money import Money, as_decimal

if TYPE_CHECKING:
    from cattrs import Converter

S = TypeVar("S", bound=Thing)
E = TypeVar("E")
T = TypeVar("T")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(value: object, /, as_type: Any = None) -> bytes:
    """Return a value as canonical JSON. Inverse of `from_json` with the value's type; `as_type` names a union where one is meant.

    >>> to_json(Money.of("12.30", "CNY"))
    b'"12.30 CNY"'
    """
    return _written(_converter().unstructure(value, unstructure_as=as_type))


def _written(plain: Any) -> bytes:
    return _ENCODER.encode(plain).encode()


def from_json(data: bytes | str, as_type: type[T], /) -> T:
    """Return the value of a type that JSON holds. Inverse of `to_json`.

    Raises:
        InvalidValue: no JSON, a missing or unknown key, or a value of the wrong type.

    >>> from_json('"12.30 CNY"', Money)
    Money(minor=1230, currency='CNY')
    >>> from_json('12.30', Money)
    Traceback (most recent call last):
    ltc.errors.InvalidValue: no Money in this JSON: expected a string, got 12.3
    """
    return _structured(lambda: json.loads(data), as_type)


def _structured(plain: Callable[[], Any], as_type: type[T]) -> T:
    try:
        return _converter().structure(plain(), as_type)
    except _shape_errors() as error:
        name = getattr(as_type, "__name__", str(as_type))
        raise InvalidValue(
            "json.shape", f"no {name} in this JSON: {_why(error)}", type=name, why=_why(error)
        ) from error


def dump_event(life: Life[S, E], event: E, /) -> bytes:
    """Return an event in its versioned envelope `{"type", "v", "data"}`. Inverse of `load_event`.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import NOON
    >>> dump_event(leads.LEAD, leads.LeadClaimed("L1", owner="li", at=NOON))
    b'{"data":{"at":"2026-03-02T04:00:00+00:00","lead":"L1","owner":"li"},"type":"claimed","v":1}'
    """
    name = name_of(life, event)
    data = _converter().unstructure(event)
    return _written({"type": name, "v": _current(life, name), "data": data})


def load_event(life: Life[S, E], body: bytes | str, /) -> E:
    """Return the event of a stored envelope, brought up from older versions by the life's upcasters. Inverse of `dump_event`.

    Raises:
        InvalidValue: not an envelope, an unknown name, a version newer than this library's, or data of another shape.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import captured
    >>> load_event(leads.LEAD, dump_event(leads.LEAD, captured())) == captured()
    True
    >>> load_event(leads.LEAD, '{"type": "burnt", "v": 1, "data": {}}')
    Traceback (most recent call last):
    ltc.errors.InvalidValue: a lead has no event 'burnt'; known are captured, graded, nurtured, assigned, claimed, touched, returned, handed_over, converted, disqualified
    """
    envelope = from_json(body, _Envelope)
    if envelope.type not in life.stored:
        raise InvalidValue(
            "events.unknown_name",
            f"a {life.kind} has no event {envelope.type!a}; known are {', '.join(life.stored)}",
            event=envelope.type,
        )
    current = _current(life, envelope.type)
    if not 1 <= envelope.v <= current:
        raise InvalidValue(
            "events.version_unknown",
            f"{envelope.type} of {life.kind} has version {envelope.v}; this library reads 1 to {current}",
            event=envelope.type,
            version=envelope.v,
        )
    data = envelope.data
    for version in range(envelope.v, current):
        data = life.upcasters[envelope.type, version](data)
    return _structured(lambda: data, life.stored[envelope.type])


def name_of(life: Life[S, E], event: E, /) -> str:
    """Return the stored name of an event.

    Raises:
        InvalidValue: the life does not store events of this class.

    >>> from ltc import leads
    >>> from ltc.testing.samples.leads import NOON
    >>> name_of(leads.LEAD, leads.LeadClaimed("L1", owner="li", at=NOON))
    'claimed'
    """
    for name, event_type in life.stored.items():
        if event_type is type(event):
            return name
    raise InvalidValue(
        "events.unstored",
        f"{type(event).__name__} is not among the stored events of a {life.kind}",
        event=type(event).__name__,
    )


def _current(life: Life[S, E], name: str) -> int:
    return 1 + sum(1 for upcast, _ in life.upcasters if upcast == name)


@attrs.frozen
class _Envelope:
    type: str
    v: int
    data: dict[str, Any]


@cache
def _shape_errors() -> tuple[type[Exception], ...]:
    from cattrs.errors import ForbiddenExtraKeysError, StructureHandlerNotFoundError  # noqa: PLC0415  # as _converter

    return (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
        ForbiddenExtraKeysError,
        StructureHandlerNotFoundError,
    )


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the key {error} is missing"
    return f"{type(error).__name__}: {error}" if not str(error) else str(error)


@cache
def _converter() -> "Converter":
    from cattrs import Converter  # noqa: PLC0415  # 40 ms that who stores nothing does not owe

    converter = Converter(forbid_extra_keys=True, detailed_validation=False, prefer_attrib_converters=False)
    for exact, reader in _READERS.items():
        converter.register_structure_hook(exact, reader)
    converter.register_structure_hook(enum.StrEnum, _read_enum)  # which would else go to the hook of str
    for shown, writer in _WRITERS.items():
        converter.register_unstructure_hook(shown, writer)
    converter.register_structure_hook_func(_is_enum, _read_enum)
    converter.register_structure_hook_func(lambda asked: asked == Fact, _read_fact)
    converter.register_structure_hook_func(lambda asked: asked == dict[str, Any], _exactly(dict, "an object"))
    converter.register_unstructure_hook_func(lambda asked: asked == Fact, _write_fact)
    converter.register_structure_hook_factory(_is_tuple, lambda held: _tuple_reader(held, converter))
    converter.register_unstructure_hook_factory(_is_tuple, lambda held: _tuple_writer(held, converter))
    converter.register_structure_hook_factory(_is_optional, lambda asked: _optional_reader(asked, converter))
    converter.register_unstructure_hook_factory(_is_optional, lambda asked: _optional_writer(asked, converter))
    converter.register_structure_hook_factory(_is_frozenset, lambda held: _set_reader(held, converter))
    converter.register_unstructure_hook_func(_is_frozenset, lambda held: sorted(map(converter.unstructure, held)))
    converter.register_structure_hook_factory(_is_union_of_attrs, lambda union: _union_reader(union, converter))
    converter.register_unstructure_hook_factory(_is_union_of_attrs, lambda union: _union_writer(union, converter))
    return converter


def _exactly(expected: type[T], name: str) -> Callable[[Any, Any], T]:
    def read(value: Any, _: Any) -> T:
        if type(value) is not expected:
            raise InvalidValue("json.type", f"expected {name}, got {value!r:.40}", expected=name)
        return value

    return read


_text = _exactly(str, "a string")

_READERS: dict[Any, Callable[[Any, Any], Any]] = {
    str: _text,
    int: _exactly(int, "an integer"),
    bool: _exactly(bool, "true or false"),
    float: _exactly(float, "a number with a point"),
    Decimal: lambda value, _: as_decimal(_text(value, str)),
    Money: lambda value, _: Money.parse(_text(value, str)),
    dt.date: lambda value, _: dt.date.fromisoformat(_text(value, str)),
    dt.datetime: lambda value, _: dt.datetime.fromisoformat(_text(value, str)),
    dt.time: lambda value, _: dt.time.fromisoformat(_text(value, str)),
    dt.timedelta: lambda value, _: dt.timedelta(microseconds=_exactly(int, "an integer of microseconds")(value, int)),
}
_WRITERS: dict[Any, Callable[[Any], Any]] = {
    Decimal: lambda value: f"{value:f}",
    Money: str,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: lambda value: value // dt.timedelta(microseconds=1),
}


def _is_tuple(asked: Any) -> bool:
    return typing.get_origin(asked) is tuple


def _is_frozenset(asked: Any) -> bool:
    return asked is frozenset or typing.get_origin(asked) is frozenset


def _tuple_reader(held: Any, converter: "Converter") -> Callable[[Any, Any], tuple[Any, ...]]:
    members = typing.get_args(held)
    repeated = len(members) == 2 and members[1] is Ellipsis  # noqa: PLR2004  # tuple[X, ...]
    hooks = [(converter.get_structure_hook(member), member) for member in members if member is not Ellipsis]

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list or not (repeated or len(value) == len(hooks)):
            raise InvalidValue("json.type", f"expected a list, got {value!r:.40}", expected="a list")
        if repeated:
            [(hook, member)] = hooks
            return tuple(hook(item, member) for item in value)
        return tuple(hook(item, member) for item, (hook, member) in zip(value, hooks, strict=True))

    return read


def _tuple_writer(held: Any, converter: "Converter") -> Callable[[tuple[Any, ...]], list[Any]]:
    """Not left to cattrs, which with each new kind of tuple forgets how every class is written, and writes that out anew."""
    members = typing.get_args(held)
    hooks = [converter.get_unstructure_hook(member) for member in members if member is not Ellipsis]
    if members[-1] is not Ellipsis:
        return lambda value: [hook(item) for item, hook in zip(value, hooks, strict=True)]
    [hook] = hooks
    return lambda value: [hook(item) for item in value]


def _is_optional(asked: Any) -> bool:
    members = typing.get_args(asked) if _is_union(asked) else ()
    return len(members) == 2 and types.NoneType in members  # noqa: PLR2004  # a type, and None


def _member_of(optional: Any) -> Any:
    [member] = (member for member in typing.get_args(optional) if member is not types.NoneType)
    return member


def _optional_reader(asked: Any, converter: "Converter") -> Callable[[Any, Any], Any]:
    member = _member_of(asked)
    hook = converter.get_structure_hook(member)
    return lambda value, _: None if value is None else hook(value, member)


def _optional_writer(asked: Any, converter: "Converter") -> Callable[[Any], Any]:
    hook = converter.get_unstructure_hook(_member_of(asked))
    if hook is converter.get_unstructure_hook(str):  # written as it is
        return hook
    return lambda value: None if value is None else hook(value)


def _set_reader(held: Any, converter: "Converter") -> Callable[[Any, Any], frozenset[Any]]:
    (member,) = typing.get_args(held)
    read = _tuple_reader(types.GenericAlias(tuple, (member, ...)), converter)
    return lambda value, _: frozenset(read(value, None))


def _is_enum(asked: Any) -> bool:
    return isinstance(asked, type) and issubclass(asked, enum.Enum)


def _read_enum(value: Any, asked: type[enum.Enum]) -> enum.Enum:
    return asked(_text(value, str))


_TAGGED_FACTS: dict[str, type] = {"decimal": Decimal, "instant": dt.datetime, "date": dt.date, "money": Money}


def _write_fact(fact: Fact) -> Any:
    for tag, fact_type in _TAGGED_FACTS.items():
        if type(fact) is fact_type:
            return {tag: _WRITERS[fact_type](fact)}
    return fact


def _read_fact(value: Any, _: Any) -> Any:
    if isinstance(value, dict):
        [(tag, held)] = value.items()
        return _READERS[_TAGGED_FACTS[tag]](held, None)
    return value if type(value) is int else _text(value, str)


def _members(union: Any) -> dict[str, type]:
    return {member.__name__: member for member in typing.get_args(union) if member is not types.NoneType}


def _is_union(asked: Any) -> bool:
    return typing.get_origin(asked) in (typing.Union, types.UnionType)


def _is_union_of_attrs(asked: Any) -> bool:
    if not _is_union(asked) or asked == Fact:
        return False
    members = [member for member in typing.get_args(asked) if member is not types.NoneType]
    return len(members) > 1 and all(attrs.has(member) for member in members)


def _union_reader(union: Any, converter: "Converter") -> Callable[[Any, Any], Any]:
    members, optional = _members(union), types.NoneType in typing.get_args(union)

    def read(value: Any, _: Any) -> Any:
        if value is None and optional:
            return None
        rest = dict(value)
        name = rest.pop("is", None)
        if name not in members:
            raise InvalidValue(
                "json.union", f'"is" is {name!r:.40}; use one of {", ".join(members)}', value=str(name)[:40]
            )
        return converter.structure(rest, members[name])

    return read


def _union_writer(union: Any, converter: "Converter") -> Callable[[Any], Any]:
    members = _members(union)

    def write(value: Any) -> Any:
        if value is None:
            return None
        name = type(value).__name__
        return {"is": name} | converter.unstructure(value, unstructure_as=members[name])

    return write
