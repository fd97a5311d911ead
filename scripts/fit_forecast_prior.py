"""Fit the shipped prior of engines/forecasts on a public panel: ``fit_forecast_prior.py FILE``.

Only days before ``UNTIL`` are used, so that later months of the same file may judge it.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from yunce.engines.forecasts import calibrating as cal
from yunce.engines.forecasts.fitting import quantiles, ridge
from yunce.engines.forecasts.forecasting import HISTORY
from yunce.engines.forecasts.panel import Panel
from yunce.engines.forecasts.reading import read_panel

UNTIL = date(2017, 1, 1)
HORIZONS = (3, 11, 21, 31)
EVERY = 60  # days between the ends of the windows looked at


def main(path: Path) -> None:
    panel = read_panel(path)
    table = {str(days): fitted(panel, days) for days in HORIZONS}
    told = {
        "source": f"{path.name}, {len(panel.accounts)} series, days before {UNTIL}",
        "horizons": table,
    }
    cal.PRIOR.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def fitted(panel: Panel, horizon: int) -> dict[str, list[float]]:
    ends = [panel.first + timedelta(days=HISTORY + EVERY * n) for n in range(1, 100)]
    parts = [
        cal.pairs(known.values, known.weekdays, horizon)
        for end in ends
        if end <= UNTIL
        for known in (panel.until(end).last_days(HISTORY),)
    ]
    seen = [each for found, _wanted, _weights in parts for each in found]
    wanted = np.concatenate([wanted for _seen, wanted, _weights in parts])
    weights = np.concatenate([weights for _seen, _wanted, weights in parts])
    mean_x = np.concatenate([each.mean for each in seen])
    noise_x = np.concatenate([each.noise for each in seen])
    mean = ridge(mean_x, wanted, weights, strength=cal.RIDGE)
    missed = wanted - mean_x @ mean
    noise = ridge(noise_x, np.log(np.abs(missed) + cal.TINY), weights, strength=cal.RIDGE)
    scaled = missed / cal.spreads(noise_x, noise)
    shape = quantiles(scaled, weights, np.array(cal.SHAPE_LEVELS))
    return {
        name: [round(float(value), 4) for value in values]
        for name, values in (("mean", mean), ("noise", noise), ("shape", shape))
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
