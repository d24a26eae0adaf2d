# outcome: forbidden
# line: 6
# A server on this machine.
import socket

connection = socket.create_connection(("127.0.0.1", {{PORT}}), timeout=5)
connection.sendall(b"leak")
