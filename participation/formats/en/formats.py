"""English formats that also read dates as the admin writes them."""

from django.conf.locale.en import formats

DATE_INPUT_FORMATS = ["%d-%m-%Y", *formats.DATE_INPUT_FORMATS]
DATETIME_INPUT_FORMATS = ["%d-%m-%Y %H:%M", *formats.DATETIME_INPUT_FORMATS]

DATE_FORMAT = "j F Y"
