"""Willakuy room."""
