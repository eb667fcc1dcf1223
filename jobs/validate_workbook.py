"""Check the plan workbook, cell by cell.

For Task Scheduler and cron: python jobs/validate_workbook.py --config PATH [--owner NAME] [--annotate FILE.xlsx]
[--fail-on error|warning|hint] [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("validate")
