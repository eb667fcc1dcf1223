"""Behind the door `ogsm_xl.excel.plan_file`: who has the plan open, and the swap of one version for the next."""
