"""Who wrote a report, where and when.

Nothing is loaded here: who tells issuers apart over the years needs little of what reading a report needs.
"""
