"""Invite the owners a week before a session.

For Task Scheduler and cron: python jobs/send_invites.py --config PATH [--dry-run] [--as-of DATE] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("send-invites")
