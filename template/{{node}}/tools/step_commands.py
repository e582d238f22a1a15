"""The commands of each step of verification, which make's targets run too."""

PROGRAMS = "node_modules/.bin"
Command = tuple[str, ...]

_UPGRADE = ("node", "tools/migrate.ts", "up")

COMMANDS: dict[str, tuple[Command, ...]] = {
    "install": (("npm", "install", "--no-audit", "--no-fund"), ("python3", "tools/write_env.py")),
    "upgrade": (_UPGRADE,),
    "types": ((f"{PROGRAMS}/tsc",),),
    "downgrade": (("node", "tools/migrate.ts", "reset"),),
    "upgrade-again": (_UPGRADE,),
    "compare": (("node", "tools/check-schema.ts"),),
    "lint": (
        (f"{PROGRAMS}/oxlint", "--type-aware", "--deny-warnings"),
        (f"{PROGRAMS}/oxfmt", "--check"),
    ),
    "tests": ((f"{PROGRAMS}/vitest", "run", "--coverage"),),
}
