"""The editors' hall: people, the day, corrections, articles. Every action is written into the audit, in its own
transaction; whoever asks for one has been asked by `app.web` or `app.cli` whether he may."""
