"""Alembic migrations, the same for SQLite and PostgreSQL.

Each later change of the schema is a migration of its own in `versions`, numbered r0002 and so on.
"""
