"""Emergencies, a file a noun."""

from madoguchi.emergency.models.emergency import Emergency, EmergencyState, Notice
from madoguchi.emergency.models.receiver import READY_MADE, Receiver
from madoguchi.emergency.models.tick import Tick

__all__ = ["READY_MADE", "Emergency", "EmergencyState", "Notice", "Receiver", "Tick"]
