from ..errors import run_command
from . import main

run_command(main)
