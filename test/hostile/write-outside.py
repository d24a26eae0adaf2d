# outcome: forbidden
open("/usr/lib/verisim-was-here", "w")
