"""What config and commands may ask training to do: `from training.api import certification, …`."""

from training.domain import certification, followup, performance, retraining

__all__ = ["certification", "followup", "performance", "retraining"]
