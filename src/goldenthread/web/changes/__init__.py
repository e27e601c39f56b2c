"""The only writers of rows: one function for each deed, named as an officer would say it.

Every deed is keyword-only, names its actor ``by`` and its moment ``at``, asks for its permission
first, happens whole or not at all, and writes one entry of the audit.
"""
