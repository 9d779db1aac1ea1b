"""Files with answers: held while a form is filled in, kept with a response, seen by editors."""
