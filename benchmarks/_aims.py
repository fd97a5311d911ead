"""What is aimed at on two cores; shown beside the numbers, never a test."""

from __future__ import annotations

AIMS = {
    "ready_s": 3.0,
    "idle_rss_mb": 200.0,
    "month_page_p95_ms": 150.0,
    "month_report_vs_duckdb": 2.0,
    "team_month_ms": 15.0,
    "typed_value_visible_ms": 50.0,
    "facts_peak_rss_mb": 1000.0,
    "xlsx_vs_calamine": 2.0,
    "preview_first_rows_s": 1.0,
    "csv_million_peak_rss_mb": 1000.0,
    "plan_page_ms": 150.0,
    "grid_paste_s": 1.0,
    "plan_docx_s": 1.0,
    "schedule_first_s": 2.0,
    "schedule_gap_pct": 5.0,
    "forecast_5000_s": 2.0,
    "forecast_5000_rss_mb": 500.0,
}
AT_LEAST = {
    "month_report_vs_pandas": 20.0,
    "month_report_vs_sqlite": 10.0,
    "xlsx_vs_pandas_openpyxl": 5.0,
    "load_facts_per_s": 500_000.0,
}
