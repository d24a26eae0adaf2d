# outcome: runtime-error
# message: No such file
# line: 5
# The machine's accounts.
print(open("/etc/passwd").read())
