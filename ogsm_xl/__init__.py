"""ogsm-xl: runs an OGSM (Objective, Goals, Strategies, Measures) that lives in an Excel workbook."""

__version__ = "0.1.0"
