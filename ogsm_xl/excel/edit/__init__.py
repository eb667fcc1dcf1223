"""Behind the door `ogsm_xl.excel.editor`: what may be written where, and the gate that checks what was written."""
