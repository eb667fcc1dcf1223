"""Send the team the workbook of the session, a day before it.

For Task Scheduler and cron: python jobs/share_status.py --config PATH [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("share-status")
