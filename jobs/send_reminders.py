"""Remind the owners who still owe a report, three days before a session.

For Task Scheduler and cron: python jobs/send_reminders.py --config PATH [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("send-reminders")
