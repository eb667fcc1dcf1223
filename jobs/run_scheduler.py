"""Run all jobs at the times of [schedule], until stopped; what was missed is run once.

For a service, or a window that stays open: python jobs/run_scheduler.py --config PATH [--once] [--dry-run] [--json]
"""

from ogsm_xl.cli import job

if __name__ == "__main__":
    job("run")
