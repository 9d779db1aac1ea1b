"""Write paths of signals. Each change is one transaction with its step and its mails."""
