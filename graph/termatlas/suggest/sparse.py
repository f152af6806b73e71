"""Sparse matrices: the few operations that all signals are made of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sparse_dot_topn import sp_matmul_topn
from threadpoolctl import threadpool_limits

from termatlas.suggest.corpus import Floats, Ints

#: From so many multiplications on a product is shared among threads: below, two wait longer than they work.
_LARGE = 100_000_000
#: Rows with an entry in a column, more than which are many; and rows × many, at most.
_COMMON, _WORK = 5_000, 100_000_000


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let no sum depend on how many processors there are: the limit is the whole process's, so it is set once."""
    with threadpool_limits(1, "blas"):
        yield


def sparse(values: Any, rows: Ints, columns: Ints, shape: tuple[int, int]) -> Any:
    """Make a matrix of 32-bit floats in rows; entries given twice are added."""
    found = csr_matrix((np.asarray(values, np.float32), (rows, columns)), shape=shape, dtype=np.float32)
    found.sum_duplicates()
    return found


def product(left: Any, right: Any, top: int) -> Any:
    """Multiply two matrices and keep the `top` largest entries of each row, whatever the number of threads."""
    if not left.nnz or not right.nnz:
        return csr_matrix((left.shape[0], right.shape[1]), dtype=np.float32)
    work = int(np.diff(right.indptr)[left.indices].sum(dtype=np.int64))
    found = sp_matmul_topn(left, right, top, n_threads=threads() if work > _LARGE else None)
    found.sort_indices()
    return found


def threads() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def row_of(matrix: Any) -> Ints:
    """Give the row of each entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def largest(matrix: Any, top: int) -> Any:
    """Keep the `top` largest entries of each row; of equal ones the first."""
    sizes = np.diff(matrix.indptr)
    if sizes.max(initial=0) <= top:
        return matrix
    long = np.repeat(sizes > top, sizes)
    keep = ~long
    keep[long] = ranks(matrix[sizes > top]) < top
    return sparse(matrix.data[keep], row_of(matrix)[keep], matrix.indices[keep], matrix.shape)


def ranks(matrix: Any) -> Ints:
    """Give the place of each entry among those of its row, from 0, the largest first; of equal ones the first."""
    rows = row_of(matrix)
    order = np.lexsort((-matrix.data, rows))  # stable
    found = np.empty(len(rows), np.int64)
    found[order] = np.arange(len(rows)) - matrix.indptr[rows]
    return found


def scaled_rows(matrix: Any, factors: NDArray[Any]) -> Any:
    """Multiply each row by its factor."""
    return (diags(factors.astype(np.float32), format="csr", dtype=np.float32) @ matrix).tocsr()


def scaled_columns(matrix: Any, factors: NDArray[Any]) -> Any:
    """Multiply each column by its factor."""
    return (matrix @ diags(factors.astype(np.float32), format="csr", dtype=np.float32)).tocsr()


def inverse(values: NDArray[Any]) -> NDArray[Any]:
    """Give 1 / value, and 0 for 0."""
    found: NDArray[Any] = np.divide(1.0, values, out=np.zeros(len(values)), where=values != 0)
    return found


def without_common(matrix: Any) -> Any:
    """Drop the columns in which many rows have an entry: in a product with itself they cost most and tell least.

    Of more rows fewer are many, so that the work grows with the entries and not with their square.
    """
    most = min(_COMMON, max(_WORK // max(matrix.shape[0], 1), 100))
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    if frequency.max(initial=0) <= most:
        return matrix
    found = scaled_columns(matrix, (frequency <= most).astype(np.float32))
    found.eliminate_zeros()
    return found


def unit_rows(matrix: Any) -> Any:
    """Scale each row to length 1."""
    squares = matrix.multiply(matrix).sum(axis=1)
    return scaled_rows(matrix, inverse(np.sqrt(np.asarray(squares).ravel())))


def positions(keys: Ints, asked: Ints) -> Ints:
    """Give where each of the asked keys stands among sorted ones; -1 where it does not."""
    if not len(keys):
        return np.full(len(asked), -1, np.int64)
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    found: Ints = np.where(keys[at] == asked, at, -1)
    return found


def gathered(matrix: Any, asked: Ints, values: NDArray[Any] | None = None) -> Floats:
    """Give the entries at sorted, distinct keys ``row * columns + column``; 0 where there is none."""
    keys = row_of(matrix) * matrix.shape[1] + matrix.indices
    data = matrix.data if values is None else values
    out = np.zeros(len(asked), np.float32)
    at = positions(asked, keys)
    out[at[at >= 0]] = data[at >= 0]
    return out
