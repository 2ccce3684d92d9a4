"""The guide that makes an event out of nothing: event, roster, camera, names, ready."""

from checkin.ui.first_run.guide import FirstRun

__all__ = ["FirstRun"]
