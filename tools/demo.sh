#!/bin/bash
# demo.sh - the main job, without questions and without network
#
# ATTUNE: the program. $1: the folder to fill, attune-demo by default.
set -eu

"${ATTUNE:?}" demo "${1:-attune-demo}"
