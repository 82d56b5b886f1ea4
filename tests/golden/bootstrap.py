"""Golden values of intervals from replicates. usage: /usr/bin/python3 bootstrap.py FOLDER > bootstrap.json

FOLDER holds field_metrics.py, the plain formulas with w; the intervals with z are scipy's own (1.10.1; numpy 1.24.2). Replicates and values without one
image are those of means of small samples, whatever number they stand for.
"""
import json
import platform
import sys

import numpy as np
import scipy
from scipy import stats

sys.path.insert(0, sys.argv[1])
import field_metrics as fm  # noqa: E402



def quantile(share, df):
    """Student's t; scipy 1.10's ppf is off by 1e-11, so two of Newton's steps follow."""
    x = PPF(share, df)
    for _ in range(2):
        x += (stats.t.sf(x, df) - (1 - share)) / stats.t.pdf(x, df)
    return x


PPF, fm.stats.t.ppf = stats.t.ppf, quantile
VECTOR = [10, 27, 31, 40, 46, 50, 52, 104, 146]


def mean(strata):
    return float(np.mean(strata[-1]) - (np.mean(strata[0]) if len(strata) > 1 else 0))


def case(name, strata, count, seed, levels, statistic=mean):
    value, replicates, left = fm.bootstrap(strata, statistic, count, np.random.default_rng(seed))
    df, factor = fm.width(left)
    out = dict(name=name, value=value, replicates=replicates, left=left, df=df, factor=factor, acceleration=fm.acceleration(left), levels=[])
    for level in levels:
        row = dict(level=level, percentile=fm.percentile_interval(replicates, level, left), bca=fm.bca_interval(value, replicates, left, level),
                   plain=fm.bca_interval(value, replicates, left, level, plain=True))
        row["p"], row["difference"] = fm.bootstrap_difference(value, replicates, left, level)
        out["levels"].append(row)
    return out


def scipys(name, strata, count, seed, level):
    f = (lambda u, axis=-1: np.mean(u, axis)) if len(strata) == 1 else (lambda u, v, axis=-1: np.mean(v, axis) - np.mean(u, axis))
    got = stats.bootstrap(strata, f, method="BCa", n_resamples=count, confidence_level=level, random_state=seed, vectorized=True)
    return dict(name=name, value=mean(strata), replicates=got.bootstrap_distribution.tolist(), left=fm.jackknife(strata, mean), level=level,
                interval=list(got.confidence_interval))


rng = np.random.default_rng(3)
two = [list(rng.normal(0, 1, 12)), list(rng.normal(1, 2, 17))]
skewed = [list(rng.exponential(1, 6)), list(rng.exponential(3, 5) ** 2)]
print(json.dumps(dict(
    versions=dict(python=platform.python_version(), numpy=np.__version__, scipy=scipy.__version__),
    cases=[case("vector", [VECTOR], 300, 0, (.9, .95)), case("two strata", two, 300, 2, (.9, .99)), case("skewed", skewed, 300, 4, (.8, .95)),
           case("one side does not vary", [[1.0] * 4, VECTOR], 200, 5, (.95,))],
    scipy=[scipys("vector", [VECTOR], 400, 0, .9), scipys("two strata", two, 400, 1, .95), scipys("skewed", skewed, 400, 2, .95)])))
