"""The devalue decoder against the library's own vectors, real payloads and random values."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import pickle
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.sources.devalue import NUXT, UNDEFINED, DevalueError, RegExp, Reviver, SparseArray, decode, itself, parse

# --- the library's vectors ------------------------------------------------------------------


def is_what(actual: Any, expected: Any) -> bool:
    """Compare a decoded value with a vector's tagged JSON; references are checked apart."""
    if isinstance(expected, dict):
        if "$t" in expected:
            return TAGGED[expected["$t"]](actual, expected)
        return actual.keys() == expected.keys() and all(is_what(actual[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return len(actual) == len(expected) and all(map(is_what, actual, expected))
    return type(actual) is type(expected) and bool(actual == expected)


def is_text(actual: Any, expected: dict[str, Any]) -> bool:
    return bool(actual == expected["value"])


def are_bytes(actual: Any, expected: dict[str, Any]) -> bool:
    return bytes(actual) == base64.b64decode(expected["base64"])


def is_sparse(actual: Any, expected: dict[str, Any]) -> bool:
    items = {int(place): item for place, item in expected["items"].items()}
    present = {place: item for place, item in enumerate(actual[:1000]) if item is not UNDEFINED}
    wanted = {place: item for place, item in items.items() if place < 1000}
    return (
        len(actual) == expected["length"]
        and present == wanted
        and all(actual[place] == items[place] for place in items)
    )


def is_date(actual: Any, expected: dict[str, Any]) -> bool:
    value = expected["value"]
    return actual is None if value is None else bool(actual == datetime.fromisoformat(value))


def is_custom(actual: Any, expected: dict[str, Any]) -> bool:
    return actual[0] == expected["name"] and is_what(actual[1], expected["value"])


TAGGED: dict[str, Callable[[Any, dict[str, Any]], bool]] = {
    "undefined": lambda actual, _: actual is UNDEFINED,
    "NaN": lambda actual, _: math.isnan(actual),
    "-Infinity": lambda actual, _: bool(actual == -math.inf),
    "-0": lambda actual, _: actual == 0 and math.copysign(1, actual) == -1,
    "Boxed": lambda actual, expected: is_what(actual, expected["of"]),
    "BigInt": lambda actual, expected: type(actual) is int and actual == int(expected["value"]),
    "RegExp": lambda actual, expected: bool(actual == RegExp(expected["source"], expected["flags"])),
    "SparseArray": is_sparse,
    "Date": is_date,
    "Set": lambda actual, expected: is_what(actual, expected["values"]),
    "Map": lambda actual, expected: is_what([list(pair) for pair in actual], expected["entries"]),
    "NullProtoObject": lambda actual, expected: is_what(actual, expected["value"]),
    "custom": is_custom,
    "function": lambda actual, _: bool(actual == ("FunctionRef", "(x) => x * 2")),
    "ref": lambda actual, _: actual is not UNDEFINED,
    "URL": is_text,
    "URLSearchParams": is_text,
    **{f"Temporal.{name}": is_text for name in ("Instant", "ZonedDateTime")},
    **{f"Temporal.Plain{name}": is_text for name in ("Date", "Time", "DateTime", "MonthDay")},
    **dict.fromkeys(("Uint8Array", "Uint16Array", "BigInt64Array"), are_bytes),
    **dict.fromkeys(("BigUint64Array", "ArrayBuffer", "DataView"), are_bytes),
}


def revived(name: str, value: Any) -> Any:
    """Do as the vectors' own revivers do: one of them stands in for a type that exists."""
    return None if name == "Date" else (name, value)


def test_the_librarys_vectors(corpora: Path) -> None:
    vectors = json.loads((corpora / "devalue" / "vectors.json").read_text(encoding="utf-8"))
    for vector in vectors["valid"]:
        revivers: dict[str, Reviver] = {name: partial(revived, name) for name in vector["revivers"]}
        assert is_what(parse(vector["encoded"], revivers), vector["expected"]), vector
    for vector in vectors["invalid"]:
        with pytest.raises(DevalueError):
            parse(vector["encoded"])
    assert (len(vectors["valid"]), len(vectors["invalid"])) == (83, 18)


# --- real payloads --------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """Write a decoded value as the JSON whose hash `expected.json` gives."""
    if value is UNDEFINED:
        return '{"$t":"undefined"}'
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    assert isinstance(value, str | int | float | None), "no such value is in the corpus: write it as expected.json says"
    return json.dumps(value, ensure_ascii=False)


def test_real_payloads_decode_as_the_library_decodes_them(corpora: Path) -> None:
    folder = corpora / "nuxt-payloads"
    files = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["files"]
    for name, expected in files.items():
        value = parse((folder / name).read_text(encoding="utf-8"), NUXT, unknown=itself)
        assert sorted(value) == sorted(expected["top"])
        assert hashlib.sha256(canonical(value).encode()).hexdigest() == expected["sha256"], name
    assert len(files) == 256


# --- types ----------------------------------------------------------------------------------


def test_shared_objects_are_one_object_and_cycles_stay() -> None:
    value = parse('[{"a":1,"b":1,"self":0},[]]')
    assert value["a"] is value["b"]
    assert value["self"] is value
    pairs = parse('[["Map",1,0],"self"]')
    assert pairs[0][1] is pairs


def test_undefined_is_one_false_and_prints_as_nothing() -> None:
    assert parse("[[1,-1,-2],7]") == [7, UNDEFINED, UNDEFINED]
    assert not UNDEFINED
    assert f"{UNDEFINED}{UNDEFINED!r}" == "UNDEFINED"
    assert pickle.loads(pickle.dumps(UNDEFINED)) is UNDEFINED  # noqa: S301


def test_a_reference_past_the_end_is_undefined_and_unused_values_are_ignored() -> None:
    assert parse('[{"a":9,"b":-8,"c":1.5},["Nope",1]]') == {"a": UNDEFINED, "b": UNDEFINED, "c": UNDEFINED}


def test_dates() -> None:
    assert parse('[["Date","2001-09-09T01:46:40.000Z"]]') == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)
    assert parse('[[1,2],["Date",""],["Date","2001-09-09"]]') == [None, datetime(2001, 9, 9, tzinfo=UTC)]


def test_sets_and_maps_keep_what_javascript_keeps() -> None:
    assert parse('[["Set",1,1,2],"a","b"]') == ["a", "b"]
    assert parse('[["Map",1,2],"k",["Set"]]') == [("k", [])]


def test_views_show_parts_of_one_buffer() -> None:
    whole, part, old = parse(
        '[[1,2,4],["Uint8Array",3],["Uint16Array",3,2,1],["ArrayBuffer","AQIDBA=="],["Uint8Array","AQ=="]]'
    )
    assert (bytes(whole), bytes(part), bytes(old)) == (b"\x01\x02\x03\x04", b"\x03\x04", b"\x01")
    assert part.cast("H")[0] in (0x0304, 0x0403)


def test_a_sparse_array_takes_no_room_for_what_it_lacks() -> None:
    tracemalloc.start()
    array = parse('[[-7,100000000,3,1],"x"]')
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000
    assert (len(array), array[3], array[-1], array[2:5]) == (100_000_000, "x", UNDEFINED, [UNDEFINED, "x", UNDEFINED])


def test_a_small_sparse_array_compares_with_a_list() -> None:
    array = parse('[[-7,3,0,1,2,2],"a","c"]')
    assert array == ["a", UNDEFINED, "c"]
    assert array == SparseArray(3, {0: "a", 2: "c"})
    assert array != ["a", UNDEFINED]
    with pytest.raises(IndexError):
        array[3]


def test_views_take_no_room_for_what_they_show() -> None:
    buffer = base64.b64encode(bytes(1_000_000)).decode()
    references = ",".join(str(index) for index in range(2, 2002))
    views = ",".join('["Uint8Array",1]' for _ in range(2000))
    tracemalloc.start()
    parse(f'[[{references}],["ArrayBuffer","{buffer}"],{views}]')
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("shape", ["[%d]", '{"a":%d}', '["Set",%d]', '["Ref",%d]', '["null","a",%d]'])
def test_nesting_of_50_000_works(shape: str) -> None:
    depth = 50_000
    text = "[" + ",".join(shape % (index + 1) for index in range(depth)) + ',"x"]'
    values = decode(text, NUXT)
    assert len(values) == depth + 1
    assert values[depth] == "x"


# --- revivers -------------------------------------------------------------------------------


def test_nuxts_revivers() -> None:
    text = '[{"a":1,"b":2,"c":4},["EmptyRef","_"],["ShallowReactive",3],{},["EmptyRef",5],"0n"]'
    assert parse(text, NUXT) == {"a": UNDEFINED, "b": {}, "c": 0}
    assert parse('[["EmptyRef",1],"no json"]', NUXT) == "no json"


def test_unknown_types_are_errors_or_pass_through() -> None:
    with pytest.raises(DevalueError, match='value 1: nothing knows the type "skipHydrate"'):
        parse('[{"a":1},["skipHydrate",2],7]', NUXT)
    assert parse('[{"a":1},["skipHydrate",2],7]', NUXT, unknown=itself) == {"a": 7}
    assert parse('[["Empty"]]', unknown=itself) is UNDEFINED


def test_a_cycle_through_custom_types_holds() -> None:
    value = parse('[["Reactive",1],["Ref",2],{"self":0}]', NUXT)
    assert value["self"] is value
    box = parse('[["Box",1],{"self":0}]', {"Box": lambda inner: (inner,)})
    assert box[0]["self"] is box


def test_a_custom_type_that_wraps_itself_is_an_error() -> None:
    with pytest.raises(DevalueError, match="wraps itself"):
        parse('[["Ref",1],["Ref",0]]', NUXT)


# --- errors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a":1},["Nope",2],2]', 'value 1: nothing knows the type "Nope"'),
        ('[{"a":"b"}]', "value 0: a reference is missing or not a number"),
        ('[{"a":true}]', "value 0: a reference is missing or not a number"),
        ('[["Map",1],2]', "value 0: a reference is missing or not a number"),
        ('[{"__proto__":1},1]', 'value 0: an object has the key "__proto__", which is an attack on scripts'),
        ('[["BigInt","1.5"]]', "value 0: a BigInt is no integer of at most 4,300 digits"),
        (f'[["BigInt","{"9" * 5000}"]]', "value 0: a BigInt is no integer of at most 4,300 digits"),
        ('[["RegExp",1]]', "value 0: the RegExp holds no text"),
        ('[["RegExp","a",1]]', "value 0: a RegExp has no valid flags"),
        ('[["ArrayBuffer","&"]]', "value 0: the ArrayBuffer is not valid base64"),
        ('[["Uint8Array",1],["Uint8Array",0]]', "value 0: the Uint8Array shows no ArrayBuffer"),
        ('[["Uint16Array",1,0,9],["ArrayBuffer","AQID"]]', "value 0: the Uint16Array does not fit its ArrayBuffer"),
        ('[["Object",1],[]]', "value 0: a boxed primitive wraps no primitive"),
        ("[[-7,-1]]", "value 0: a sparse array has no valid length"),
        ("[[-7,5,9,1],1]", "value 0: a sparse array has an item at no valid place"),
        ("{}", "the payload is not an array of values"),
        ("-2", "the payload is not an array of values"),
        ("", "the file is empty"),
        ('[{"a":1},\n"b', "line 2, column 1: the JSON ends too early"),
        ("[1 2]", "line 1, column 4: this is not JSON (expecting ',' delimiter)"),
        (f"[{'9' * 5000}]", "the JSON holds a number of thousands of digits"),
    ],
)  # fmt: skip
def test_errors_name_the_value(text: str, message: str) -> None:
    with pytest.raises(DevalueError) as caught:
        parse(text)
    assert str(caught.value) == message


def test_json_that_itself_nests_50_000_deep_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(DevalueError):
        parse("[" * 50_000 + "]" * 50_000)


# --- properties -----------------------------------------------------------------------------


def tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["Date", value.isoformat()]
    return ["RegExp", *value] if isinstance(value, RegExp) else value


def stringify(root: Any) -> str:
    """Encode a value as devalue does: each object once, referred to by its index."""
    constants = {"nan": -3, "inf": -4, "-inf": -5, "-0.0": -6}
    written: list[str] = []
    index_of: dict[int, int] = {}

    def refer(value: Any) -> int:
        if value is UNDEFINED:
            return -1
        if isinstance(value, float) and repr(value) in constants:
            return constants[repr(value)]
        if isinstance(value, list | dict | SparseArray) and id(value) in index_of:
            return index_of[id(value)]
        index = len(written)
        index_of[id(value)] = index
        written.append("")
        written[index] = encode(value)
        return index

    def encode(value: Any) -> str:
        if isinstance(value, dict):
            return json.dumps({key: refer(item) for key, item in value.items()})
        if isinstance(value, SparseArray):
            pairs = ((place, refer(item)) for place, item in value.items.items())
            return json.dumps([-7, len(value), *chain.from_iterable(pairs)])
        return json.dumps([refer(item) for item in value] if type(value) is list else tagged(value))

    root_reference = refer(root)
    return f"[{','.join(written)}]" if root_reference >= 0 else str(root_reference)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False)
    | st.text("aé\ud800\n", max_size=4)
    | st.just(UNDEFINED)
    | st.datetimes(timezones=st.just(UTC)).map(lambda date: date.replace(fold=0))
    | st.builds(RegExp, st.text("a.*", max_size=3), st.sampled_from(["", "g"]))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("ab_", max_size=2), inner, max_size=4)
        | st.dictionaries(st.integers(0, 10**8 - 1), inner, max_size=3).map(lambda items: SparseArray(10**8, items))
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(VALUES)
def test_what_is_encoded_decodes_to_the_same(value: Any) -> None:
    decoded = parse(stringify(value))
    assert decoded == value
    assert repr(decoded) == repr(value)  # tells 1 from True and 0.0 from -0.0


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 7), max_size=4)), min_size=8, max_size=8))
def test_any_graph_of_objects_comes_back_with_the_same_shape(plan: list[tuple[bool, list[int]]]) -> None:
    nodes: list[Any] = [{} if is_record else [] for is_record, _ in plan]
    for node, (_, targets) in zip(nodes, plan, strict=True):
        for position, target in enumerate(targets):
            node.update({str(position): nodes[target]}) if isinstance(node, dict) else node.append(nodes[target])
    assert shape(parse(stringify(nodes[0]))) == shape(nodes[0])


def shape(root: Any) -> list[Any]:
    """List the objects in the order in which they are met, each as the numbers of those it holds."""
    met: dict[int, int] = {id(root): 0}
    queue = [root]
    described: list[Any] = []
    for node in queue:
        children = list(node.values()) if isinstance(node, dict) else node
        for child in children:
            if id(child) not in met:
                met[id(child)] = len(met)
                queue.append(child)
        described.append((type(node), [met[id(child)] for child in children]))
    return described


TAGS = [
    "Map",
    "Set",
    "Date",
    "Object",
    "null",
    "Ref",
    "EmptyRef",
    "BigInt",
    "RegExp",
    "ArrayBuffer",
    "Uint8Array",
    "URL",
]
FRAGMENTS = [*"[]{},:012", "-1", "-2", "-7", "1.5", "true", "null", *map(json.dumps, TAGS)]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12))
def test_nothing_but_a_devalue_error_comes_of_garbage(fragments: list[str]) -> None:
    with suppress(DevalueError):
        parse("".join(fragments))


REFERENCES = st.integers(-8, 9)
ENCODED = st.lists(
    st.lists(REFERENCES, max_size=4)
    | st.dictionaries(st.sampled_from(["a", "b", "__proto__"]), REFERENCES, max_size=3)
    | st.tuples(st.sampled_from(TAGS), REFERENCES | st.sampled_from(["AQID", "1"]), REFERENCES).map(list)
    | REFERENCES
    | st.sampled_from(["a", None, True]),
    max_size=8,
)


@settings(deadline=None, max_examples=300)
@given(ENCODED)
def test_nothing_but_a_devalue_error_comes_of_mutated_payloads(values: list[Any]) -> None:
    text = json.dumps(values)
    with suppress(DevalueError):
        parse(text)
    with suppress(DevalueError):
        parse(text, NUXT, unknown=itself)
