"""What editors do: publish and withdraw, file under topics, answer proposals, change a body. One module a deed.

The only code that changes a status, files or unfiles, answers a suggestion or moves a quote in its body; the admin,
commands and programs call it alike. `rights.py` is the gate that each deed passes first.
"""
