"""Draft -> identity."""
