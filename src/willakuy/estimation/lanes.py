"""Eight replicas side by side in one value, for compiled code: a vector of doubles that numba does not know by itself.

Left to itself the compiler cannot tell whether two rows of an array overlap, so that inner loops over replicas are
guarded or not vectorised at all. A :class:`Lanes` value is loaded, worked on and stored whole; on a machine without
vectors of eight it becomes two of four. Arithmetic is IEEE but for fused multiply-add, in a fixed order.
"""

# mypy: disable-error-code="untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic, models, overload, register_model

LANES = 8
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)
_BITS = ir.VectorType(ir.IntType(64), LANES)
_FLAGS = ("contract",)


class Lanes(types.Type):
    def __init__(self) -> None:
        super().__init__(name=f"Lanes({LANES})")


lanes = Lanes()


@register_model(Lanes)
class _Model(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: Any) -> None:
        super().__init__(dmm, fe_type, _VECTOR)


def _row(context: Any, builder: Any, kind: Any, array: Any, row: Any) -> Any:
    data = context.make_array(kind)(context, builder, array).data
    first = builder.mul(row, ir.Constant(row.type, LANES))
    return builder.bitcast(builder.gep(data, [first]), _VECTOR.as_pointer())


@intrinsic
def load(typing: Any, array: Any, row: Any) -> Any:
    """Row ``row`` of a C-contiguous ``(rows, LANES)`` array of doubles."""

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        index = context.cast(builder, args[1], signature.args[1], types.intp)
        return builder.load(_row(context, builder, signature.args[0], args[0], index), align=8, typ=_VECTOR)

    return lanes(array, row), emit


@intrinsic
def store(typing: Any, array: Any, row: Any, value: Any) -> Any:
    """Write ``value`` to row ``row``."""

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        index = context.cast(builder, args[1], signature.args[1], types.intp)
        builder.store(args[2], _row(context, builder, signature.args[0], args[0], index), align=8)
        return context.get_dummy_value()

    return types.void(array, row, lanes), emit


def _splat(builder: Any, number: Any) -> Any:
    one = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(
        one, ir.Constant(_VECTOR, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    )


@intrinsic
def splat(typing: Any, number: Any) -> Any:
    """The same number in every lane."""

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _splat(builder, context.cast(builder, args[0], signature.args[0], types.float64))

    return lanes(number), emit


def _two(do: Any) -> Any:
    """An operation on two values of which one may be a plain number."""

    @intrinsic
    def both(typing: Any, a: Any, b: Any) -> Any:
        def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            spread = [
                value if isinstance(kind, Lanes) else _splat(builder, context.cast(builder, value, kind, types.float64))
                for value, kind in zip(args, signature.args, strict=True)
            ]
            return do(builder, *spread)

        return lanes(a, b), emit

    return both


def _chosen(compare: str) -> Any:
    return lambda builder, a, b: builder.select(builder.fcmp_ordered(compare, a, b), a, b)


_add = _two(lambda builder, a, b: builder.fadd(a, b, flags=_FLAGS))
_sub = _two(lambda builder, a, b: builder.fsub(a, b, flags=_FLAGS))
_mul = _two(lambda builder, a, b: builder.fmul(a, b, flags=_FLAGS))
_div = _two(lambda builder, a, b: builder.fdiv(a, b, flags=_FLAGS))
least = _two(_chosen("<"))
"""The smaller of two, lane by lane; the second where either is not a number."""
most = _two(_chosen(">"))
"""The larger of two, lane by lane; the second where either is not a number."""


def _meant(a: Any, b: Any) -> bool:
    kinds = (Lanes, types.Float, types.Integer)
    return isinstance(a, kinds) and isinstance(b, kinds) and (isinstance(a, Lanes) or isinstance(b, Lanes))


def _operator(sign: Any, do: Any) -> None:
    def chosen(a: Any, b: Any) -> Any:
        return _apply(do) if _meant(a, b) else None

    chosen.__annotations__ = {}  # numba compares them with those of the implementation
    overload(sign)(chosen)


def _apply(do: Any) -> Any:
    def apply(a, b):  # type: ignore[no-untyped-def]
        return do(a, b)

    return apply


for _sign, _do in ((operator.add, _add), (operator.sub, _sub), (operator.mul, _mul), (operator.truediv, _div)):
    _operator(_sign, _do)


@intrinsic
def exponent(typing: Any, value: Any) -> Any:
    """The whole part of log2, lane by lane, of positive normal numbers."""

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        bits = builder.lshr(builder.bitcast(args[0], _BITS), ir.Constant(_BITS, [52] * LANES))
        return builder.sitofp(builder.sub(bits, ir.Constant(_BITS, [1023] * LANES)), _VECTOR)

    return lanes(lanes), emit


@intrinsic
def mantissa(typing: Any, value: Any) -> Any:
    """``value / 2**exponent(value)``, in [1, 2)."""

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        bits = builder.and_(builder.bitcast(args[0], _BITS), ir.Constant(_BITS, [(1 << 52) - 1] * LANES))
        bits = builder.or_(bits, ir.Constant(_BITS, [1023 << 52] * LANES))
        return builder.bitcast(bits, _VECTOR)

    return lanes(lanes), emit


@intrinsic
def where(typing: Any, condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` in the lanes where ``condition`` is above 0, else ``no``."""

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        above = builder.fcmp_ordered(">", args[0], ir.Constant(_VECTOR, [0.0] * LANES))
        return builder.select(above, args[1], args[2])

    return lanes(lanes, lanes, lanes), emit


@njit(forceinline=True, error_model="numpy")
def exp(x: Any) -> Any:
    """e^x for |x| <= 38 to 1e-13 relative."""
    y = x * (1.0 / 1024.0)
    p = y * (1 / 5040) + 1 / 720
    p = y * p + 1 / 120
    p = y * p + 1 / 24
    p = y * p + 1 / 6
    p = y * p + 1 / 2
    p = y * p + 1.0
    r = y * p + 1.0
    for _ in range(10):
        r = r * r
    return r


@njit(forceinline=True, error_model="numpy")
def one_minus_exp(s: Any) -> Any:
    """1 - e^-s for 0 <= s <= 100, accurate for small s."""
    y = s * (-1.0 / 1024.0)
    p = y * (1 / 40320) + 1 / 5040
    p = y * p + 1 / 720
    p = y * p + 1 / 120
    p = y * p + 1 / 24
    p = y * p + 1 / 6
    p = y * p + 1 / 2
    p = (y * p + 1.0) * y
    for _ in range(10):
        p = p * (p + 2.0)
    return p * -1.0


@njit(forceinline=True, error_model="numpy")
def log(x: Any) -> Any:
    """Natural logarithm of positive normal numbers to about 1e-15 absolute near 1, relative elsewhere."""
    m = mantissa(x)
    high = m - 1.4142135623730951
    e = exponent(x) + where(high, splat(1.0), splat(0.0))
    m = where(high, m * 0.5, m)
    t = (m - 1.0) / (m + 1.0)
    w = t * t
    p = w * (2 / 19) + 2 / 17
    p = w * p + 2 / 15
    p = w * p + 2 / 13
    p = w * p + 2 / 11
    p = w * p + 2 / 9
    p = w * p + 2 / 7
    p = w * p + 2 / 5
    p = w * p + 2 / 3
    p = w * p + 2.0
    return e * 0.6931471805599453 + t * p
