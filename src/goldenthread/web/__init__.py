"""The site: rows, people, writers, readers, permissions, audit and pages. Only here is Django.

Nothing is imported here, so that ``goldenthread --help`` stays quick and the core stays without.
"""
