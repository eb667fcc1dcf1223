"""Behind the door `ogsm_xl.excel.form`: what the form asks, and what a form that came back says."""
