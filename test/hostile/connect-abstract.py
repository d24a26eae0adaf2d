# outcome: forbidden
# A socket without a file, as desktop buses have them.
import socket

socket.socket(socket.AF_UNIX).connect("\0{{SECRET}}")
