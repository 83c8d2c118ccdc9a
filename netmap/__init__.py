"""netmap shows people who work across organisations how their collaboration hangs together."""
__version__ = "0.1.0.dev0"
