"""Build the workbook of the next session.

For Task Scheduler and cron: python jobs/build_session.py --config PATH [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("build-session")
