"""Bring what owners reported into the plan and its report sheet.

For Task Scheduler and cron: python jobs/collect_replies.py --config PATH [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("collect-replies")
