"""Mixed load on a whole installation while its parts are killed, its disk is filled and its clock jumps."""
