from common.models.append_only import AppendOnlyModel
from common.models.audit import AuditEvent, ChainHead
from common.models.heartbeat import Heartbeat
from common.models.job import Job, JobState

__all__ = ["AppendOnlyModel", "AuditEvent", "ChainHead", "Heartbeat", "Job", "JobState"]
