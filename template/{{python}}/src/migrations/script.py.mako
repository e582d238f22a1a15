<%
    import re

    def without_marks(code):
        """Leave out the lines in which Alembic speaks of itself, and what is so anyway."""
        for said in (", schema=None)", ", unique=False)"):
            code = code.replace(said, ")")
        code = re.sub(r"(?:batch_)?op\.f\(([^()]+)\)", r"\1", code)
        return "\n".join(line for line in code.splitlines() if "###" not in line).strip()
%>"""${message[:1].upper()}${message[1:]}.

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}
"""

import sqlalchemy as sa
from alembic import op
% if imports:
${imports}
% endif

revision = "${up_revision}"
down_revision = ${repr(down_revision).replace("'", '"')}
branch_labels = ${repr(branch_labels).replace("'", '"')}
depends_on = ${repr(depends_on).replace("'", '"')}


def upgrade() -> None:
    """Change the schema."""
    ${without_marks(upgrades) or "pass"}


def downgrade() -> None:
    """Take the change back."""
    ${without_marks(downgrades) or "pass"}
