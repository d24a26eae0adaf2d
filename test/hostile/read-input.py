# outcome: runtime-error
# message: EOFError
input("Password: ")
