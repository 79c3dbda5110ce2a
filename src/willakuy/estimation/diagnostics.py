"""Whether chains agree: rank-normalised split R-hat and effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021, Bayesian Analysis 16:667-718, eqs 4-15; the same numbers as
ArviZ. Kept here because ``arviz-stats`` brings xarray and pandas, which are ten times slower to import
than everything else in this package; a test compares the two where it is installed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from willakuy.estimation.results import Floats


def rhat(chains: npt.ArrayLike) -> float:
    """The larger of bulk and folded rank-normalised split R-hat of ``(chains, samples)``."""
    halves = _split(np.asarray(chains, dtype=float))
    folded = np.abs(halves - np.median(halves))
    return max(_plain_rhat(_ranks(halves)), _plain_rhat(_ranks(folded)))


def ess_bulk(chains: npt.ArrayLike) -> float:
    return _ess(_ranks(_split(np.asarray(chains, dtype=float))))


def ess_tail(chains: npt.ArrayLike) -> float:
    """The smaller effective sample size of the 5 % and 95 % quantiles."""
    halves = _split(np.asarray(chains, dtype=float))
    return min(_ess((halves <= np.quantile(halves, p)).astype(float)) for p in (0.05, 0.95))


def mcse_median(chains: npt.ArrayLike) -> float:
    """Monte Carlo standard error of the median."""
    return mcse_quantile(chains, 0.5)


def mcse_quantile(chains: npt.ArrayLike, probability: float) -> float:
    """Monte Carlo standard error of a quantile, by the beta quantiles of its effective size (eq. 22)."""
    from scipy.special import betaincinv

    draws = np.asarray(chains, dtype=float)
    size = _ess((_split(draws) <= np.quantile(draws, probability)).astype(float))
    lo, hi = betaincinv(size * probability + 1, size * (1 - probability) + 1, [0.1586553, 0.8413447])
    ordered = np.sort(draws, axis=None)
    first = ordered[int(np.floor(max(lo * len(ordered) - 1, 0)))]
    last = ordered[int(np.ceil(min(hi * len(ordered) - 1, len(ordered) - 1)))]
    return float((last - first) / 2)


def _split(chains: Floats) -> Floats:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, chains.shape[1] - half :]])


def _ranks(x: Floats) -> Floats:
    from scipy.special import ndtri

    _, where, times = np.unique(x.ravel(), return_inverse=True, return_counts=True)
    rank = (np.cumsum(times) - (times - 1) / 2)[where]  # equal draws share their mean rank
    return np.asarray(ndtri((rank - 0.375) / (x.size + 0.25))).reshape(x.shape)


def _plain_rhat(z: Floats) -> float:
    n = z.shape[1]
    within = z.var(axis=1, ddof=1).mean()
    between = n * z.mean(axis=1).var(ddof=1)
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt(((n - 1) / n * within + between / n) / within))


def _ess(z: Floats) -> float:
    """Geyer's initial monotone sequence over the combined autocorrelation, with ArviZ's way of ending it."""
    m, n = z.shape
    if n < 4 or np.ptp(z) == 0:
        return float(m * n)
    centred = z - z.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * n, axis=1)
    autocov = (np.fft.irfft(spectrum * np.conj(spectrum), axis=1)[:, :n] / n).mean(axis=0)
    within = autocov[0] * n / (n - 1)
    total = within * (n - 1) / n + z.mean(axis=1).var(ddof=1)
    rho = 1 - (within - autocov) / total
    rho[0] = 1.0
    pairs = rho[: n - n % 2].reshape(-1, 2).sum(axis=1)
    falls = np.flatnonzero(pairs[: max(1, (n - 2) // 2)] < 0)
    end = int(falls[0]) if len(falls) else max(1, (n - 2) // 2)
    last = max(float(rho[2 * end]), 0.0) if 2 * end < n else 0.0
    tau = -1 + 2 * float(np.minimum.accumulate(pairs[:end]).sum()) + last
    return float(m * n / max(tau, 1 / np.log10(m * n)))
