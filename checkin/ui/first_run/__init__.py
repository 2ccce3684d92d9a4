"""The guide that makes an event out of nothing: event, roster, camera, names, ready."""
