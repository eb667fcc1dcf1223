"""Show who has reported for the next session and who has not.

For Task Scheduler and cron: python jobs/show_status.py --config PATH [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("show-status")
