"""The receipt: a code with which whoever answered changes, withdraws or follows, unnamed."""
