"""What the federation finances, and what belongs to each insats."""

from projects.models.progress import Status, StepError
from projects.models.project import Project, ProjectKind
from projects.models.rows import BoardDecision, Financer, PlannedParticipants

__all__ = [
    "BoardDecision",
    "Financer",
    "PlannedParticipants",
    "Project",
    "ProjectKind",
    "Status",
    "StepError",
]
