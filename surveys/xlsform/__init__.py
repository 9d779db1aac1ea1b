"""Surveys as XLSForm (xlsform.org), the form of ODK, KoboToolbox and others: in and out."""
